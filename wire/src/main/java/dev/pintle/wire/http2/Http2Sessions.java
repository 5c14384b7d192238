package dev.pintle.wire.http2;

import dev.pintle.wire.Http2Limits;
import dev.pintle.wire.WireLimits;
import dev.pintle.wire.budget.ConnectionAccount;
import dev.pintle.wire.loop.LoopTurn;
import dev.pintle.wire.tls.ClientCertificates;
import io.netty.handler.codec.http2.AbstractHttp2ConnectionHandlerBuilder;
import io.netty.handler.codec.http2.DefaultHttp2Connection;
import io.netty.handler.codec.http2.DefaultHttp2ConnectionEncoder;
import io.netty.handler.codec.http2.Http2Connection;
import io.netty.handler.codec.http2.Http2ConnectionDecoder;
import io.netty.handler.codec.http2.Http2ConnectionEncoder;
import io.netty.handler.codec.http2.Http2Exception;
import io.netty.handler.codec.http2.Http2Settings;

/// The builder of the session of one connection. Netty's protections against floods of resets, of continuations and of
/// empty frames stay on, with our limits, behind [FrameGuard]; a flood of what must be answered is stopped by not
/// reading while the answers are not read.
public final class Http2Sessions {
  private final WireLimits limits;
  private final ClientCertificates clientCertificates;
  private final StreamAcceptor acceptor;

  public Http2Sessions(
      WireLimits limits, ClientCertificates clientCertificates, StreamAcceptor acceptor) {
    this.limits = limits;
    this.clientCertificates = clientCertificates;
    this.acceptor = acceptor;
  }

  public Http2Session session(LoopTurn turn, ConnectionAccount account) {
    return new Builder(turn, account).build();
  }

  private final class Builder extends AbstractHttp2ConnectionHandlerBuilder<Http2Session, Builder> {
    private final Http2Terms terms;
    private final OutboundFlow flow;
    private final BatchFrameWriter writer = new BatchFrameWriter();

    Builder(LoopTurn turn, ConnectionAccount account) {
      Http2Connection connection = new DefaultHttp2Connection(true);
      Http2Connection.PropertyKey linkKey = connection.newKey();
      flow = new OutboundFlow(connection, linkKey);
      connection.remote().flowController(flow);
      terms = new Http2Terms(limits, turn, clientCertificates, linkKey, account);
      connection.local().flowController(new InboundFlow(connection, terms));
      Http2Limits bounds = limits.http2();
      ResetLimit encoder =
          new ResetLimit(new DefaultHttp2ConnectionEncoder(connection, writer), bounds, turn);
      initialSettings(announced(bounds));
      decoderEnforceMaxRstFramesPerWindow(
          bounds.resetsPerWindowMax(), (int) Math.max(1, bounds.window().toSeconds()));
      decoupleCloseAndGoAway(true);
      // Last: the builder takes no more limits afterwards.
      codec(decoder(connection, encoder, bounds, account), encoder);
    }

    private Http2ConnectionDecoder decoder(
        Http2Connection connection,
        ResetLimit encoder,
        Http2Limits bounds,
        ConnectionAccount account) {
      FrameCredit credit = new FrameCredit(bounds, terms.turn()::nanos, writer::framesSent);
      try {
        FrameGuard guard =
            new FrameGuard(
                PatientDecoder.reader(bounds.headerListBytesMax()),
                connection,
                credit,
                account.requestBytes(),
                encoder::isExceeded);
        return new PatientDecoder(connection, encoder, guard);
      } catch (Http2Exception outOfRange) {
        throw new IllegalArgumentException(outOfRange);
      }
    }

    private static Http2Settings announced(Http2Limits bounds) {
      Http2Settings settings =
          new Http2Settings()
              .maxHeaderListSize(bounds.headerListBytesMax())
              .initialWindowSize(bounds.streamWindowBytes());
      return bounds.concurrentStreamsMax() == Integer.MAX_VALUE
          ? settings
          : settings.maxConcurrentStreams(bounds.concurrentStreamsMax());
    }

    @Override
    protected Http2Session build() {
      return super.build();
    }

    @Override
    protected Http2Session build(
        Http2ConnectionDecoder decoder, Http2ConnectionEncoder encoder, Http2Settings settings) {
      Http2Session session =
          new Http2Session(
              decoder, encoder, settings, new Http2Session.Outbound(terms, flow, writer));
      session.readBy(new FrameListener(session, acceptor));
      encoder.connection().addListener(new StreamEnds(terms.linkKey(), session.care()));
      return session;
    }
  }
}
