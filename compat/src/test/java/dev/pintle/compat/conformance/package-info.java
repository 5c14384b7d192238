/// Upstream's own suite for whole clusters against Pintle.
@NullMarked
package dev.pintle.compat.conformance;

import org.jspecify.annotations.NullMarked;
