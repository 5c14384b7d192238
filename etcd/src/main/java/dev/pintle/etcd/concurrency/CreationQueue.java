package dev.pintle.etcd.concurrency;

import dev.pintle.kernel.keyspace.KeyRange;
import dev.pintle.kernel.watch.WatchEvent;
import dev.pintle.member.StoreView;
import dev.pintle.member.WatchHub;
import dev.pintle.member.WatchHub.Notice;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// The queue of those who wait until no key of a prefix is left that was created before their own. They share one watcher of the prefix.
///
/// What it knows is guarded by the lock of all queues; nobody is told anything while it is held.
final class CreationQueue {
  /// Keys that are known in advance; whoever comes behind them waits for the next look.
  static final int KEYS_KNOWN_MAX = 1024;

  private final CreationQueues queues;
  private final ReentrantLock lock;
  final KeyRange range;

  /// Those who wait, by the create revision of their own keys.
  private final TreeMap<Long, List<Place>> waiting = new TreeMap<>();

  private @Nullable EarliestKeys keys;
  private WatchHub.@Nullable Stream stream;

  /// Grows with every look at the store: what an earlier watcher still says is passed over.
  private long looks;

  CreationQueue(CreationQueues queues, ReentrantLock lock, KeyRange range) {
    this.queues = queues;
    this.lock = lock;
    this.range = range;
  }

  /// A place in the queue.
  final class Place {
    private final long createRevision;
    private final Runnable granted;

    private Place(long createRevision, Runnable granted) {
      this.createRevision = createRevision;
      this.granted = granted;
    }

    /// Waits no more; whoever is granted its turn at the same time may still be told.
    void leave() {
      lock.lock();
      try {
        List<Place> same = waiting.get(createRevision);
        if (same != null && same.remove(this) && same.isEmpty()) {
          waiting.remove(createRevision);
          endIfDeserted();
        }
      } finally {
        lock.unlock();
      }
    }
  }

  /// The lock is held.
  Place add(long createRevision, Runnable granted) {
    Place place = new Place(createRevision, granted);
    waiting.computeIfAbsent(createRevision, revision -> new ArrayList<>(1)).add(place);
    return place;
  }

  /// Whether somebody with such a key need not wait, as far as is known; the lock is held.
  boolean mayBeFirst(long createRevision) {
    EarliestKeys known = keys;
    return known != null && !known.isSpent() && createRevision <= known.firstRevision();
  }

  /// Tells those who need not wait any more.
  void grant() {
    List<Runnable> granted;
    lock.lock();
    try {
      granted = takeGranted();
    } finally {
      lock.unlock();
    }
    granted.forEach(Runnable::run);
  }

  /// Looks at the store as it is, and watches it from there; takes as long as there are keys.
  void look() {
    StoreView view = queues.view();
    EarliestKeys found = EarliestKeys.of(view, range, KEYS_KNOWN_MAX);
    List<Runnable> granted;
    lock.lock();
    try {
      if (waiting.isEmpty()) {
        return;
      }
      looks++;
      keys = found;
      watch(view.revision() + 1);
      granted = takeGranted();
    } finally {
      lock.unlock();
    }
    granted.forEach(Runnable::run);
  }

  private void watch(long startRevision) {
    WatchHub.Stream before = stream;
    if (before != null) {
      before.close();
    }
    long look = looks;
    WatchHub.Stream opened = queues.open(notices -> heard(look, notices));
    opened.create(look, new WatchHub.Spec(range, startRevision, true, true, false, false));
    stream = opened;
  }

  private boolean heard(long look, List<Notice> notices) {
    List<Runnable> granted = List.of();
    lock.lock();
    try {
      EarliestKeys known = keys;
      if (look == looks && known != null) {
        for (Notice notice : notices) {
          switch (notice) {
            case Notice.Events events -> events.events().forEach(event -> note(known, event));
            case Notice.Compacted _ -> lookAgain();
            case Notice.Created _, Notice.Progress _ -> {}
          }
        }
        granted = takeGranted();
      }
    } finally {
      lock.unlock();
    }
    granted.forEach(Runnable::run);
    return true;
  }

  private static void note(EarliestKeys known, WatchEvent event) {
    switch (event.kind()) {
      case PUT -> {
        if (event.current().version() == 1) {
          known.appeared(event.key(), event.current().createRevision());
        }
      }
      case DELETE -> known.disappeared(event.key());
    }
  }

  /// Takes out those who need not wait any more; the lock is held.
  private List<Runnable> takeGranted() {
    EarliestKeys known = keys;
    if (known == null) {
      return List.of();
    }
    if (known.isSpent()) {
      lookAgain();
      return List.of();
    }
    List<Runnable> granted = new ArrayList<>();
    var now = waiting.headMap(known.firstRevision(), true);
    now.values().forEach(places -> places.forEach(place -> granted.add(place.granted)));
    now.clear();
    endIfDeserted();
    return granted;
  }

  private void lookAgain() {
    keys = null;
    queues.later(this::look);
  }

  private void endIfDeserted() {
    if (waiting.isEmpty()) {
      looks++;
      keys = null;
      WatchHub.Stream open = stream;
      if (open != null) {
        stream = null;
        open.close();
      }
      queues.forget(this);
    }
  }
}
