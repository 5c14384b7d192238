package dev.pintle.kube;

import dev.pintle.kube.chain.Call;
import dev.pintle.kube.chain.Stage;
import dev.pintle.kube.schema.TypeRegistry;
import dev.pintle.member.Member;
import dev.pintle.wire.Exchange;
import dev.pintle.wire.HttpHandler;

/// The Kubernetes API over one member. How a request is answered is the chain of stages that [Assembly] puts together.
public final class KubeSurface implements HttpHandler, AutoCloseable {
  private final Assembly parts;
  private final Stage chain;

  public KubeSurface(Member member, KubeConfig config) {
    this.parts = new Assembly(member, config);
    this.chain = parts.chain();
    BuiltInObjects.make(parts.services(), parts.namespaces());
  }

  /// The types that are served.
  public TypeRegistry types() {
    return parts.types();
  }

  @Override
  public void handle(Exchange exchange) {
    chain.handle(Call.of(exchange));
  }

  /// Ends timers and waits for what is still being worked on.
  @Override
  public void close() {
    parts.close();
  }
}
