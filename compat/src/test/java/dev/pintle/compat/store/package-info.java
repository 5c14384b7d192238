/// One store below both: what Pintle wrote is read by the real API server, and the other way round.
@NullMarked
package dev.pintle.compat.store;

import org.jspecify.annotations.NullMarked;
