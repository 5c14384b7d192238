/// The meaning of the system. Pure: java.base only, no clock, disk, network, threads or randomness.
@NullMarked
package dev.pintle.kernel;

import org.jspecify.annotations.NullMarked;
