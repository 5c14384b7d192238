package dev.pintle.kube.intercept;

import dev.pintle.kube.controller.LocalClient;
import dev.pintle.kube.request.RequestInfo;
import dev.pintle.kube.schema.ResourceType;
import dev.pintle.kube.verb.ApiRequest;
import dev.pintle.kube.verb.VerbHandler;
import java.time.Instant;
import java.util.function.Supplier;

/// The requests of the server's own controllers, which go no way that others go: faults meet them at the handler. They are not written down.
final class ControllerRequests implements LocalClient.Handlers {
  private final Supplier<FaultSource> source;
  private final Delays delays;
  private final LocalClient.Handlers handlers;

  ControllerRequests(Supplier<FaultSource> source, Delays delays, LocalClient.Handlers handlers) {
    this.source = source;
    this.delays = delays;
    this.handlers = handlers;
  }

  @Override
  public VerbHandler find(ResourceType type, RequestInfo target, String method) {
    VerbHandler handler = handlers.find(type, target, method);
    return (request, view, warnings) -> {
      FaultSource asked = source.get();
      if (!asked.isIdle()) {
        inject(asked, request);
      }
      return handler.handle(request, view, warnings);
    };
  }

  private void inject(FaultSource asked, ApiRequest request) {
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
    for (InjectedFault fault : asked.faultsOfOwn(seen)) {
      switch (fault) {
        case InjectedFault.Refused(var why) ->
            throw InjectedRefusals.of(why, request.type(), request.target(), seen.name(), "");
        case InjectedFault.Throttled(var seconds) -> throw InjectedRefusals.throttled(seconds);
        case InjectedFault.Delayed(var by) -> delays.await(by);
        case InjectedFault.Cut _,
            InjectedFault.CutWatch _,
            InjectedFault.NoBookmarks _,
            InjectedFault.Stale _ -> {
          // Of a way that these requests do not go.
        }
      }
    }
  }

  private static String sentName(ApiRequest request) {
    return request.body().isEmpty() ? "" : SentName.ofJson(request.body().array());
  }
}
