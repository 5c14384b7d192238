/// The ways in which the program starts, refuses to start, and ends.
@NullMarked
package dev.pintle.compat.start;

import org.jspecify.annotations.NullMarked;
