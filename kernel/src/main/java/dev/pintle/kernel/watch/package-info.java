@NullMarked
package dev.pintle.kernel.watch;

import org.jspecify.annotations.NullMarked;
