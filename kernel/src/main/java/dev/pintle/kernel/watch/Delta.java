package dev.pintle.kernel.watch;

import java.util.List;

/// Everything one revision changed, in the order in which it was done.
public record Delta(long revision, List<WatchEvent> events) {
  public Delta {
    events = List.copyOf(events);
  }
}
