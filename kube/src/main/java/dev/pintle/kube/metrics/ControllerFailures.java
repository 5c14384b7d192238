package dev.pintle.kube.metrics;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;

/// The failures of the server's own controllers, by their names: a controller that fails at one thing goes on with the next, so that
/// only this tells of it, besides the log.
public final class ControllerFailures {
  private static final System.Logger LOG = System.getLogger(ControllerFailures.class.getName());

  private final Map<String, Long> counts = new ConcurrentSkipListMap<>();

  /// Makes a controller known before it ever fails.
  public void register(String controller) {
    counts.putIfAbsent(controller, 0L);
  }

  /// @param about what the controller was working on
  public void add(String controller, String about, Throwable failure) {
    counts.merge(controller, 1L, Long::sum);
    LOG.log(
        System.Logger.Level.ERROR,
        "controller %s failed at %s".formatted(controller, about),
        failure);
  }

  /// How often each failed since the start, in the order of their names.
  public Map<String, Long> counts() {
    return new ConcurrentSkipListMap<>(counts);
  }

  /// In Prometheus' form.
  public String text() {
    MetricsText text = new MetricsText();
    text.family(
        "pintle_controller_failures_total",
        "Failures of the controllers of this server, after which they went on.",
        "counter");
    counts.forEach((name, count) ->
        text.sample(
            "pintle_controller_failures_total",
            List.of(new MetricsText.Label("controller", name)),
            count));
    return text.toString();
  }
}
