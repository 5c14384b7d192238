/// Micro-benchmarks and load against the real peers. Not shipped.
@NullMarked
package dev.pintle.bench;

import org.jspecify.annotations.NullMarked;
