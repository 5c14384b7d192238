package dev.pintle.kube.trial;

import dev.pintle.kube.controller.LocalClient;
import dev.pintle.kube.request.RequestInfo;
import dev.pintle.kube.schema.ResourceType;
import dev.pintle.kube.verb.ApiRequest;
import dev.pintle.kube.verb.VerbHandler;
import java.time.Instant;
import java.util.function.Supplier;

/// The requests of the server's own controllers, which go no way that others go: mishaps meet them at the handler. They are not written down.
final class OwnRequests implements LocalClient.Handlers {
  private final Supplier<MishapSource> source;
  private final Delays delays;
  private final LocalClient.Handlers handlers;

  OwnRequests(Supplier<MishapSource> source, Delays delays, LocalClient.Handlers handlers) {
    this.source = source;
    this.delays = delays;
    this.handlers = handlers;
  }

  @Override
  public VerbHandler find(ResourceType type, RequestInfo target, String method) {
    VerbHandler handler = handlers.find(type, target, method);
    return (request, view, warnings) -> {
      MishapSource asked = source.get();
      if (!asked.isIdle()) {
        befall(asked, request);
      }
      return handler.handle(request, view, warnings);
    };
  }

  private void befall(MishapSource asked, ApiRequest request) {
    SeenRequest seen =
        new SeenRequest(
            0,
            Instant.EPOCH,
            new SeenRequest.Sender(request.caller().name(), request.userAgent()),
            request.target(),
            request.target().path(),
            request.name().isEmpty() ? sentName(request) : request.name(),
            new SeenRequest.Ending(false, 0, "", 0, 0),
            "",
            null,
            null);
    for (Mishap mishap : asked.befallingOwn(seen)) {
      switch (mishap) {
        case Mishap.Refused(var why) ->
            throw AskedRefusals.of(why, request.type(), request.target(), seen.name(), "");
        case Mishap.Throttled(var seconds) -> throw AskedRefusals.throttled(seconds);
        case Mishap.Delayed(var by) -> delays.await(by);
        case Mishap.Cut _, Mishap.CutWatch _, Mishap.NoBookmarks _, Mishap.Stale _ -> {
          // Of a way that these requests do not go.
        }
      }
    }
  }

  private static String sentName(ApiRequest request) {
    return request.body().isEmpty() ? "" : SentName.ofJson(request.body().array());
  }
}
