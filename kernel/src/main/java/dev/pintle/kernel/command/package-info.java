/// The requests that the store takes ([Command]) and what comes of them ([Outcome]). Both are plain data: a surface
/// makes the one from its protocol and maps the other back, the log stores the one, and `apply` turns one into the
/// other.
@NullMarked
package dev.pintle.kernel.command;

import org.jspecify.annotations.NullMarked;
