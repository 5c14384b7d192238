package dev.pintle.etcd.http;

import dev.pintle.etcd.gateway.Gateway;
import dev.pintle.etcd.maintenance.EtcdVersion;
import dev.pintle.etcd.queuing.FairGate;
import dev.pintle.kernel.state.StoreAlarm;
import dev.pintle.kernel.state.StoreNotes;
import dev.pintle.member.Member;
import dev.pintle.wire.Exchange;
import dev.pintle.wire.HttpHandler;
import dev.pintle.wire.ResponseHeaders;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/// The paths of the client port.
public final class EtcdHttp implements HttpHandler {
  private static final String PLAIN = "text/plain; charset=utf-8";
  private static final String VERSION =
      "{\"etcdserver\":\"%s\",\"etcdcluster\":\"%s\",\"storage\":\"%s\"}"
          .formatted(EtcdVersion.SERVER, EtcdVersion.CLUSTER, EtcdVersion.STORAGE);

  private final Member member;
  private final Gateway gateway;
  private final Metrics metrics;
  private final @Nullable FairGate gate;
  private final Executor background;

  /// @param gate whose state is shown; null where requests are not queued
  public EtcdHttp(
      Member member,
      Gateway gateway,
      Metrics metrics,
      @Nullable FairGate gate,
      Executor background) {
    this.member = member;
    this.gateway = gateway;
    this.metrics = metrics;
    this.gate = gate;
    this.background = background;
  }

  @Override
  public void handle(Exchange exchange) {
    String path = exchange.head().path();
    if (path.startsWith("/v3/") || path.startsWith("/v3beta/")) {
      gateway.handle(exchange);
      return;
    }
    switch (path) {
      case "/health" -> health(exchange);
      case "/version" -> get(exchange, "application/json", VERSION);
      case "/metrics" ->
          // reads files of the system
          background.execute(
              () -> get(exchange, "text/plain; version=0.0.4; charset=utf-8", metrics.text()));
      case "/debug/fair_queuing" -> dump(exchange, path);
      case "/v3" -> redirect(exchange);
      default -> check(exchange, path);
    }
  }

  private void dump(Exchange exchange, String path) {
    FairGate shown = gate;
    if (shown == null) {
      check(exchange, path);
    } else {
      background.execute(() -> get(exchange, PLAIN, shown.dump()));
    }
  }

  /// A member that takes no more writes is not healthy; more of why is in its log. Whoever can live with an alarm excludes it.
  private void health(Exchange exchange) {
    List<String> excluded = QueryParameters.of(exchange).values("exclude");
    StoreNotes notes = member.view().notes();
    List<String> raised = new ArrayList<>();
    if (member.isOutOfSpace() || notes.hasAlarm(StoreAlarm.NO_SPACE)) {
      raised.add("NOSPACE");
    }
    if (notes.hasAlarm(StoreAlarm.CORRUPT)) {
      raised.add("CORRUPT");
    }
    if (notes.alarms().stream().anyMatch(EtcdHttp::isUnknown)) {
      raised.add("UNKNOWN");
    }
    raised.removeAll(excluded);
    if (!raised.isEmpty()) {
      health(exchange, "ALARM " + raised.getFirst());
    } else {
      boolean stopped = member.stopReason().isPresent() && !member.isOutOfSpace();
      health(exchange, stopped ? "WRITES STOPPED" : "");
    }
  }

  private static boolean isUnknown(StoreAlarm alarm) {
    return alarm.kind() != StoreAlarm.NO_SPACE && alarm.kind() != StoreAlarm.CORRUPT;
  }

  private static void health(Exchange exchange, String reason) {
    String body = "{\"health\":\"%s\",\"reason\":\"%s\"}".formatted(reason.isEmpty(), reason);
    if (reason.isEmpty() || !exchange.head().method().equals("GET")) {
      get(exchange, PLAIN, body);
    } else {
      text(exchange, 503, body + "\n");
    }
  }

  private static void check(Exchange exchange, String path) {
    String answer = HealthChecks.answer(path, QueryParameters.of(exchange));
    if (answer.isEmpty()) {
      notFound(exchange);
    } else if (!exchange.head().method().equals("GET")) {
      notAllowed(exchange);
    } else {
      text(exchange, 200, answer);
    }
  }

  static void notFound(Exchange exchange) {
    text(exchange, 404, "404 page not found\n");
  }

  private static void get(Exchange exchange, String contentType, String body) {
    if (exchange.head().method().equals("GET")) {
      respond(exchange, 200, ResponseHeaders.of(contentType), body);
    } else {
      notAllowed(exchange);
    }
  }

  private static void notAllowed(Exchange exchange) {
    ResponseHeaders headers =
        ResponseHeaders.of(PLAIN).add("x-content-type-options", "nosniff").add("allow", "GET");
    respond(exchange, 405, headers, "Method Not Allowed\n");
  }

  private static void redirect(Exchange exchange) {
    ResponseHeaders headers =
        ResponseHeaders.of("text/html; charset=utf-8").add("location", "/v3/");
    respond(exchange, 307, headers, "<a href=\"/v3/\">Temporary Redirect</a>.\n\n");
  }

  private static void text(Exchange exchange, int status, String body) {
    ResponseHeaders headers = ResponseHeaders.of(PLAIN).add("x-content-type-options", "nosniff");
    respond(exchange, status, headers, body);
  }

  private static void respond(Exchange exchange, int status, ResponseHeaders headers, String body) {
    exchange.respond(
        status, headers, Unpooled.wrappedBuffer(body.getBytes(StandardCharsets.UTF_8)));
  }
}
