package dev.pintle.member.watch;

import dev.pintle.kernel.watch.Delta;
import dev.pintle.kernel.watch.EventLog;
import dev.pintle.kernel.watch.WatchEvent;
import dev.pintle.member.WatchHub.Notice;
import java.util.ArrayDeque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.function.Consumer;

/// The stage that brings watchers that are behind to the present, from the recent changes in memory; those that are
/// behind even these wait for [HistoryReplay]. A bounded piece of work for one stream at a time, so that all take
/// turns.
final class CatchUp {
  private static final int WATCHERS_PER_TURN = 64;

  private final EventLog recent;
  private final EventHistory history;
  private final WatchConfig config;
  private final Consumer<Watcher> inSync;
  private final Consumer<Watcher> archive;

  /// Streams that take notices and have watchers behind.
  private final LinkedHashSet<HubStream> turns = new LinkedHashSet<>();

  /// @param inSync takes a watcher that has been given all there is
  /// @param archive takes a watcher that needs what memory holds no more
  CatchUp(
      EventLog recent,
      EventHistory history,
      WatchConfig config,
      Consumer<Watcher> inSync,
      Consumer<Watcher> archive) {
    this.recent = recent;
    this.history = history;
    this.config = config;
    this.inSync = inSync;
    this.archive = archive;
  }

  void add(Watcher watcher) {
    watcher.stream.behind.add(watcher);
    ready(watcher.stream);
  }

  /// The stream takes notices again, or for the first time.
  void ready(HubStream stream) {
    if (!stream.paused && !stream.behind.isEmpty()) {
      turns.add(stream);
    }
  }

  void forget(HubStream stream) {
    turns.remove(stream);
  }

  boolean hasWork() {
    return !turns.isEmpty();
  }

  /// Brings some watchers of one stream on; answers false when nobody is behind.
  boolean step(long revision, long compacted) {
    if (turns.isEmpty()) {
      return false;
    }
    HubStream stream = turns.removeFirst();
    ArrayDeque<Watcher> behind = stream.behind;
    for (int i = Math.min(WATCHERS_PER_TURN, behind.size()); i > 0; i--) {
      Watcher watcher = behind.removeFirst();
      if (!watcher.ended) {
        bringOn(watcher, revision, compacted);
      }
    }
    stream.deliver(revision);
    ready(stream);
    return true;
  }

  private void bringOn(Watcher watcher, long revision, long compacted) {
    if (watcher.next < compacted) {
      end(watcher, revision, compacted);
    } else if (watcher.next < recent.nextRevision() && !recent.reaches(watcher.next)) {
      archive.accept(watcher);
    } else {
      long to = Math.min(recent.nextRevision(), watcher.next + config.catchUpRevisionsMax());
      while (watcher.next < to) {
        give(watcher, recent.get(watcher.next));
        watcher.next++;
      }
      if (watcher.next >= recent.nextRevision()) {
        inSync.accept(watcher);
      } else {
        watcher.stream.behind.addLast(watcher);
      }
    }
  }

  /// Tells a watcher that what it wants next is compacted, and forgets it.
  static void end(Watcher watcher, long revision, long compacted) {
    watcher.ended = true;
    HubStream stream = watcher.stream;
    stream.caughtUp(watcher);
    stream.watchers.remove(watcher.id, watcher);
    stream.hasOneLess();
    stream.send(List.of(new Notice.Compacted(watcher.id, revision, compacted)));
  }

  /// Adds what `delta` has for `watcher` to the watcher's next delivery.
  void give(Watcher watcher, Delta delta) {
    for (WatchEvent event : delta.events()) {
      if (watcher.watches(event.key()) && watcher.wants(event)) {
        WatchEvent given = watcher.wantsPrevious() ? history.withPrevious(event) : event;
        if (watcher.add(List.of(given))) {
          watcher.stream.touched.add(watcher);
        }
      }
    }
  }
}
