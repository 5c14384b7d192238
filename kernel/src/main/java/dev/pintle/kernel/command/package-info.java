/// What can be asked of the store ([Command]) and what comes of it ([Outcome]). Both are plain data: a surface makes the
/// one from its protocol and maps the other back, the log stores the one, and `apply` turns one into the other.
@NullMarked
package dev.pintle.kernel.command;

import org.jspecify.annotations.NullMarked;
