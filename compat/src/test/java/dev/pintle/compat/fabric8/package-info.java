/// The fabric8 client against the started program.
@NullMarked
package dev.pintle.compat.fabric8;

import org.jspecify.annotations.NullMarked;
