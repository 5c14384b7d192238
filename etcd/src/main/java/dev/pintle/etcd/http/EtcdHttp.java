package dev.pintle.etcd.http;

import dev.pintle.etcd.gateway.Gateway;
import dev.pintle.etcd.gateway.UrlPath;
import dev.pintle.etcd.maintenance.EtcdVersion;
import dev.pintle.etcd.queuing.FairGate;
import dev.pintle.kernel.state.StoreAlarm;
import dev.pintle.member.Member;
import dev.pintle.wire.Exchange;
import dev.pintle.wire.HttpHandler;
import dev.pintle.wire.ResponseHeaders;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/// The paths of the client port.
public final class EtcdHttp implements HttpHandler {
  private static final String PLAIN = "text/plain; charset=utf-8";
  private static final String EXPOSITION =
      "text/plain; version=0.0.4; charset=utf-8; escaping=underscores";
  private static final String VERSION =
      "{\"etcdserver\":\"%s\",\"etcdcluster\":\"%s\",\"storage\":\"%s\"}"
          .formatted(EtcdVersion.SERVER, EtcdVersion.CLUSTER, EtcdVersion.STORAGE);

  private final Member member;
  private final Gateway gateway;
  private final Metrics metrics;
  private final HealthCounts counts;
  private final HealthChecks checks;
  private final @Nullable FairGate gate;
  private final Executor background;

  /// @param gate whose state is shown; null where requests are not queued
  public EtcdHttp(
      Member member,
      Gateway gateway,
      Metrics metrics,
      HealthCounts counts,
      @Nullable FairGate gate,
      Executor background) {
    this.member = member;
    this.gateway = gateway;
    this.metrics = metrics;
    this.counts = counts;
    this.checks = new HealthChecks(counts);
    this.gate = gate;
    this.background = background;
  }

  @Override
  public void handle(Exchange exchange) {
    String path = UrlPath.decoded(exchange.head().path());
    String clean = UrlPath.clean(path);
    if (!clean.equals(path)) {
      redirect(exchange, clean);
      return;
    }
    if (path.startsWith("/v3/") || path.startsWith("/v3beta/")) {
      gateway.handle(exchange);
      return;
    }
    switch (path) {
      case "/health" -> health(exchange);
      case "/version" -> get(exchange, "application/json", VERSION);
      // Both read files of the system.
      case "/metrics" -> elsewhere(exchange, () -> metrics(exchange));
      case "/debug/vars" ->
          elsewhere(
              exchange,
              () ->
                  get(
                      exchange,
                      "application/json; charset=utf-8",
                      DebugVars.text(member.status())));
      case "/debug/fair_queuing" -> dump(exchange, path);
      case "/v3" -> redirect(exchange, "/v3/");
      default -> check(exchange, path);
    }
  }

  private void elsewhere(Exchange exchange, Runnable work) {
    background.execute(() -> {
      try {
        work.run();
      } catch (RuntimeException bug) {
        text(exchange, 500, "the handler of this request failed\n");
        throw bug;
      }
    });
  }

  /// Whatever the method: so does Prometheus' library.
  private void metrics(Exchange exchange) {
    ResponseHeaders headers = ResponseHeaders.of(EXPOSITION);
    byte[] text = metrics.text().getBytes(StandardCharsets.UTF_8);
    if (ContentCoding.isGzipWanted(exchange.head())) {
      headers.add("content-encoding", "gzip");
      text = ContentCoding.gzip(text);
    }
    exchange.respond(200, headers, Unpooled.wrappedBuffer(text));
  }

  private void dump(Exchange exchange, String path) {
    FairGate shown = gate;
    if (shown == null) {
      check(exchange, path);
    } else {
      background.execute(() -> get(exchange, PLAIN, shown.dump()));
    }
  }

  private void health(Exchange exchange) {
    health(exchange, unhealthy(member, QueryParameters.of(exchange).values("exclude")));
  }

  /// Why a member is not healthy, or an empty text: one that takes no more writes is not, more of why is in its log. Whoever can live with
  /// an alarm excludes it.
  static String unhealthy(Member member, List<String> excluded) {
    for (StoreAlarm alarm : member.alarms()) {
      String name =
          switch (alarm.kind()) {
            case StoreAlarm.NO_SPACE -> "NOSPACE";
            case StoreAlarm.CORRUPT -> "CORRUPT";
            default -> "UNKNOWN";
          };
      if (!excluded.contains(name)) {
        return "ALARM " + name;
      }
    }
    boolean stopped = member.stopReason().isPresent() && !member.isOutOfSpace();
    return stopped ? "WRITES STOPPED" : "";
  }

  private void health(Exchange exchange, String reason) {
    if (exchange.head().method().equals("GET")) {
      counts.answered(reason.isEmpty());
    }
    String body = "{\"health\":\"%s\",\"reason\":\"%s\"}".formatted(reason.isEmpty(), reason);
    if (reason.isEmpty() || !exchange.head().method().equals("GET")) {
      get(exchange, PLAIN, body);
    } else {
      text(exchange, 503, body + "\n");
    }
  }

  private void check(Exchange exchange, String path) {
    if (!HealthChecks.isKnown(path)) {
      notFound(exchange);
    } else if (!exchange.head().method().equals("GET")) {
      notAllowed(exchange);
    } else {
      HealthChecks.Answer answer =
          checks.answer(path, QueryParameters.of(exchange), member.view().notes());
      text(exchange, answer.passed() ? 200 : 503, answer.text());
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

  private static void redirect(Exchange exchange, String path) {
    String query = exchange.head().query();
    String to = UrlPath.encoded(path) + (query.isEmpty() ? "" : '?' + query);
    ResponseHeaders headers = new ResponseHeaders().add("location", to);
    boolean shown = exchange.head().method().equals("GET");
    if (shown) {
      headers.add("content-type", "text/html; charset=utf-8");
    }
    String page = "<a href=\"%s\">Temporary Redirect</a>.\n\n".formatted(UrlPath.escaped(to));
    respond(exchange, 307, headers, shown ? page : "");
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
