/// One HTTP/2 connection: frames in, frames out, no frame objects.
///
/// [Http2Session] is the Netty handler. Each request stream is a [StreamLink] (what we may do to the stream) and a
/// [StreamReader] (who reads it), joined by a [StreamAcceptor]. [OutboundFlow] sees every change of what is queued
/// and closes a stream's gate before a slow reader can grow it; [InboundFlow] is its counterpart for what clients send. HTTP semantics are [Http2Transport]; gRPC lives in its
/// own package and uses the same three types.
@NullMarked
package dev.pintle.wire.http2;

import org.jspecify.annotations.NullMarked;
