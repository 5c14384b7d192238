package dev.pintle.kube.flowcontrol;

import dev.pintle.kernel.flow.QueueSetCounts;
import dev.pintle.kube.metrics.MetricsText;
import dev.pintle.kube.metrics.MetricsText.Label;
import java.util.Collection;
import java.util.List;

/// The metrics of what limits requests beside their levels; upstream has none of it.
final class GateMetrics {
  private static final String PREFIX = "pintle_flowcontrol_";

  private GateMetrics() {}

  static void write(MetricsText text, FlowControl control, Collection<PriorityLevel> levels) {
    ListBytes lists = control.lists();
    if (lists != null) {
      write(text, lists);
    }
    text.family(
        PREFIX + "namespace_waiting_requests",
        "Requests that wait since their namespace has all the seats it may have at the level.",
        "gauge");
    for (PriorityLevel level : levels) {
      if (level.spec().namespaceSeatsMax() > 0) {
        text.sample(
            PREFIX + "namespace_waiting_requests",
            List.of(new Label("priority_level", level.name())),
            level.namespaces().waiting());
      }
    }
  }

  private static void write(MetricsText text, ListBytes lists) {
    QueueSetCounts counts = lists.counts();
    text.family(
        PREFIX + "list_bytes",
        "Bytes that the answers of long lists are expected to have, by whether they are being sent or wait.",
        "gauge");
    sample(text, "list_bytes", "executing", ListBytes.inFlight(counts));
    sample(text, "list_bytes", "waiting", ListBytes.waiting(counts));
    text.family(
        PREFIX + "lists",
        "Long lists, by whether they are being sent or wait for others to end.",
        "gauge");
    sample(text, "lists", "executing", counts.executing());
    sample(text, "lists", "waiting", counts.waiting());
    text.family(
        PREFIX + "list_bytes_limit", "Bytes that these answers may have together.", "gauge");
    text.sample(PREFIX + "list_bytes_limit", List.of(), lists.bytesMax());
  }

  private static void sample(MetricsText text, String name, String phase, long value) {
    text.sample(PREFIX + name, List.of(new Label("phase", phase)), value);
  }
}
