package dev.pintle.wire.listen;

import dev.pintle.wire.loop.EventLoops;
import dev.pintle.wire.loop.LoopTurn;
import dev.pintle.wire.loop.ReadShare;
import dev.pintle.wire.tls.ClientCertificates;
import dev.pintle.wire.tls.Security;
import io.netty.channel.ChannelPipeline;
import java.time.Duration;

/// The pipeline that a new connection meets first.
final class ConnectionPipeline {
  private final EventLoops loops;
  private final Security security;
  private final Duration patience;
  private final Protocols protocols;

  ConnectionPipeline(EventLoops loops, ListenerConfig config) {
    this.loops = loops;
    this.security = config.security();
    this.patience = config.limits().http1().headMax();
    ClientCertificates certificates =
        switch (security) {
          case Security.Plaintext _ -> ClientCertificates.NOBODY;
          case Security.Tls tls -> tls.terms().clientCertificates();
          case Security.Either either -> either.terms().clientCertificates();
        };
    this.protocols = new Protocols(loops, config, certificates);
  }

  void open(ChannelPipeline pipeline) {
    LoopTurn turn = loops.turnOf(pipeline.channel());
    pipeline.addLast(new ReadShare(turn, pipeline.channel()));
    pipeline.addLast(new SilenceLimit(turn, patience));
    switch (security) {
      case Security.Plaintext _ -> pipeline.addLast(new PrefaceSniffer(protocols));
      case Security.Tls tls -> pipeline.addLast(new TlsSniffer(tls.terms(), protocols, false));
      case Security.Either either ->
          pipeline.addLast(new TlsSniffer(either.terms(), protocols, true));
    }
  }
}
