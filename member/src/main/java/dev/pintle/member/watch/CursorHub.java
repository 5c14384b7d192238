package dev.pintle.member.watch;

import dev.pintle.kernel.Bytes;
import dev.pintle.kernel.command.Command;
import dev.pintle.kernel.command.Outcome;
import dev.pintle.kernel.keyspace.KeyValue;
import dev.pintle.kernel.keyspace.OrderedKv;
import dev.pintle.kernel.state.KeyspaceRoot;
import dev.pintle.kernel.watch.Delta;
import dev.pintle.kernel.watch.EventLog;
import dev.pintle.kernel.watch.WatchEvent;
import dev.pintle.kernel.watch.WatcherIndex;
import dev.pintle.member.GrowingCount;
import dev.pintle.member.StoreView;
import dev.pintle.member.WatchHub;
import dev.pintle.member.clock.Clock;
import dev.pintle.member.core.Observer;
import dev.pintle.member.core.WakeupSignal;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/// The hub. One thread calls [#step]; all others leave word in the inbox.
public final class CursorHub implements WatchHub, Observer {
  /// Things of the inbox done before watchers that are behind get their turn.
  private static final int INBOX_PER_STEP = 64;

  /// Batches published while nobody watches that wake the hub once.
  private static final int BATCHES_UNWATCHED = 8;

  private final WatchConfig config;
  private final HubConnections doors;
  private final ConcurrentLinkedQueue<Object> inbox = new ConcurrentLinkedQueue<>();
  private final AtomicInteger batchesWaiting = new AtomicInteger();
  private final WakeupSignal bell = new WakeupSignal();
  private final WatcherIndex<Watcher> index = new WatcherIndex<>();
  private final Set<HubStream> streams = new LinkedHashSet<>();
  private final Set<HubStream> progressWaiting = new LinkedHashSet<>();
  private final EventLog recent;
  private final EventDispatcher dispatch;
  private final CatchUp catchUp;
  private final HistoryReplay archive;

  /// While nobody watches, publishing wakes the hub for every few batches only.
  private volatile int streamsOpen;

  private final GrowingCount watchersOpen = new GrowingCount();
  private final GrowingCount watchersInSync = new GrowingCount();
  private final GrowingCount eventsSent = new GrowingCount();

  private long revision;
  private long compacted;
  private long progressNanos;

  /// The needs of the hub from the rest of the member.
  ///
  /// @param view the newest published state
  /// @param elsewhere runs reads that wait for the disk
  /// @param caughtUp is told when applying may go on after [#isBehind]
  public record HubConnections(
      OrderedKv.Reader store,
      Supplier<StoreView> view,
      Clock clock,
      Executor elsewhere,
      Runnable caughtUp) {}

  private record Published(KeyspaceRoot root, List<Delta> deltas) {}

  public CursorHub(WatchConfig config, HubConnections doors) {
    this.config = config;
    this.doors = doors;
    this.revision = doors.view.get().revision();
    this.compacted = doors.view.get().compactedRevision();
    this.recent = new EventLog(config.recent(), revision + 1);
    EventHistory history = new EventHistory(doors.store, doors.view, config);
    KeyValue none = new KeyValue(Bytes.EMPTY, 0, 0, 0, 0, Bytes.EMPTY);
    this.dispatch =
        new EventDispatcher(index, history, new WatchEvent(WatchEvent.Kind.DELETE, none, null));
    this.archive = new HistoryReplay(recent, history, config, doors.elsewhere, this::tell);
    this.catchUp = new CatchUp(recent, history, config, this::enterIndex, archive::add);
    this.progressNanos = doors.clock.nanos();
  }

  @Override
  public Stream open(Sink sink) {
    HubStream stream = new HubStream(this, sink);
    tell(() -> {
      streams.add(stream);
      streamsOpen = streams.size();
    });
    return stream;
  }

  @Override
  public WatchCounts counts() {
    long open = watchersOpen.value();
    long behind = Math.max(0, open - watchersInSync.value());
    return new WatchCounts(streamsOpen, open, behind, eventsSent.value());
  }

  void oneLess() {
    watchersOpen.add(-1);
  }

  void sent(long events) {
    eventsSent.add(events);
  }

  @Override
  public void applied(Command command, Outcome outcome) {}

  @Override
  public void published(KeyspaceRoot root, List<Delta> deltas) {
    inbox.add(new Published(root, deltas));
    int waiting = batchesWaiting.incrementAndGet();
    if (streamsOpen > 0 || waiting % BATCHES_UNWATCHED == 0 || isBehind()) {
      bell.ring();
    }
  }

  @Override
  public boolean isBehind() {
    return batchesWaiting.get() >= config.batchesWaitingMax();
  }

