/// The real kubectl against the started program.
@NullMarked
package dev.pintle.compat.kubectl;

import org.jspecify.annotations.NullMarked;
