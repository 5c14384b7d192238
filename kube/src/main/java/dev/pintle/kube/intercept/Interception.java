package dev.pintle.kube.intercept;

import dev.pintle.kube.chain.Stage;
import dev.pintle.kube.controller.LocalClient;
import dev.pintle.kube.negotiation.Protobuf;
import dev.pintle.kube.schema.TypeRegistry;
import dev.pintle.kube.store.ObjectView;
import dev.pintle.wire.Exchange;
import dev.pintle.wire.HttpHandler;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// The hold of a test on the requests of one surface: what came is written down, and what is to befall them does. Not beside an audit, which writes
/// down the same.
public final class Interception {
  private final RequestJournal requests;
  private final Delays delays = new Delays();
  private volatile FaultSource source = FaultSource.NONE;
  private volatile @Nullable TypeRegistry types;

  /// @param requests where they are written down
  public Interception(RequestJournal requests) {
    this.requests = requests;
  }

  public RequestJournal requests() {
    return requests;
  }

  /// Lets `other` say from now on what befalls requests.
  public void injectFrom(FaultSource other) {
    source = other;
  }

  /// Lets requests that are delayed go on.
  public void endDelays() {
    delays.end();
  }

  /// The types that the surface serves.
  ///
  /// @throws IllegalStateException before there is a surface
  public TypeRegistry types() {
    TypeRegistry served = types;
    if (served == null) {
      throw new IllegalStateException("types: asked for before the surface was made");
    }
    return served;
  }

  /// The handlers of what the server's own controllers ask for, which faults befall where a source says so.
  public LocalClient.Handlers own(LocalClient.Handlers handlers) {
    return new ControllerRequests(() -> source, delays, handlers);
  }

  /// What stands around the way of all requests.
  public HttpHandler around(HttpHandler way) {
    return exchange -> way.handle(new InterceptedExchange(exchange));
  }

  /// The outermost stage.
  public Stage outermost(TypeRegistry served, Supplier<ObjectView> views, Stage next) {
    types = served;
    return new RecordingStage(requests, new WrittenObjects(served, views), next);
  }

  /// The innermost stage.
  ///
  /// @param bodies waits for the body of a request, unpacked
  public Stage innermost(
      TypeRegistry served,
      Supplier<ObjectView> views,
      Function<Exchange, byte[]> bodies,
      Protobuf protobuf,
      Stage next) {
    return new FaultInjectionStage(
        () -> source, delays, new FaultInjectionStage.Parts(served, views, bodies, protobuf), next);
  }
}
