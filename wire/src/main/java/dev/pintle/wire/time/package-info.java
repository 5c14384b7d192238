/// The time of the wire: [WireClock] is what every limit in time is measured by, and what rings when one is over.
@NullMarked
package dev.pintle.wire.time;

import org.jspecify.annotations.NullMarked;
