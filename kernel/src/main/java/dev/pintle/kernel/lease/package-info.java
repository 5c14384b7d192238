@NullMarked
package dev.pintle.kernel.lease;

import org.jspecify.annotations.NullMarked;
