package dev.pintle.wire.listen;

import dev.pintle.wire.HttpHandler;
import dev.pintle.wire.WireLimits;
import dev.pintle.wire.grpc.GrpcCalls;
import dev.pintle.wire.http1.Http1Sessions;
import dev.pintle.wire.http2.Http2Requests;
import dev.pintle.wire.http2.Http2Sessions;
import dev.pintle.wire.http2.StreamAcceptor;
import dev.pintle.wire.loop.EventLoops;
import dev.pintle.wire.tls.ClientCertificates;
import io.netty.channel.ChannelPipeline;

/// The maker of the handlers of the protocol that a connection turned out to speak.
final class Protocols {
  private final EventLoops loops;
  private final Http1Sessions http1;
  private final Http2Sessions http2;

  Protocols(EventLoops loops, ListenerConfig config, ClientCertificates clientCertificates) {
    WireLimits limits = config.limits();
    HttpHandler http = config.http();
    GrpcCalls calls = new GrpcCalls(config.grpc(), limits.grpc());
    Http2Requests requests = new Http2Requests(http);
    StreamAcceptor either =
        (link, head) ->
            GrpcCalls.isGrpc(head) ? calls.accept(link, head) : requests.accept(link, head);
    this.loops = loops;
    this.http2 = new Http2Sessions(limits, clientCertificates, either);
    this.http1 = new Http1Sessions(limits, clientCertificates, http, http2);
  }

  void addHttp1(ChannelPipeline pipeline) {
    pipeline.remove(SilenceLimit.class);
    http1.addTo(
        pipeline, loops.turnOf(pipeline.channel()), ConnectionAdmission.of(pipeline.channel()));
  }

  void addHttp2(ChannelPipeline pipeline) {
    pipeline.remove(SilenceLimit.class);
    pipeline.addLast(
        http2.session(
            loops.turnOf(pipeline.channel()), ConnectionAdmission.of(pipeline.channel())));
  }
}
