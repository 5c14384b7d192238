package dev.pintle.kernel.watch;

import java.util.List;

/// The events of one revision, in the order in which they were done.
public record Delta(long revision, List<WatchEvent> events) {
  public Delta {
    events = List.copyOf(events);
  }
}
