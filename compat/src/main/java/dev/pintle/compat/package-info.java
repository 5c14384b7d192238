/// Real clients against the real program. Tests only.
@NullMarked
package dev.pintle.compat;

import org.jspecify.annotations.NullMarked;
