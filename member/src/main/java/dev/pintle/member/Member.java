package dev.pintle.member;

import dev.pintle.kernel.command.Command;
import dev.pintle.kernel.command.Outcome;
import dev.pintle.kernel.state.StoreAlarm;
import dev.pintle.kernel.state.StoredState;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.LongPredicate;
import java.util.stream.Stream;

/// One running member of the store, as a surface sees it.
///
/// A command that is answered [Outcome.Applied] is durable and visible: it is in the log on disk, and every [#view] taken
/// after the answer contains it. Reading [#view] is therefore linearizable on a member that decides alone.
public interface Member extends AutoCloseable {

  /// Hands `command` to the log. `done` runs once, on the thread that publishes (it must not wait), or at once on the
  /// calling thread when the command is refused before the log.
  void submit(Command command, Consumer<? super Outcome> done);

  /// As [#submit(Command, Consumer)].
  ///
  /// @param room for the answer, as in [dev.pintle.kernel.keyspace.AnswerSize]; asked on the thread that applies, so it must not
  ///     wait. Without it the command takes effect all the same, and is answered [Outcome.Unanswered]
  void submit(Command command, LongPredicate room, Consumer<? super Outcome> done);

  /// Submits and waits; for callers on a virtual thread.
  Outcome execute(Command command);

  /// The store as the last published batch left it; immutable, any thread may keep it.
  StoreView view();

  /// Begins to read all that is stored, as it is now: what was answered before the call is in it. Must be closed.
  StoredState stored();

  WatchHub watches();

  LeaseKeeper leases();

  MemberStatus status();

  /// The same object at every call; its numbers grow.
  MemberMetrics figures();

  /// Why no commands are taken: the disk is full or broken, for now, or the member is closing. Reading goes on.
  Optional<String> stopReason();

  /// Whether no commands are taken because there is no room for them on the disk.
  boolean isOutOfSpace();

  /// The alarms that are noted, and that of a full disk, which a member finds out by itself.
  default List<StoreAlarm> alarms() {
    List<StoreAlarm> noted = view().notes().alarms();
    if (!isOutOfSpace()) {
      return noted;
    }
    StoreAlarm full = new StoreAlarm(status().memberId(), StoreAlarm.NO_SPACE, true);
    return Stream.concat(Stream.of(full), noted.stream().filter(alarm -> !alarm.isSameAs(full)))
        .toList();
  }

  /// Takes no more commands, finishes what the log holds, flushes, and releases the folder.
  @Override
  void close();
}
