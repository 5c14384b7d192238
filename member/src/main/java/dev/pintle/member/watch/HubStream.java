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
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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

  /// True when every watcher has been given all up to `revision`, and none waits for a revision to come.
  boolean hasBeenGiven(long revision) {
    if (!behind.isEmpty() || inArchive > 0 || !touched.isEmpty()) {
      return false;
    }
    for (Watcher watcher : watchers.values()) {
      if (!watcher.inSync || watcher.next > revision + 1) {
        return false;
      }
    }
    return true;
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
