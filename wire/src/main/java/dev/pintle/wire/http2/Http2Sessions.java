package dev.pintle.wire.http2;

import dev.pintle.wire.Http2Limits;
import dev.pintle.wire.WireLimits;
import dev.pintle.wire.loop.LoopTurn;
import dev.pintle.wire.tls.ClientCertificates;
import io.netty.handler.codec.http2.AbstractHttp2ConnectionHandlerBuilder;
import io.netty.handler.codec.http2.DefaultHttp2Connection;
import io.netty.handler.codec.http2.DefaultHttp2RemoteFlowController;
import io.netty.handler.codec.http2.Http2Connection;
import io.netty.handler.codec.http2.Http2ConnectionDecoder;
import io.netty.handler.codec.http2.Http2ConnectionEncoder;
import io.netty.handler.codec.http2.Http2Settings;

/// Builds the session of one connection. Netty's flood protections stay on, with our limits.
public final class Http2Sessions {
  private final WireLimits limits;
  private final ClientCertificates clientCertificates;
  private final StreamAcceptor acceptor;

  public Http2Sessions(WireLimits limits, ClientCertificates clientCertificates, StreamAcceptor acceptor) {
    this.limits = limits;
    this.clientCertificates = clientCertificates;
    this.acceptor = acceptor;
  }

  public Http2Session session(LoopTurn turn) {
    Http2Connection connection = new DefaultHttp2Connection(true);
    Http2Connection.PropertyKey linkKey = connection.newKey();
    OutboundLedger ledger = new OutboundLedger(connection, linkKey);
    connection.remote().flowController(new DefaultHttp2RemoteFlowController(connection, ledger));
    Http2Terms terms = new Http2Terms(limits, turn, clientCertificates, linkKey);
    return new Builder(connection, terms, ledger, acceptor).build();
  }

  private static final class Builder extends AbstractHttp2ConnectionHandlerBuilder<Http2Session, Builder> {
    private final Http2Terms terms;
    private final OutboundLedger ledger;
    private final StreamAcceptor acceptor;

    Builder(Http2Connection connection, Http2Terms terms, OutboundLedger ledger, StreamAcceptor acceptor) {
      this.terms = terms;
      this.ledger = ledger;
      this.acceptor = acceptor;
      Http2Limits bounds = terms.limits().http2();
      int resetSeconds = (int) Math.max(1, bounds.resetWindow().toSeconds());
      connection(connection);
      initialSettings(announced(bounds));
      decoderEnforceMaxRstFramesPerWindow(bounds.resetsPerWindowMax(), resetSeconds);
      encoderEnforceMaxRstFramesPerWindow(bounds.resetsPerWindowMax(), resetSeconds);
      validateRequiredPseudoHeaders(true);
    }

    private static Http2Settings announced(Http2Limits bounds) {
      return new Http2Settings()
          .maxConcurrentStreams(bounds.concurrentStreamsMax())
          .maxHeaderListSize(bounds.headerListBytesMax())
          .initialWindowSize(bounds.streamWindowBytes());
    }

    @Override
    protected Http2Session build() {
      return super.build();
    }

    @Override
    protected Http2Session build(
        Http2ConnectionDecoder decoder, Http2ConnectionEncoder encoder, Http2Settings settings) {
      Http2Session session = new Http2Session(decoder, encoder, settings, terms, ledger);
      session.readBy(new FrameListener(session, acceptor));
      encoder.connection().addListener(new StreamEnds(terms.linkKey(), session.care()));
      return session;
    }
  }
}
