/// The listener: TLS, HTTP/1.1, HTTP/2, gRPC framing, flow control, drain.
@NullMarked
package dev.pintle.wire;

import org.jspecify.annotations.NullMarked;
