package dev.pintle.kube;

import dev.pintle.kube.chain.Call;
import dev.pintle.kube.chain.Stage;
import dev.pintle.kube.schema.TypeRegistry;
import dev.pintle.kube.token.SigningKey;
import dev.pintle.member.Member;
import dev.pintle.wire.Exchange;
import dev.pintle.wire.HttpHandler;
import java.security.KeyPair;
import java.util.function.Supplier;

/// The Kubernetes API over one member. How a request is answered is the chain of stages that [Assembly] puts together.
public final class KubeSurface implements HttpHandler, AutoCloseable {
  private final Assembly parts;
  private final Stage chain;

  /// A surface whose tokens of service accounts nobody takes any more when it is closed.
  public KubeSurface(Member member, KubeConfig config) {
    this(member, config, SigningKey::newPair);
  }

  /// @param tokenKey signs the tokens of service accounts: RSA; asked for when first needed, on a thread that may wait
  public KubeSurface(Member member, KubeConfig config, Supplier<KeyPair> tokenKey) {
    this.parts = new Assembly(member, config, tokenKey);
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
