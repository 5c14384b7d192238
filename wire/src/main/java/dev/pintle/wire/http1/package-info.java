/// One HTTP/1.1 connection: [Http1Session] takes decoded requests one at a time, [Http1Transport] answers one of them,
/// [ResponseHead] writes its head, [Watchdog] ends what waits too long. An upgrade to HTTP/2 leaves through
/// [Http2Upgrade].
@NullMarked
package dev.pintle.wire.http1;

import org.jspecify.annotations.NullMarked;
