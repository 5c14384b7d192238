/// Leases: how long keys may live, and which keys hang on which lease.
///
/// [LeaseImage] is the logged side, part of the state: grants and attachments, the same on every member. [ExpiryQueue] is the
/// timed side, kept by whoever owns a clock and never logged.
@NullMarked
package dev.pintle.kernel.lease;

import org.jspecify.annotations.NullMarked;
