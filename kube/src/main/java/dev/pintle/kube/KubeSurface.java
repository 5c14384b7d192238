package dev.pintle.kube;

import dev.pintle.kube.chain.Stage;
import dev.pintle.kube.controller.ServingAddress;
import dev.pintle.kube.enforcement.UnservedFeatures;
import dev.pintle.kube.schema.TypeRegistry;
import dev.pintle.kube.token.SigningKey;
import dev.pintle.kube.verb.PastObjects;
import dev.pintle.member.Member;
import dev.pintle.wire.Exchange;
import dev.pintle.wire.HttpHandler;
import java.security.KeyPair;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/// The Kubernetes API over one member: the chain of stages that [Assembly] puts together, and its life from start to stop.
public final class KubeSurface implements HttpHandler, AutoCloseable {
  private final Assembly parts;
  private final HttpHandler chain;
  private final CompletableFuture<Void> begun = new CompletableFuture<>();
  private CompletableFuture<Void> settled = CompletableFuture.completedFuture(null);
  private @Nullable Thread settling;

  /// Reads, on the threads that are given, what every surface needs and the first one would read one after the other. It is read once for all of
  /// them; nobody need wait for it.
  public static void prepare(Executor threads) {
    threads.execute(BuiltInRules::prepare);
  }

  /// A surface whose tokens of service accounts nobody takes any more when it is closed.
  public KubeSurface(Member member, KubeConfig config) {
    this(member, config, SigningKey::newPair);
  }

  /// @param tokenKey signs the tokens of service accounts: RSA; asked for when first needed, on a thread that may wait
  public KubeSurface(Member member, KubeConfig config, Supplier<KeyPair> tokenKey) {
    this(member, config, tokenKey, UnaryOperator.identity());
  }

  /// @param innermost stands around the end of the way of every request
  KubeSurface(
      Member member,
      KubeConfig config,
      Supplier<KeyPair> tokenKey,
      UnaryOperator<Stage> innermost) {
    this.parts = new Assembly(member, config, tokenKey, innermost);
    this.chain = parts.chain();
    parts.makeNamespaces();
  }

  /// Makes the objects that a cluster starts with and begins to look after what the server itself keeps in order, on a thread of
  /// its own: nobody has to wait for that. Until the roles are there, those that everybody needs count as if they were.
  ///
  /// @return when the objects are there, but for those that a policy or webhook refuses, which are tried again; with a
  ///     [dev.pintle.kube.status.StatusError] when one of them could not be made for another reason
  public CompletableFuture<Void> settleIn() {
    return settleIn(ServingAddress.NONE);
  }

  /// As [#settleIn()].
  ///
  /// @param at where the server listens
  public CompletableFuture<Void> settleIn(ServingAddress at) {
    settled = new CompletableFuture<>();
    // One of the operating system's: it loads classes for long, and virtual threads of requests
    // would wait until it is done.
    settling = Thread.ofPlatform().daemon().name("kube-settle-in").start(() -> settle(at));
    return settled;
  }

  private void settle(ServingAddress at) {
    try {
      parts.begin(at);
      begun.complete(null);
      parts.settleIn(at);
      settled.complete(null);
    } catch (RuntimeException | StackOverflowError failed) {
      begun.completeExceptionally(failed);
      settled.completeExceptionally(failed);
    }
  }

  /// When the objects are there, as [#settleIn] answers, and what looks after them may yet begin.
  public CompletableFuture<Void> begun() {
    return begun;
  }

  /// The features that objects may ask for and that this server does not serve, as people know them.
  public static List<String> unservedFeatures() {
    return UnservedFeatures.titles();
  }

  /// The objects as they were at earlier revisions.
  public PastObjects past() {
    return new PastObjects(parts.types(), parts.context()::view);
  }

  /// The types that are served.
  public TypeRegistry types() {
    return parts.types();
  }

  @Override
  public void handle(Exchange exchange) {
    chain.handle(exchange);
  }

  /// Ends timers and waits for what is still being worked on.
  @Override
  public void close() {
    parts.stopAsking();
    awaitSettled();
    parts.close();
  }

  private void awaitSettled() {
    Thread busy = settling;
    try {
      if (busy != null && busy != Thread.currentThread()) {
        busy.join();
      }
    } catch (InterruptedException hurried) {
      settled.handle((_, _) -> true).join();
      Thread.currentThread().interrupt();
    }
  }
}
