package dev.pintle.kube.intercept;

import dev.pintle.kube.chain.ClientGoneException;
import dev.pintle.kube.chain.RequestContext;
import dev.pintle.kube.chain.Stage;
import dev.pintle.kube.negotiation.Protobuf;
import dev.pintle.kube.object.JsonWriter;
import dev.pintle.kube.protobuf.ProtobufCodec;
import dev.pintle.kube.request.RequestInfo;
import dev.pintle.kube.schema.GroupVersion;
import dev.pintle.kube.schema.ResourceType;
import dev.pintle.kube.schema.TypeRegistry;
import dev.pintle.kube.status.Status;
import dev.pintle.kube.status.StatusError;
import dev.pintle.kube.store.ObjectView;
import dev.pintle.wire.Exchange;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// The innermost stage, in which faults befall requests that nothing else stands against.
final class FaultInjectionStage implements Stage {
  private final Supplier<FaultSource> source;
  private final Delays delays;
  private final Parts parts;
  private final Stage next;

  /// The parts of a surface that are needed for it.
  ///
  /// @param bodies waits for the body of a request, unpacked
  record Parts(
      TypeRegistry types,
      Supplier<ObjectView> views,
      Function<Exchange, byte[]> bodies,
      Protobuf protobuf) {}

  FaultInjectionStage(Supplier<FaultSource> source, Delays delays, Parts parts, Stage next) {
    this.source = source;
    this.delays = delays;
    this.parts = parts;
    this.next = next;
  }

  @Override
  public void handle(RequestContext context) {
    if (context.record() instanceof RequestEntry entry
        && context.exchange() instanceof InterceptedExchange exchange) {
      FaultSource asked = source.get();
      if (!asked.isIdle()) {
        inject(asked, context, entry, exchange);
      }
      entry.begins();
    }
    next.handle(context);
  }

  private void inject(
      FaultSource asked, RequestContext context, RequestEntry entry, InterceptedExchange exchange) {
    ResourceType type = type(context.info());
    if (type != null && context.info().verb().equals("create") && context.info().name().isEmpty()) {
      exchange.keepBody();
      entry.sentAs(
          SentName.of(
              context.header("content-type"),
              parts.bodies().apply(exchange),
              parts.protobuf(),
              type.groupVersionKind()));
    }
    for (InjectedFault fault : asked.faultsOf(entry.seen())) {
      inject(fault, context, entry, exchange);
    }
  }

  private @Nullable ResourceType type(RequestInfo target) {
    GroupVersion version = target.groupVersion();
    return version == null ? null : parts.types().current().resource(version, target.resource());
  }

  private void inject(
      InjectedFault fault,
      RequestContext context,
      RequestEntry entry,
      InterceptedExchange exchange) {
    switch (fault) {
      case InjectedFault.Refused(var why) -> refuse(why, context, entry, exchange);
      case InjectedFault.Throttled(var seconds) -> {
        entry.injected("429");
        throw InjectedRefusals.throttled(seconds);
      }
      case InjectedFault.Delayed(var by) -> {
        entry.injected("slow %d ms".formatted(by.toMillis()));
        delays.await(exchange, by);
      }
      case InjectedFault.Cut(var worked) when worked ->
          exchange.breakOff(
              status -> entry.injected("cut after its effect (%d)".formatted(status)));
      case InjectedFault.Cut _ -> {
        entry.injected("cut before its effect");
        exchange.abandon();
        throw new ClientGoneException();
      }
      case InjectedFault.CutWatch(var events) ->
          exchange.limitEvents(
              new InterceptedExchange.EventLimit(
                  events, () -> entry.injected("cut after %d events".formatted(events))));
      case InjectedFault.NoBookmarks _ -> {
        entry.injected("no bookmarks");
        context.ask(RewrittenQuery.withoutBookmarks(context.query(), exchange.head().query()));
      }
      case InjectedFault.Stale(var revision, var back) -> {
        long shown = moment(revision, back);
        entry.injected("as of revision " + shown);
        context.ask(
            context.info().verb().equals("get")
                ? context.query().asOf(shown)
                : RewrittenQuery.at(shown, exchange.head().query()));
      }
    }
  }

  /// As far back as history goes, and not before it began.
  private long moment(long revision, boolean back) {
    ObjectView view = parts.views().get();
    long wanted = back ? view.revision() - revision : revision;
    long oldest = Math.max(1, view.compactedRevision());
    return Math.clamp(wanted, oldest, view.revision());
  }

  private void refuse(
      InjectedFault.Refusal why,
      RequestContext context,
      RequestEntry entry,
      InterceptedExchange exchange) {
    RequestInfo target = context.info();
    ResourceType type = type(target);
    if (why == InjectedFault.Refusal.EXPIRED && target.verb().equals("watch")) {
      entry.injected("410");
      Status status =
          InjectedRefusals.expiredWatch(
              context.query().text("resourceVersion"), parts.views().get().revision());
      exchange.endWith(binary -> lastEvent(status, binary));
      return;
    }
    StatusError refused =
        InjectedRefusals.of(
            why, type, target, entry.seen().name(), context.query().text("continue"));
    entry.injected(Integer.toString(refused.status().code()));
    throw refused;
  }

  private byte[] lastEvent(Status status, boolean binary) {
    if (binary) {
      return ProtobufCodec.watchEvent("ERROR", parts.protobuf().write(status.toJson()));
    }
    JsonWriter out = new JsonWriter(512);
    out.raw("{\"type\":\"ERROR\",\"object\":").value(status.toJson());
    return out.raw("}\n").toBytes();
  }
}
