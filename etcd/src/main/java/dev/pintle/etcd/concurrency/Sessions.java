package dev.pintle.etcd.concurrency;

import dev.pintle.etcd.auth.AccessControl;
import dev.pintle.etcd.message.HeaderMessage;
import dev.pintle.etcd.status.StatusException;
import dev.pintle.etcd.work.SlowWork;
import dev.pintle.kernel.Bytes;
import dev.pintle.kernel.command.Command;
import dev.pintle.kernel.command.Outcome;
import dev.pintle.member.Member;
import dev.pintle.wire.GrpcCall;
import dev.pintle.wire.GrpcRequest;
import java.util.function.Consumer;
import java.util.function.LongConsumer;

/// The needs that the calls of both services have in common.
///
/// @param access who may do what they ask for: all is done in the name of the caller, but what takes their own key away again
/// @param requestBytesMax largest request that is written to the log
record Sessions(
    Member member,
    HeaderMessage header,
    AccessControl access,
    SlowWork slowWork,
    CreationQueues queues,
    int requestBytesMax) {
  /// The time to live of the lease of a client that brought none; nobody renews it but the client.
  private static final long LEASE_SECONDS = 60;

  /// Hands `then` the lease that the client brought, or a new one.
  void lease(GrpcCall call, long brought, LongConsumer then) {
    if (brought != 0) {
      then.accept(brought);
      return;
    }
    Command.LeaseGrant grant = new Command.LeaseGrant(member.leases().newId(), LEASE_SECONDS);
    submit(
        call,
        grant,
        outcome -> {
          if (outcome instanceof Outcome.LeaseGranted granted) {
            then.accept(granted.id());
          }
        });
  }

  /// Hands `then` what became of `command`, unless it was refused: then the call has failed.
  void submit(GrpcCall call, Command command, Consumer<Outcome> then) {
    Command asked;
    try {
      asked = access.asked(call, command);
    } catch (StatusException refused) {
      call.fail(ConcurrencyStatus.of(refused.status()));
      return;
    }
    member.submit(
        asked,
        outcome -> {
          if (outcome instanceof Outcome.Refused refused) {
            call.fail(ConcurrencyStatus.of(refused));
          } else {
            then.accept(outcome);
          }
        });
  }

  /// Refuses who may not read the keys of all who stand under `name`.
  ///
  /// @throws StatusException that says so
  void requireRead(GrpcRequest request, Bytes name) {
    try {
      access.requireRead(request, member.view(), ConcurrencyCommands.candidates(name));
    } catch (StatusException refused) {
      throw new StatusException(ConcurrencyStatus.of(refused.status()));
    }
  }

  /// An answer that is a header alone.
  void answer(GrpcCall call, long revision) {
    call.reply(header.begin(call.allocator(), revision, 0));
  }

  /// Whether a transaction with `keys` as its keys, and a value, has room in the log.
  boolean fits(Bytes key, int keys, Bytes value) {
    return (long) keys * key.size() + value.size() <= requestBytesMax;
  }
}
