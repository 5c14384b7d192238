package dev.pintle.member.watch;

import dev.pintle.member.WatchHub.Notice;
import dev.pintle.member.WatchHub.Sink;
import dev.pintle.member.WatchHub.Spec;
import dev.pintle.member.WatchHub.Stream;
import java.lang.System.Logger.Level;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Watchers that share a consumer. Its own methods only leave word in the hub's inbox; the fields belong to the hub's thread.
final class HubStream implements Stream {
  private static final System.Logger LOG = System.getLogger(HubStream.class.getName());

  private final CursorHub hub;
  private final Sink sink;
  final Map<Long, Watcher> watchers = new HashMap<>(4);

  /// Watchers with something to deliver, in the order in which they got it.
  final ArrayList<Watcher> touched = new ArrayList<>(4);

  /// Watchers that are behind; those that ended meanwhile are passed over.
  final ArrayDeque<Watcher> behind = new ArrayDeque<>(2);

  /// Watchers that wait for history from storage.
  int inArchive;

  boolean paused;
  private volatile boolean closed;

  HubStream(CursorHub hub, Sink sink) {
    this.hub = hub;
    this.sink = sink;
  }

  @Override
  public void create(long id, Spec spec) {
    hub.tell(() -> hub.create(this, id, spec));
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

  boolean isClosed() {
    return closed;
  }

  /// True when every watcher has been given all up to `revision`, and none waits for a revision to come.
  boolean hasBeenGiven(long revision) {
    if (!behind.isEmpty() || inArchive > 0) {
      return false;
    }
    for (Watcher watcher : watchers.values()) {
      if (!watcher.inSync || watcher.next > revision + 1) {
        return false;
      }
    }
    return true;
  }

  /// Delivers what the touched watchers have.
  void deliver(long revision) {
    List<Notice> notices = new ArrayList<>(touched.size());
    for (Watcher watcher : touched) {
      Notice.@Nullable Events events = watcher.take(revision);
      if (events != null && !watcher.ended) {
        notices.add(events);
      }
    }
    touched.clear();
    send(notices);
  }

  void send(List<Notice> notices) {
    if (closed || notices.isEmpty()) {
      return;
    }
    try {
      if (!sink.accept(notices)) {
        paused = true;
      }
    } catch (RuntimeException e) {
      // A consumer that fails is gone; the others must not notice.
      LOG.log(Level.ERROR, "a watch stream failed and is closed", e);
      close();
    }
  }
}
