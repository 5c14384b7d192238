package dev.pintle.member.watch;

import dev.pintle.kernel.watch.Delta;
import dev.pintle.kernel.watch.WatchEvent;
import dev.pintle.kernel.watch.WatcherIndex;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// The finder of the watchers in sync that a change is for, to whom it gives it. Streams are served once, with all that
/// a batch of changes brought them.
final class EventDispatcher implements Consumer<Watcher> {
  private final WatcherIndex<Watcher> index;
  private final EventHistory history;
  private final ArrayList<HubStream> touched = new ArrayList<>();

  /// Watchers of streams that take nothing, found while matching, to be taken out of the index after it.
  private final ArrayList<Watcher> leaving = new ArrayList<>();

  private WatchEvent event;
  private List<WatchEvent> alone;
  private @Nullable List<WatchEvent> aloneWithPrevious;

  EventDispatcher(WatcherIndex<Watcher> index, EventHistory history, WatchEvent none) {
    this.index = index;
    this.history = history;
    this.event = none;
    this.alone = List.of(none);
  }

  /// Gives `delta` to its watchers; answers those that fell behind by it, valid until the next call.
  List<Watcher> match(Delta delta) {
    leaving.clear();
    for (WatchEvent next : delta.events()) {
      event = next;
      alone = List.of(next);
      aloneWithPrevious = null;
      index.match(next.key(), this);
    }
    return leaving;
  }

  @Override
  public void accept(Watcher watcher) {
    if (!watcher.inSync || !watcher.wants(event)) {
      return;
    }
    HubStream stream = watcher.stream;
    if (stream.paused) {
      watcher.next = event.revision();
      watcher.inSync = false;
      leaving.add(watcher);
      return;
    }
    if (watcher.add(watcher.wantsPrevious() ? withPrevious() : alone)) {
      if (stream.touched.isEmpty()) {
        touched.add(stream);
      }
      stream.touched.add(watcher);
    }
  }

  private List<WatchEvent> withPrevious() {
    List<WatchEvent> known = aloneWithPrevious;
    if (known == null) {
      known = event.previous() != null ? alone : List.of(history.withPrevious(event));
      aloneWithPrevious = known;
    }
    return known;
  }

  /// Delivers everything found since the last call.
  void deliver(long revision) {
    for (HubStream stream : touched) {
      stream.deliver(revision);
    }
    touched.clear();
  }
}
