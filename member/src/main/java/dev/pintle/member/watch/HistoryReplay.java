package dev.pintle.member.watch;

import dev.pintle.kernel.keyspace.StorageFailure;
import dev.pintle.kernel.watch.Delta;
import dev.pintle.kernel.watch.EventLog;
import dev.pintle.member.watch.EventHistory.HistorySegment;
import dev.pintle.member.watch.EventHistory.Interest;
import dev.pintle.member.watch.EventHistory.Wanted;
import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.function.Consumer;

/// Watchers whose next revision is in storage only. One chapter of history at a time is read for all who can use it, by
/// somebody else; the hub goes on meanwhile.
final class HistoryReplay {
  private static final System.Logger LOG = System.getLogger(HistoryReplay.class.getName());

  /// Watchers that share the reading of a chapter.
  private static final int READERS_MAX = 512;

  private final EventLog recent;
  private final EventHistory history;
  private final WatchConfig config;
  private final Executor elsewhere;
  private final Consumer<Runnable> hub;
  private final LinkedHashSet<Watcher> waiting = new LinkedHashSet<>();
  private boolean reading;

  /// @param elsewhere runs what may wait for the disk
  /// @param hub runs what belongs to the hub's thread
  HistoryReplay(
      EventLog recent,
      EventHistory history,
      WatchConfig config,
      Executor elsewhere,
      Consumer<Runnable> hub) {
    this.recent = recent;
    this.history = history;
    this.config = config;
    this.elsewhere = elsewhere;
    this.hub = hub;
  }

  void add(Watcher watcher) {
    watcher.stream.inArchive++;
    waiting.add(watcher);
  }

  private void remove(Collection<Watcher> watchers) {
    for (Watcher watcher : watchers) {
      if (waiting.remove(watcher)) {
        watcher.stream.inArchive--;
      }
    }
  }

  /// Has the next chapter read, if somebody waits for it and none is being read.
  boolean step(CatchUp catchUp, long compacted) {
    if (reading || waiting.isEmpty()) {
      return false;
    }
    remove(waiting.stream().filter(watcher -> watcher.ended).toList());
    // What is compacted, or has come within reach of memory, goes back to where that is told or
    // given.
    List<Watcher> leaving =
        waiting.stream()
            .filter(watcher -> watcher.next < compacted || recent.reaches(watcher.next))
            .toList();
    remove(leaving);
    leaving.forEach(catchUp::add);
    List<Watcher> readers = readers();
    if (readers.isEmpty()) {
      return !leaving.isEmpty();
    }
    read(readers, catchUp);
    return true;
  }

  private List<Watcher> readers() {
    long from = Long.MAX_VALUE;
    for (Watcher watcher : waiting) {
      if (!watcher.stream.paused) {
        from = Math.min(from, watcher.next);
      }
    }
    List<Watcher> readers = new ArrayList<>();
    for (Watcher watcher : waiting) {
      boolean near = watcher.next - from < config.catchUpRevisionsMax();
      if (near && !watcher.stream.paused && readers.size() < READERS_MAX) {
        readers.add(watcher);
      }
    }
    return readers;
  }

  private void read(List<Watcher> readers, CatchUp catchUp) {
    long from = readers.stream().mapToLong(watcher -> watcher.next).min().orElseThrow();
    List<Interest> interests =
        readers.stream()
            .map(watcher -> new Interest(watcher.range(), watcher.wantsPrevious()))
            .distinct()
            .toList();
    Wanted wanted = new Wanted(from, recent.firstRevision(), interests);
    reading = true;
    elsewhere.execute(() -> readElsewhere(wanted, readers, catchUp));
  }

  private void readElsewhere(Wanted wanted, List<Watcher> readers, CatchUp catchUp) {
    try {
      HistorySegment chapter = history.read(wanted);
      hub.accept(() -> give(chapter, readers, catchUp));
    } catch (StorageFailure failure) {
      LOG.log(Level.WARNING, "history cannot be read, its watchers are closed", failure);
      hub.accept(() -> giveUp(readers));
    }
  }

  private void give(HistorySegment chapter, List<Watcher> readers, CatchUp catchUp) {
    reading = false;
    for (Watcher watcher : readers) {
      boolean mayTake = !watcher.ended && !watcher.stream.paused;
      if (mayTake && watcher.next >= chapter.compacted() && watcher.next < chapter.to()) {
        for (Delta delta : chapter.deltas()) {
          catchUp.give(watcher, delta);
        }
        watcher.next = chapter.to();
      }
    }
    remove(readers);
    readers.stream().filter(watcher -> !watcher.ended).forEach(catchUp::add);
  }

  private void giveUp(List<Watcher> readers) {
    reading = false;
    remove(readers);
    readers.forEach(watcher -> watcher.stream.close());
  }
}
