package dev.pintle.member.watch;

import dev.pintle.member.WatchHub;
import dev.pintle.member.WatchHub.Notice;
import dev.pintle.member.WatchHub.Sink;
import dev.pintle.member.WatchHub.Spec;
import dev.pintle.member.WatchHub.Stream;
import java.lang.System.Logger.Level;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/// Watchers that share a consumer. Its own methods only leave word in the hub's inbox; the fields belong to the hub's thread.
final class HubStream implements Stream {
  private static final System.Logger LOG = System.getLogger(HubStream.class.getName());

  /// Notices of so many events are given together, before the consumer is asked whether it wants more.
  private static final int EVENTS_AT_ONCE = 64;

  private final CursorHub hub;
  private final Sink sink;
  final Map<Long, Watcher> watchers = new HashMap<>(4);

  /// Watchers with something to deliver, in the order in which they got it.
  final ArrayList<Watcher> touched = new ArrayList<>(4);

  /// Watchers that are behind; those that ended meanwhile are passed over.
  final ArrayDeque<Watcher> behind = new ArrayDeque<>(2);

  /// Who is told when watchers that are behind have caught up; most streams have none.
  private Map<Watcher, Runnable> catchingUp = Map.of();

  /// Watchers that wait for history from storage.
  int inArchive;

  /// Watchers that ended because their history is compacted, until the consumer cancels them: of such a stream nobody can say how
  /// far it has come.
  private Set<Long> compacted = Set.of();

  /// The revisions that watchers wait for which lay in the future when these began, with how many wait for each; null when none does,
  /// as on most streams.
  private @Nullable TreeMap<Long, Integer> awaited;

  boolean paused;
  private volatile boolean closed;

  HubStream(CursorHub hub, Sink sink) {
    this.hub = hub;
    this.sink = sink;
  }

  @Override
  public void create(long id, Spec spec, Runnable caughtUp) {
    hub.tell(() -> hub.create(this, id, spec, caughtUp));
  }

  @Override
  public void cancel(long id) {
    hub.tell(() -> hub.cancel(this, id));
  }

  @Override
  public void requestProgress() {
    hub.tell(() -> hub.requestProgress(this));
  }

  @Override
  public void inOrder(LongConsumer action) {
    hub.tell(() -> hub.inOrder(this, action));
  }

  @Override
  public void resume() {
    hub.tell(() -> hub.resume(this));
  }

  @Override
  public void close() {
    if (!closed) {
      closed = true;
      hub.tell(() -> hub.forget(this));
    }
  }

  /// Has `action` run once nothing is done any more to bring `watcher` to the present.
  void whenCaughtUp(Watcher watcher, Runnable action) {
    if (action.equals(WatchHub.NOBODY)) {
      return;
    }
    if (catchingUp.isEmpty()) {
      catchingUp = new LinkedHashMap<>(2);
    }
    catchingUp.put(watcher, action);
  }

  /// Nothing is done any more to bring `watcher` to the present.
  void caughtUp(Watcher watcher) {
    if (!catchingUp.isEmpty()) {
      run(catchingUp.remove(watcher));
    }
  }

  private void nobodyCatchesUp() {
    if (!catchingUp.isEmpty()) {
      List<Runnable> told = List.copyOf(catchingUp.values());
      catchingUp.clear();
      told.forEach(HubStream::run);
    }
  }

  private static void run(@Nullable Runnable action) {
    try {
      if (action != null) {
        action.run();
      }
    } catch (RuntimeException e) {
      LOG.log(Level.ERROR, "a watcher caught up, and whoever was told failed", e);
    }
  }

  /// A watcher ended by itself.
  void hasOneLess() {
    hub.oneLess();
  }

  boolean isClosed() {
    return closed;
  }

  /// A watcher begins at a revision that is to come.
  void awaits(Watcher watcher) {
    TreeMap<Long, Integer> known = awaited;
    if (known == null) {
      known = new TreeMap<>();
      awaited = known;
    }
    known.merge(watcher.next, 1, Integer::sum);
  }

  /// A watcher ended because its history is compacted.
  void compacted(Watcher watcher) {
    watchers.remove(watcher.id, watcher);
    if (compacted.isEmpty()) {
      compacted = new HashSet<>(2);
    }
    compacted.add(watcher.id);
  }

  /// Forgets the watcher of this id; answers it if it was there and had not ended.
  @Nullable Watcher remove(long id) {
    if (!compacted.isEmpty()) {
      compacted.remove(id);
    }
    Watcher watcher = watchers.remove(id);
    if (watcher != null && awaited != null) {
      awaited.computeIfPresent(watcher.next, (next, count) -> count == 1 ? null : count - 1);
    }
    return watcher;
  }

  /// True when `revision` cannot be said of the stream, and will not be by waiting for watchers that are behind.
  boolean hasNoProgress(long revision) {
    return watchers.isEmpty() || !compacted.isEmpty() || awaitsFuture(revision);
  }

  private boolean awaitsFuture(long revision) {
    TreeMap<Long, Integer> known = awaited;
    if (known == null) {
      return false;
    }
    known.headMap(revision, true).clear();
    if (known.isEmpty()) {
      awaited = null;
    }
    return !known.isEmpty();
  }

  /// True when no watcher is behind.
  boolean isInSync() {
    return behind.isEmpty() && inArchive == 0 && touched.isEmpty() && !paused;
  }

  /// Delivers what the touched watchers have, a few of them at a time, for as long as the consumer takes it. What the others have
  /// stays with them until it takes more.
  void deliver(long revision) {
    int delivered = 0;
    while (delivered < touched.size() && !paused) {
      List<Notice> notices = new ArrayList<>(Math.min(touched.size() - delivered, EVENTS_AT_ONCE));
      delivered += gather(notices, delivered, revision);
      send(notices);
    }
    touched.subList(0, delivered).clear();
  }

  /// Takes what the touched watchers have, from the place `first` on; answers of how many.
  private int gather(List<Notice> notices, int first, long revision) {
    int events = 0;
    int next = first;
    while (next < touched.size() && events < EVENTS_AT_ONCE) {
      Watcher watcher = touched.get(next++);
      Notice.@Nullable Events taken = watcher.take(revision);
      if (taken != null && !watcher.ended) {
        events += taken.events().size();
        notices.add(taken);
      }
    }
    return next - first;
  }

  void send(List<Notice> notices) {
    if (closed || notices.isEmpty()) {
      return;
    }
    hub.sent(events(notices));
    try {
      if (!sink.accept(notices)) {
        paused = true;
        nobodyCatchesUp();
      }
    } catch (RuntimeException e) {
      // A consumer that fails is gone; the others must not notice.
      LOG.log(Level.ERROR, "a watch stream failed and is closed", e);
      close();
    }
  }

  private static long events(List<Notice> notices) {
    long events = 0;
    for (Notice notice : notices) {
      if (notice instanceof Notice.Events some) {
        events += some.events().size();
      }
    }
    return events;
  }
}
