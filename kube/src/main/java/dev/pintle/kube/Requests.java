package dev.pintle.kube;

import dev.pintle.kube.encode.Reply;
import dev.pintle.kube.request.Query;
import dev.pintle.kube.request.Target;
import dev.pintle.kube.schema.GroupVersion;
import dev.pintle.wire.Exchange;
import dev.pintle.wire.ResponseHeaders;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/// Counts requests, and shows the counts at `/metrics`.
final class Requests implements Route {
  /// Series kept; requests beyond them are counted together, so that made-up paths cannot fill the memory.
  private static final int SERIES_MAX = 5_000;

  private static final Series OTHERS = new Series("other", "", "", "", 0);

  private final Map<Series, LongAdder> counts = new ConcurrentHashMap<>();
  private final LongAdder inFlight = new LongAdder();

  private record Series(String verb, String group, String resource, String subresource, int code) {}

  /// One request on its way.
  final class Running {
    private final Target target;

    private Running(Target target) {
      this.target = target;
    }

    void answered(int code) {
      inFlight.decrement();
      GroupVersion groupVersion = target.groupVersion();
      String group = groupVersion == null ? "" : groupVersion.group();
      Series series =
          new Series(target.verb(), group, target.resource(), target.subresource(), code);
      LongAdder count = counts.get(series);
      if (count == null) {
        Series kept = counts.size() < SERIES_MAX ? series : OTHERS;
        count = counts.computeIfAbsent(kept, _ -> new LongAdder());
      }
      count.increment();
    }
  }

  Running start(Target target) {
    inFlight.increment();
    return new Running(target);
  }

  @Override
  public boolean answer(Target target, Query query, Exchange exchange, Reply reply) {
    if (!target.path().equals("/metrics")) {
      return false;
    }
    ResponseHeaders headers = ResponseHeaders.of("text/plain; version=0.0.4; charset=utf-8");
    exchange.respond(200, headers, Unpooled.copiedBuffer(text(), StandardCharsets.UTF_8));
    return true;
  }

  private String text() {
    StringBuilder text = new StringBuilder();
    text.append(
        "# HELP apiserver_request_total Counter of apiserver requests by verb, resource and code.\n");
    text.append("# TYPE apiserver_request_total counter\n");
    counts.forEach((series, count) ->
        text.append("apiserver_request_total{code=\"")
            .append(series.code())
            .append("\",group=\"")
            .append(escape(series.group()))
            .append("\",resource=\"")
            .append(escape(series.resource()))
            .append("\",subresource=\"")
            .append(escape(series.subresource()))
            .append("\",verb=\"")
            .append(escape(series.verb().toUpperCase(java.util.Locale.ROOT)))
            .append("\"} ")
            .append(count.sum())
            .append('\n'));
    text.append("# HELP apiserver_current_inflight_requests Requests that are not answered yet.\n");
    text.append("# TYPE apiserver_current_inflight_requests gauge\n");
    return text.append("apiserver_current_inflight_requests ")
        .append(inFlight.sum())
        .append('\n')
        .toString();
  }

  private static String escape(String text) {
    return text.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n");
  }
}
