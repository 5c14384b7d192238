/// Watches as clients see them from outside: over history, in every form, in great number.
@NullMarked
package dev.pintle.compat.watch;

import org.jspecify.annotations.NullMarked;
