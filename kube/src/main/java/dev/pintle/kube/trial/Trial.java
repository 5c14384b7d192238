package dev.pintle.kube.trial;

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
public final class Trial {
  private final RequestBook requests;
  private final Delays delays = new Delays();
  private volatile MishapSource source = MishapSource.NONE;
  private volatile @Nullable TypeRegistry types;

  /// @param requests where they are written down
  public Trial(RequestBook requests) {
    this.requests = requests;
  }

  public RequestBook requests() {
    return requests;
  }

  /// Lets `other` say from now on what befalls requests.
  public void befallBy(MishapSource other) {
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

  /// The handlers of what the server's own controllers ask for, which mishaps befall where a source says so.
  public LocalClient.Handlers own(LocalClient.Handlers handlers) {
    return new OwnRequests(() -> source, delays, handlers);
  }

  /// What stands around the way of all requests.
  public HttpHandler around(HttpHandler way) {
    return exchange -> way.handle(new TappedExchange(exchange));
  }

  /// The outermost stage.
  public Stage outermost(TypeRegistry served, Supplier<ObjectView> views, Stage next) {
    types = served;
    return new Recording(requests, new WrittenObjects(served, views), next);
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
    return new MishapStage(
        () -> source, delays, new MishapStage.Parts(served, views, bodies, protobuf), next);
  }
}
