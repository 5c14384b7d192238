/// The backends that there are: those of this module, those of the class path, and those of the jars in a plugin folder, by name.
///
/// Read [BackendChoice], then [Backends].
@NullMarked
package dev.pintle.storage.backend;

import org.jspecify.annotations.NullMarked;
