/// The Watch service: one gRPC stream is one stream of the member's hub, and holds any number of watchers.
///
/// [WatchService] is the entry. A [WatchCall] takes what the client asks and is the hub's sink for what comes back; an event is
/// encoded once for everybody who is told of it ([EventMemo]). What the client has not read stays in the hub, as the watchers'
/// cursors: the sink answers "no more" as soon as the stream is not writable.
@NullMarked
package dev.pintle.etcd.watch;

import org.jspecify.annotations.NullMarked;
