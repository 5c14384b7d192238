package dev.pintle.etcd.concurrency;

import dev.pintle.etcd.message.FieldReader;
import dev.pintle.etcd.message.FieldSize;
import dev.pintle.etcd.message.FieldWriter;
import dev.pintle.etcd.message.KeyValueMessage;
import dev.pintle.etcd.status.DecodingUnary;
import dev.pintle.etcd.status.EtcdStatus;
import dev.pintle.kernel.Bytes;
import dev.pintle.kernel.command.Command;
import dev.pintle.kernel.command.Outcome;
import dev.pintle.kernel.command.Outcome.TxnApplied;
import dev.pintle.kernel.keyspace.KeyValue;
import dev.pintle.wire.GrpcCall;
import dev.pintle.wire.GrpcService.Method;
import dev.pintle.wire.GrpcService.Streaming;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The service `v3electionpb.Election`.
final class ElectionService {
  private static final int LEADER = 2;
  private static final int ENTRY = 2;

  private final Sessions sessions;

  ElectionService(Sessions sessions) {
    this.sessions = sessions;
  }

  Map<String, Method> methods() {
    Streaming observe = stream -> new Observation(sessions, stream);
    return Map.of(
        "/v3electionpb.Election/Campaign", DecodingUnary.unary(this::campaign),
        "/v3electionpb.Election/Proclaim", DecodingUnary.unary(this::proclaim),
        "/v3electionpb.Election/Leader", DecodingUnary.unary(this::leader),
        "/v3electionpb.Election/Observe", observe,
        "/v3electionpb.Election/Resign", DecodingUnary.unary(this::resign));
  }

  private void campaign(GrpcCall call, ByteBuf message) {
    FieldReader in = FieldReader.of(message);
    Bytes name = Bytes.EMPTY;
    Bytes value = Bytes.EMPTY;
    long lease = 0;
    for (int field = in.next(); field != 0; field = in.next()) {
      switch (field) {
        case 1 -> name = in.bytes();
        case 2 -> lease = in.int64();
        case 3 -> value = in.bytes();
        default -> in.skip();
      }
    }
    new Campaign(sessions, call, name, value).begin(lease);
  }

  private record Claim(@Nullable LeaderKey leader, Bytes value) {
    static Claim decode(FieldReader in) {
      LeaderKey leader = null;
      Bytes value = Bytes.EMPTY;
      for (int field = in.next(); field != 0; field = in.next()) {
        switch (field) {
          case 1 -> leader = LeaderKey.decode(in.message());
          case 2 -> value = in.bytes();
          default -> in.skip();
        }
      }
      return new Claim(leader, value);
    }
  }

  private void proclaim(GrpcCall call, ByteBuf message) {
    Claim claim = Claim.decode(FieldReader.of(message));
    LeaderKey leader = claim.leader();
    if (leader == null) {
      call.fail(ConcurrencyStatus.LEADER_MISSING);
      return;
    }
    sessions.lease(
        call,
        leader.lease(),
        lease -> {
          if (leader.key().isEmpty()) {
            call.fail(ConcurrencyStatus.of(EtcdStatus.EMPTY_KEY));
          } else if (!sessions.fits(leader.key(), 2, claim.value())) {
            call.fail(ConcurrencyStatus.of(EtcdStatus.REQUEST_TOO_LARGE));
          } else {
            proclaim(call, leader, claim.value(), lease);
          }
        });
  }

  private void proclaim(GrpcCall call, LeaderKey leader, Bytes value, long lease) {
    sessions.submit(
        call,
        ConcurrencyCommands.proclaim(leader.key(), leader.revision(), value, lease),
        outcome -> {
          if (outcome instanceof TxnApplied applied && applied.reply().succeeded()) {
            sessions.answer(call, applied.revision());
          } else {
            call.fail(ConcurrencyStatus.NOT_LEADER);
          }
        });
  }

