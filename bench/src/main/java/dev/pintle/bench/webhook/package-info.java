/// An admission webhook as a process of its own, for loads that are admitted by one.
@NullMarked
package dev.pintle.bench.webhook;

import org.jspecify.annotations.NullMarked;
