package dev.pintle.wire.http2;

import dev.pintle.wire.WireLimits;
import dev.pintle.wire.budget.ConnectionAccount;
import dev.pintle.wire.loop.LoopTurn;
import dev.pintle.wire.tls.ClientCertificates;
import io.netty.handler.codec.http2.Http2Connection;

/// The terms that a session needs to know from outside.
record Http2Terms(
    WireLimits limits,
    LoopTurn turn,
    ClientCertificates clientCertificates,
    Http2Connection.PropertyKey linkKey,
    ConnectionAccount account) {}