  private void resign(GrpcCall call, ByteBuf message) {
    LeaderKey leader = Claim.decode(FieldReader.of(message)).leader();
    if (leader == null) {
      call.fail(ConcurrencyStatus.LEADER_MISSING);
      return;
    }
    sessions.lease(
        call,
        leader.lease(),
        lease -> {
          if (leader.key().isEmpty()) {
            call.fail(ConcurrencyStatus.of(EtcdStatus.EMPTY_KEY));
          } else {
            resign(call, leader);
          }
        });
  }

  /// Whoever leads no more need not resign, and is told nothing else.
  private void resign(GrpcCall call, LeaderKey leader) {
    sessions.submit(
        call,
        ConcurrencyCommands.resign(leader.key(), leader.revision()),
        outcome -> {
          if (outcome instanceof Outcome.Applied applied) {
            sessions.answer(call, applied.revision());
          }
        });
  }

  private void leader(GrpcCall call, ByteBuf message) {
    Bytes name = name(FieldReader.of(message));
    sessions.requireRead(call, name);
    Runnable reading =
        DecodingUnary.answering(
            call,
            () -> {
              switch (LeaderReading.of(sessions.member().view(), name)) {
                case LeaderReading.Leads(var entry, var revision) ->
                    call.reply(response(call.allocator(), revision, entry));
                case LeaderReading.Nobody _ -> call.fail(ConcurrencyStatus.NO_LEADER);
                case LeaderReading.NotReadable(var reason) ->
                    call.fail(ConcurrencyStatus.of(reason));
              }
            });
    if (!sessions.slowWork().tryExecuteLong(call, reading)) {
      call.fail(EtcdStatus.STOPPED);
    }
  }

  /// The field of `LeaderRequest`.
  static Bytes name(FieldReader in) {
    Bytes name = Bytes.EMPTY;
    for (int field = in.next(); field != 0; field = in.next()) {
      switch (field) {
        case 1 -> name = in.bytes();
        default -> in.skip();
      }
    }
    return name;
  }

  private ByteBuf response(ByteBufAllocator allocator, long revision, KeyValue entry) {
    return response(sessions, allocator, revision, entry);
  }

  /// A `LeaderResponse`.
  static ByteBuf response(
      Sessions sessions, ByteBufAllocator allocator, long revision, KeyValue entry) {
    ByteBuf out =
        sessions.header().begin(allocator, revision, KeyValueMessage.fieldSize(ENTRY, entry));
    KeyValueMessage.writeField(out, ENTRY, entry);
    return out;
  }

  /// The way to the lead.
  private static final class Campaign extends Candidacy {
    private final Bytes name;
    private final Bytes value;

    Campaign(Sessions sessions, GrpcCall call, Bytes name, Bytes value) {
      super(sessions, call, name, value);
      this.name = name;
      this.value = value;
    }

    @Override
    int keysNamed() {
      return 3;
    }

    /// Whoever stands already, with another value, says the new one first.
    @Override
    void resume(Standing standing, KeyValue found) {
      if (found.value().equals(value)) {
        await(standing);
        return;
      }
      sessions()
          .submit(
              call(),
              ConcurrencyCommands.proclaim(
                  standing.key(), standing.createRevision(), value, standing.lease()),
              outcome -> {
                if (outcome instanceof TxnApplied applied && applied.reply().succeeded()) {
                  await(standing);
                } else {
                  call().fail(ConcurrencyStatus.NOT_LEADER);
                }
              });
    }

    @Override
    void reached(Standing standing, boolean waited) {
      LeaderKey leader =
          new LeaderKey(name, standing.key(), standing.createRevision(), standing.lease());
      int size = leader.size();
      ByteBuf out =
          sessions()
              .header()
              .begin(call().allocator(), standing.revision(), FieldSize.nested(LEADER, size));
      FieldWriter.nested(out, LEADER, size);
      leader.write(out);
      call().reply(out);
    }

    @Override
    Command withdrawal(Standing standing) {
      return ConcurrencyCommands.resign(standing.key(), standing.createRevision());
    }
  }
}