  /// Has the hub's thread run `task`, in the order of telling.
  void tell(Runnable task) {
    inbox.add(task);
    bell.ring();
  }

  public boolean hasWork() {
    return !inbox.isEmpty() || catchUp.hasWork();
  }

  public void await(BooleanSupplier orElse, long nanosMax) {
    bell.await(() -> hasWork() || orElse.getAsBoolean(), nanosMax);
  }

  /// Lets a waiting thread look around.
  public void wake() {
    bell.ring();
  }

  /// Does a bounded piece of work; answers false when there is none.
  public boolean step() {
    boolean any = emptyInbox();
    any |= catchUp.step(revision, compacted);
    any |= archive.step(catchUp, compacted);
    answerProgress();
    notifyProgress();
    return any;
  }

  private boolean emptyInbox() {
    int done = 0;
    for (; done < INBOX_PER_STEP; done++) {
      Object next = inbox.poll();
      if (next == null) {
        break;
      }
      if (next instanceof Published published) {
        take(published);
      } else if (next instanceof Runnable task) {
        dispatch.deliver(revision);
        task.run();
      }
    }
    dispatch.deliver(revision);
    return done > 0;
  }

  private void take(Published published) {
    for (Delta delta : published.deltas) {
      recent.append(delta);
      for (Watcher watcher : dispatch.match(delta)) {
        index.remove(watcher.range(), watcher);
        watchersInSync.add(-1);
        catchUp.add(watcher);
      }
    }
    revision = published.root.revision();
    compacted = published.root.compactedRevision();
    if (batchesWaiting.getAndDecrement() == config.batchesWaitingMax()) {
      doors.caughtUp.run();
    }
  }

  private void enterIndex(Watcher watcher) {
    watcher.inSync = true;
    watchersInSync.add(1);
    index.add(watcher.range(), watcher);
    watcher.stream.caughtUp(watcher);
  }

  void create(HubStream stream, long id, Spec spec, Runnable caughtUp) {
    if (stream.isClosed()) {
      caughtUp.run();
      return;
    }
    cancel(stream, id);
    long next = spec.startRevision() <= 0 ? revision + 1 : spec.startRevision();
    Watcher watcher = new Watcher(stream, id, spec, next);
    stream.watchers.put(id, watcher);
    watchersOpen.add(1);
    stream.send(List.of(new Notice.Created(id, revision)));
    if (next > revision) {
      enterIndex(watcher);
      caughtUp.run();
    } else {
      catchUp.add(watcher);
      if (stream.paused) {
        caughtUp.run();
      } else {
        stream.whenCaughtUp(watcher, caughtUp);
      }
    }
  }

  void cancel(HubStream stream, long id) {
    Watcher watcher = stream.watchers.remove(id);
    if (watcher != null) {
      end(watcher);
    }
  }

  private void end(Watcher watcher) {
    watcher.ended = true;
    watchersOpen.add(-1);
    watcher.stream.caughtUp(watcher);
    if (watcher.inSync) {
      watcher.inSync = false;
      watchersInSync.add(-1);
      index.remove(watcher.range(), watcher);
    } else {
      watcher.stream.behind.remove(watcher);
    }
  }

  void resume(HubStream stream) {
    stream.paused = false;
    stream.deliver(revision);
    catchUp.ready(stream);
  }

  void forget(HubStream stream) {
    stream.watchers.values().forEach(this::end);
    stream.watchers.clear();
    stream.behind.clear();
    streams.remove(stream);
    streamsOpen = streams.size();
    progressWaiting.remove(stream);
    catchUp.forget(stream);
  }

  void requestProgress(HubStream stream) {
    if (!stream.isClosed()) {
      progressWaiting.add(stream);
    }
  }

  private void answerProgress() {
    if (progressWaiting.isEmpty()) {
      return;
    }
    for (HubStream stream : List.copyOf(progressWaiting)) {
      if (!stream.paused && stream.hasBeenGiven(revision)) {
        progressWaiting.remove(stream);
        if (!stream.watchers.isEmpty()) {
          stream.send(List.of(new Notice.Progress(-1, revision)));
        }
      }
    }
  }

  private void notifyProgress() {
    long now = doors.clock.nanos();
    if (now - progressNanos < config.progressInterval().toNanos()) {
      return;
    }
    progressNanos = now;
    for (HubStream stream : List.copyOf(streams)) {
      List<Notice> notices = new ArrayList<>();
      for (Watcher watcher : stream.watchers.values()) {
        boolean idle = !watcher.active && watcher.inSync && watcher.next <= revision + 1;
        if (watcher.wantsProgress() && idle && !stream.paused) {
          notices.add(new Notice.Progress(watcher.id, revision));
        }
        watcher.active = false;
      }
      stream.send(notices);
    }
  }
}
