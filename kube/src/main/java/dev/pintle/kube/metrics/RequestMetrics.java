package dev.pintle.kube.metrics;

import dev.pintle.kube.metrics.MetricsText.Label;
import dev.pintle.kube.request.Query;
import dev.pintle.kube.request.RequestInfo;
import dev.pintle.wire.Exchange;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Predicate;

/// The counts of requests: how many ended how and how long they took, and how many are on their way.
public final class RequestMetrics {
  /// Series kept; requests beyond them are counted together.
  private static final int SERIES_MAX = 5_000;

  /// Counted for a client that went away before it was answered; nobody is ever sent it.
  private static final int CLIENT_CLOSED = 499;

  /// A watch over WebSocket is counted as Go's server counts it, which does not see its status any more.
  private static final int SWITCHING_PROTOCOLS = 101;

  private static final int UNSEEN = 0;

  private static final Set<String> READS = Set.of("get", "list", "watch", "head");
  private static final String TOTAL = "apiserver_request_total";
  private static final String DURATION = "apiserver_request_duration_seconds";
  private static final String LONG_RUNNING = "apiserver_longrunning_requests";
  private static final String IN_FLIGHT = "apiserver_current_inflight_requests";

  private final Map<Series, SeriesCounts> known = new ConcurrentHashMap<>();
  private final LongAdder reading = new LongAdder();
  private final LongAdder changing = new LongAdder();
  private final Predicate<RequestInfo> served;

  /// @param served whether a target exists; the names of others, which clients make up, are not kept
  public RequestMetrics(Predicate<RequestInfo> served) {
    this.served = served;
  }

  /// The requests of a series on their way; each of them tells its end once.
  public static final class Running {
    private final SeriesCounts counts;
    private final LongAdder now;

    Running(SeriesCounts counts, LongAdder now) {
      this.counts = counts;
      this.now = now;
    }

    /// @param status as [Exchange.EndListener] is told it
    /// @param nanos from the request's arrival to the end of its answer
    public void ended(int status, long nanos) {
      counts.ended(counted(status), nanos);
      now.decrement();
    }

    private static int counted(int status) {
      return switch (status) {
        case Exchange.UNANSWERED -> CLIENT_CLOSED;
        case SWITCHING_PROTOCOLS -> UNSEEN;
        default -> status;
      };
    }
  }

  /// Counts a request that has come.
  public Running start(RequestInfo target, String method, Query query) {
    SeriesCounts counts = counts(Series.of(target, method, query.has("dryRun")), target);
    Running running =
        target.verb().equals("watch")
            ? counts.watching()
            : READS.contains(target.verb()) ? counts.reading() : counts.changing();
    running.now.increment();
    return running;
  }

  private SeriesCounts counts(Series series, RequestInfo target) {
    SeriesCounts found = known.get(series);
    if (found != null) {
      return found;
    }
    Series kept = known.size() < SERIES_MAX && served.test(target) ? series : Series.OTHERS;
    return known.computeIfAbsent(kept, _ -> new SeriesCounts(reading, changing));
  }

  /// All of it in Prometheus' text form.
  public String text() {
    MetricsText text = new MetricsText();
    List<Map.Entry<Series, SeriesCounts>> all = new ArrayList<>(known.entrySet());
    all.sort(Comparator.comparing(entry -> entry.getKey().toString()));
    totals(text, all);
    text.family(DURATION, "Time from a request's arrival to the end of its answer.", "histogram");
    all.forEach(one -> one.getValue().durations().write(text, DURATION, one.getKey().labels(true)));
    text.family(LONG_RUNNING, "Watches that are open.", "gauge");
    all.stream()
        .filter(one -> one.getKey().verb().equals("WATCH"))
        .forEach(one ->
            text.sample(
                LONG_RUNNING, one.getKey().labels(false), one.getValue().streaming().sum()));
    text.family(IN_FLIGHT, "Requests that are not answered yet, watches excepted.", "gauge");
    text.sample(IN_FLIGHT, List.of(new Label("request_kind", "mutating")), changing.sum());
    text.sample(IN_FLIGHT, List.of(new Label("request_kind", "readOnly")), reading.sum());
    return text.toString();
  }

  private static void totals(MetricsText text, List<Map.Entry<Series, SeriesCounts>> all) {
    text.family(TOTAL, "Requests by verb, resource, scope and the code of the answer.", "counter");
    for (Map.Entry<Series, SeriesCounts> one : all) {
      one.getValue()
          .byCode()
          .forEach((code, count) -> {
            List<Label> labels = new ArrayList<>();
            labels.add(new Label("code", Integer.toString(code)));
            labels.addAll(one.getKey().labels(true));
            text.sample(TOTAL, labels, count.sum());
          });
    }
  }
}
