/// Programs of the bench that run beside it.
@NullMarked
package dev.pintle.bench.process;

import org.jspecify.annotations.NullMarked;
