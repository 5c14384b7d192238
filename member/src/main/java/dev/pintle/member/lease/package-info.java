/// The time of leases: [LeaseClock] knows when each would end, and asks for its end when it comes. What a lease is, and which
/// keys hang on it, the kernel knows.
@NullMarked
package dev.pintle.member.lease;

import org.jspecify.annotations.NullMarked;
