package dev.pintle.member.watch;

import dev.pintle.kernel.Bytes;
import dev.pintle.kernel.command.Command;
import dev.pintle.kernel.keyspace.KeyRange;
import dev.pintle.kernel.watch.EventLog;
import dev.pintle.kernel.watch.WatchEvent;
import dev.pintle.member.ReopenedKv;
import dev.pintle.member.WatchHub.Notice;
import dev.pintle.member.WatchHub.Spec;
import dev.pintle.member.WatchHub.Stream;
import dev.pintle.member.clock.ManualClock;
import dev.pintle.member.core.IndexFile;
import dev.pintle.member.core.MemberConfig;
import dev.pintle.member.core.MemberCore;
import dev.pintle.member.core.MemberCore.Parts;
import dev.pintle.member.log.MemoryLog;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;

/// A member and a hub without threads, with a memory of a few revisions only.
final class HubFixture {
  static final int RECENT_DELTAS = 8;

  private static final WatchConfig CONFIG =
      new WatchConfig(
          new EventLog.Limits(RECENT_DELTAS, 1 << 20), Duration.ofMinutes(10), 4, 5, 1 << 20);

  final ManualClock clock = new ManualClock();
  final MemberCore core;
  final CursorHub hub;
  final ReopenedKv store = new ReopenedKv();

  /// What the hub wants read from storage, until [#settle] or [#readHistory].
  private final Queue<Runnable> reads = new ArrayDeque<>();

  HubFixture() {
    this(MemberConfig.DEFAULT);
  }

  HubFixture(MemberConfig config) {
    try {
      core = MemberCore.open(new Parts(new MemoryLog(), store, IndexFile.NONE, clock), config);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    hub =
        new CursorHub(
            CONFIG,
            new CursorHub.HubConnections(
                store.reader(), core::view, clock, reads::add, core::wake));
    core.observe(hub);
  }

  /// Lets everything happen that can.
  void settle() {
    boolean any = true;
    while (any) {
      any = core.logStep();
      any |= core.applyStep();
      any |= hub.step();
      any |= readHistory();
    }
  }

  boolean readHistory() {
    Runnable read = reads.poll();
    if (read == null) {
      return false;
    }
    read.run();
    return true;
  }

  /// Writes, and applies it; the hub has not looked yet.
  void apply(Command command) {
    core.submit(command, outcome -> {});
    boolean any = true;
    while (any) {
      any = core.logStep() || core.applyStep();
    }
  }

  void put(String key, String value) {
    apply(Command.Put.of(Bytes.utf8(key), Bytes.utf8(value)));
    settle();
  }

  void delete(String key) {
    apply(new Command.DeleteRange(KeyRange.point(Bytes.utf8(key)), false));
    settle();
  }

  void compact(long revision) {
    apply(new Command.Compact(revision));
    settle();
  }

  Consumer consumer() {
    return new Consumer();
  }

  static Spec from(String key, long startRevision) {
    return new Spec(KeyRange.point(Bytes.utf8(key)), startRevision, true, true, false, false);
  }

  static Spec all(long startRevision) {
    return new Spec(KeyRange.ALL, startRevision, true, true, false, false);
  }

  /// A stream that writes down what it was told, and takes more or not as it is told.
  final class Consumer {
    final List<String> told = new ArrayList<>();
    final Stream stream;
    boolean ready = true;

    /// Events carry what their key was before where it costs nothing; most tests do not look at it.
    boolean previousShown;

    private Consumer() {
      stream =
          hub.open(notices -> {
            notices.forEach(notice -> told.add(text(notice, previousShown)));
            return ready;
          });
    }

    Consumer watch(long id, Spec spec) {
      stream.create(id, spec);
      settle();
      return this;
    }

    void resume() {
      ready = true;
      stream.resume();
      settle();
    }

    /// What it was told since the last call.
    List<String> news() {
      List<String> news = List.copyOf(told);
      told.clear();
      return news;
    }
  }

  private static String text(Notice notice, boolean previousShown) {
    return switch (notice) {
      case Notice.Created(long id, long revision) -> "%d created @%d".formatted(id, revision);
      case Notice.Progress(long id, long revision) -> "%d progress @%d".formatted(id, revision);
      case Notice.Compacted(long id, _, long compacted) ->
          "%d compacted %d".formatted(id, compacted);
      case Notice.Events(long id, _, var events) -> {
        StringBuilder text = new StringBuilder(id + ":");
        for (var event : events) {
          text.append(event.kind() == WatchEvent.Kind.PUT ? " " : " -");
          text.append(event.key()).append('@').append(event.revision());
          if (previousShown && event.previous() != null) {
            text.append("(was ").append(event.previous().value()).append(')');
          }
        }
        yield text.toString();
      }
    };
  }
}
