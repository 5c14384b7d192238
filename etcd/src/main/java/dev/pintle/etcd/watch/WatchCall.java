package dev.pintle.etcd.watch;

import dev.pintle.etcd.auth.AccessControl;
import dev.pintle.etcd.message.FieldReader;
import dev.pintle.etcd.message.HeaderMessage;
import dev.pintle.etcd.message.MalformedMessage;
import dev.pintle.etcd.status.EtcdErrors;
import dev.pintle.etcd.status.EtcdStatus;
import dev.pintle.member.Member;
import dev.pintle.member.WatchHub;
import dev.pintle.member.WatchHub.Notice;
import dev.pintle.wire.GrpcService.Inbound;
import dev.pintle.wire.GrpcStream;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/// One watch stream. Requests arrive on the event loop, notices on the hub's thread; both touch [#watchers] only.
final class WatchCall implements Inbound, WatchHub.Sink {
  private static final String DUPLICATE_ID = "mvcc: duplicate watch ID provided on the WatchStream";
  private static final String EMPTY_RANGE = "mvcc: watcher range is empty";

  private final GrpcStream stream;
  private final Member member;
  private final WatchResponses responses;
  private final EventSender events;
  private final WatchHub.Stream hub;

  /// The watchers that were made and not canceled, by id. One that ended because its history is compacted stays until the
  /// client cancels it, as in etcd.
  private final Map<Long, WatcherOptions> watchers = new ConcurrentHashMap<>();

  private final AccessControl access;
  private final @Nullable CatchUpTurns turns;

  /// A watcher waits for its turn. What the client sends meanwhile waits, too: it counts on answers in the order of its requests.
  private CatchUpTurns.@Nullable Turn waiting;

  private final ArrayDeque<byte[]> behind = new ArrayDeque<>(0);

  /// The first id to try when the client leaves the choice to us.
  private long nextId;

  WatchCall(
      GrpcStream stream,
      Member member,
      HeaderMessage header,
      AccessControl access,
      EventMemo memo,
      @Nullable CatchUpTurns turns) {
    this.stream = stream;
    this.member = member;
    this.access = access;
    this.turns = turns;
    this.responses = new WatchResponses(header, stream.allocator());
    this.events = new EventSender(stream, responses, memo);
    this.hub = member.watches().open(this);
    stream.onWritable(this::resume);
    stream.onDraining(this::stop);
  }

  /// A client that does not read its answers is not asked for more: each request has one.
  @Override
  public void message(ByteBuf message) {
    if (waiting != null) {
      byte[] kept = new byte[message.readableBytes()];
      message.getBytes(message.readerIndex(), kept);
      behind.add(kept);
      return;
    }
    if (!stream.isWritable()) {
      stream.pauseReading();
    }
    try {
      switch (WatchRequest.decode(FieldReader.of(message))) {
        case WatchRequest.Create create -> admit(create);
        case WatchRequest.Cancel cancel -> cancel(cancel.id());
        case WatchRequest.Progress _ -> hub.requestProgress();
        case WatchRequest.Unknown _ -> {}
      }
    } catch (MalformedMessage malformed) {
      hub.close();
      stream.close(EtcdErrors.status(malformed));
    }
  }

  /// etcd goes on answering a client that has nothing more to ask.
  @Override
  public void halfClosed() {}

  @Override
  public void aborted() {
    waitNoMore();
    hub.close();
  }

  @Override
  public boolean accept(List<Notice> notices) {
    for (int i = 0; i < notices.size(); i++) {
      send(notices.get(i));
    }
    return stream.isWritable();
  }

  private void resume() {
    if (waiting == null) {
      stream.resumeReading();
    }
    hub.resume();
  }

  private void stop() {
    waitNoMore();
    hub.close();
    stream.close(EtcdStatus.STOPPED);
  }

  /// A watcher of what happens from now on costs nothing to begin.
  private void admit(WatchRequest.Create create) {
    CatchUpTurns gate = turns;
    long start = create.spec().startRevision();
    long revisions = start <= 0 ? 0 : member.view().revision() - start + 1;
    if (gate == null || revisions <= 0) {
      create(create, WatchHub.NOBODY);
    } else {
      stream.pauseReading();
      waiting = gate.ask(stream, create.spec().range(), revisions, new Waiting(create));
    }
  }

  /// The rest of the making of a watcher that waits for its turn.
  private final class Waiting implements CatchUpTurns.Asker {
    private final WatchRequest.Create create;

    Waiting(WatchRequest.Create create) {
      this.create = create;
    }

    @Override
    public void granted() {
      CatchUpTurns.Turn turn = waiting;
      waiting = null;
      if (turn != null) {
        create(create, turn::end);
        goOn();
      }
    }

    @Override
    public void refused() {
      waiting = null;
      refuse(EtcdStatus.TOO_MANY_REQUESTS.message());
      goOn();
    }
  }

  private void goOn() {
    while (waiting == null && !behind.isEmpty()) {
      message(Unpooled.wrappedBuffer(behind.remove()));
    }
    if (waiting == null) {
      stream.resumeReading();
    }
  }

  private void waitNoMore() {
    CatchUpTurns.Turn turn = waiting;
    if (turn != null) {
      turn.end();
    }
    behind.clear();
  }

  /// @param caughtUp is run when nothing is done for it any more beyond what is done for all
  private void create(WatchRequest.Create create, Runnable caughtUp) {
    if (!tryCreate(create, caughtUp)) {
      caughtUp.run();
    }
  }

  private boolean tryCreate(WatchRequest.Create create, Runnable caughtUp) {
    if (create.spec().startRevision() < 0) {
      refuse(EtcdStatus.COMPACTED.message());
      return false;
    }
    String forbidden = access.watchRefusal(stream, create.spec().range());
    if (forbidden != null) {
      refuse(forbidden);
    } else if (create.spec().range().isEmpty()) {
      refuse(EMPTY_RANGE);
    } else if (create.id() != 0 && watchers.containsKey(create.id())) {
      refuse(DUPLICATE_ID);
    } else {
      long id = create.id() == 0 ? chooseId() : create.id();
      watchers.put(id, WatcherOptions.of(create.spec().previous(), create.fragment()));
      hub.create(id, create.spec(), caughtUp);
      return true;
    }
    return false;
  }

  private long chooseId() {
    while (watchers.containsKey(nextId)) {
      nextId++;
    }
    return nextId++;
  }

  private void refuse(String reason) {
    stream.send(responses.refused(member.view().revision(), reason));
  }

  private void cancel(long id) {
    if (watchers.remove(id) != null) {
      hub.cancel(id);
      stream.send(responses.canceled(id, member.view().revision()));
    }
  }

  private void send(Notice notice) {
    switch (notice) {
      case Notice.Events delivered -> {
        WatcherOptions options = watchers.get(delivered.watchId());
        if (options != null) {
          events.send(delivered, options);
        }
      }
      case Notice.Created made -> stream.send(responses.created(made.watchId(), made.revision()));
      case Notice.Progress progress ->
          stream.send(responses.progress(progress.watchId(), progress.revision()));
      case Notice.Compacted ended ->
          stream.send(responses.compacted(ended.watchId(), ended.compactedRevision()));
    }
  }
}
