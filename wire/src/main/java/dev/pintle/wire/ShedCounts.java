package dev.pintle.wire;

import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;

/// The counts of what was refused, reset or closed because a shared limit was reached. For any thread.
public final class ShedCounts {
  private static final String NAME = "pintle_shed_total";

  private final Map<SharedLimit, LongAdder> counts = new EnumMap<>(SharedLimit.class);

  public ShedCounts() {
    for (SharedLimit limit : SharedLimit.values()) {
      counts.put(limit, new LongAdder());
    }
  }

  public void count(SharedLimit limit) {
    adder(limit).increment();
  }

  public long of(SharedLimit limit) {
    return adder(limit).sum();
  }

  private LongAdder adder(SharedLimit limit) {
    LongAdder adder = counts.get(limit);
    if (adder == null) {
      throw new IllegalStateException("no count of " + limit);
    }
    return adder;
  }

  /// In Prometheus' text form.
  public String metrics() {
    StringBuilder text = new StringBuilder(1024);
    text.append("# HELP ")
        .append(NAME)
        .append(" What was refused, reset or closed because a limit of the server was reached.\n");
    text.append("# TYPE ").append(NAME).append(" counter\n");
    counts.forEach((limit, count) ->
        text.append(NAME)
            .append("{limit=\"")
            .append(limit.text())
            .append("\"} ")
            .append(count.sum())
            .append('\n'));
    return text.toString();
  }
}
