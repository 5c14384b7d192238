package dev.pintle.etcd.concurrency;

import dev.pintle.etcd.message.FieldReader;
import dev.pintle.etcd.message.MalformedMessage;
import dev.pintle.etcd.status.EtcdErrors;
import dev.pintle.etcd.status.EtcdStatus;
import dev.pintle.etcd.status.StatusException;
import dev.pintle.kernel.Bytes;
import dev.pintle.kernel.keyspace.KeyRange;
import dev.pintle.kernel.keyspace.KeyValue;
import dev.pintle.kernel.watch.WatchEvent;
import dev.pintle.kernel.watch.WatchEvent.Kind;
import dev.pintle.member.WatchHub;
import dev.pintle.member.WatchHub.Notice;
import dev.pintle.wire.GrpcService.Inbound;
import dev.pintle.wire.GrpcStatus;
import dev.pintle.wire.GrpcStream;
import io.netty.buffer.ByteBuf;
import java.util.List;

/// One `Observe` call: whoever leads is told, with each value; once its key is gone, the next one is looked for. While nobody leads,
/// the first who stands is waited for.
///
/// It looks for the leader on a thread of its own, and then watches: either the one or the other, never both, so that the fields
/// need no guard.
final class Observation implements Inbound, WatchHub.Sink {
  private final Sessions sessions;
  private final GrpcStream stream;
  private final WatchHub.Stream hub;
  private Bytes name = Bytes.EMPTY;
  private boolean asked;

  /// The watcher whose events count.
  private long watchId;

  /// Whether anybody who stands is waited for, and not one leader's next value.
  private boolean waitsForAnybody;

  Observation(Sessions sessions, GrpcStream stream) {
    this.sessions = sessions;
    this.stream = stream;
    this.hub = sessions.member().watches().open(this);
    stream.onWritable(hub::resume);
    stream.onDraining(() -> close(EtcdStatus.STOPPED));
  }

  @Override
  public void message(ByteBuf message) {
    if (asked) {
      close(EtcdStatus.SEVERAL_MESSAGES);
      return;
    }
    asked = true;
    try {
      name = ElectionService.name(FieldReader.of(message));
      sessions.requireRead(stream, name);
      look();
    } catch (MalformedMessage malformed) {
      close(EtcdErrors.status(malformed));
    } catch (StatusException _) {
      // As etcd, which tells of no trouble here.
      close(GrpcStatus.OK);
    }
  }

  @Override
  public void halfClosed() {}

  @Override
  public void aborted() {
    hub.close();
  }

  private void close(GrpcStatus status) {
    hub.close();
    stream.close(status);
  }

  private void look() {
    if (!sessions.slowWork().tryExecuteLong(stream, this::find)) {
      close(EtcdStatus.STOPPED);
    }
  }

  private void find() {
    switch (LeaderReading.of(sessions.member().view(), name)) {
      case LeaderReading.Leads(var entry, var revision) -> {
        send(revision, entry);
        follow(entry.key(), revision + 1);
      }
      case LeaderReading.Nobody(var revision) -> {
        waitsForAnybody = true;
        watch(ConcurrencyCommands.candidates(name), revision);
      }
      case LeaderReading.NotReadable _ -> close(GrpcStatus.OK);
    }
  }

  private void send(long revision, KeyValue entry) {
    stream.send(ElectionService.response(sessions, stream.allocator(), revision, entry));
  }

  private void follow(Bytes key, long startRevision) {
    waitsForAnybody = false;
    watch(KeyRange.point(key), startRevision);
  }

  private void watch(KeyRange range, long startRevision) {
    watchId++;
    hub.create(watchId, new WatchHub.Spec(range, startRevision, true, true, false, false));
  }

  @Override
  public boolean accept(List<Notice> notices) {
    for (Notice notice : notices) {
      if (notice.watchId() == watchId) {
        switch (notice) {
          case Notice.Events(_, var revision, var events) -> hear(revision, events);
          case Notice.Compacted _ -> close(GrpcStatus.OK);
          case Notice.Created _, Notice.Progress _ -> {}
        }
      }
    }
    return stream.isWritable();
  }

  private void hear(long revision, List<WatchEvent> events) {
    for (WatchEvent event : events) {
      boolean put = event.kind() == Kind.PUT;
      if (waitsForAnybody && put) {
        hub.cancel(watchId);
        send(event.revision(), event.current());
        follow(event.key(), event.revision() + 1);
        return;
      }
      if (!waitsForAnybody && put) {
        send(revision, event.current());
      } else if (!waitsForAnybody) {
        hub.cancel(watchId);
        watchId++;
        look();
        return;
      }
    }
  }
}
