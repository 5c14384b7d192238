package dev.pintle.kernel.command;

import dev.pintle.kernel.Bytes;
import dev.pintle.kernel.auth.AuthChangeCodec;
import dev.pintle.kernel.auth.Requester;
import dev.pintle.kernel.codec.ByteReader;
import dev.pintle.kernel.codec.ByteWriter;
import dev.pintle.kernel.command.Command.ChangeAuth;
import dev.pintle.kernel.command.Command.Checked;
import dev.pintle.kernel.command.Command.Compact;
import dev.pintle.kernel.command.Command.DeleteRange;
import dev.pintle.kernel.command.Command.Downgrade;
import dev.pintle.kernel.command.Command.LeaseCheckpoint;
import dev.pintle.kernel.command.Command.LeaseGrant;
import dev.pintle.kernel.command.Command.LeaseRevoke;
import dev.pintle.kernel.command.Command.Put;
import dev.pintle.kernel.command.Command.Remaining;
import dev.pintle.kernel.command.Command.SetAlarm;
import dev.pintle.kernel.command.Command.Txn;
import java.util.ArrayList;
import java.util.List;

/// Commands as the log stores them: a byte of format, a byte of kind, and the fields; see [OperationCodec] for the parts.
public final class CommandCodec {
  static final int FORMAT = 1;

  private static final int PUT = 1;
  private static final int DELETE_RANGE = 2;
  private static final int TXN = 3;
  private static final int COMPACT = 4;
  private static final int LEASE_GRANT = 5;
  private static final int LEASE_REVOKE = 6;

  private static final int CHANGE_AUTH = 20;
  private static final int CHECKED = 21;

  /// Numbers from here on are far from those of the commands for keys, so that each group can grow.
  private static final int DOWNGRADE = 32;

  private static final int LEASE_CHECKPOINT = 33;
  private static final int SET_ALARM = 34;

  private CommandCodec() {}

  public static void encode(Command command, ByteWriter out) {
    out.writeByte(FORMAT);
    encodeKind(command, out);
  }

  private static void encodeKind(Command command, ByteWriter out) {
    switch (command) {
      case Put put -> {
        out.writeByte(PUT);
        OperationCodec.writePut(put, out);
      }
      case DeleteRange delete -> {
        out.writeByte(DELETE_RANGE);
        OperationCodec.writeDelete(delete, out);
      }
      case Txn txn -> {
        out.writeByte(TXN);
        OperationCodec.writeTxn(txn, out, 0);
      }
      case Compact compact -> {
        out.writeByte(COMPACT);
        out.writeVarint(compact.revision());
      }
      case LeaseGrant grant -> {
        out.writeByte(LEASE_GRANT);
        out.writeLong(grant.id());
        out.writeVarint(grant.ttlSeconds());
      }
      case LeaseRevoke revoke -> {
        out.writeByte(LEASE_REVOKE);
        out.writeLong(revoke.id());
      }
      case LeaseCheckpoint checkpoint -> {
        out.writeByte(LEASE_CHECKPOINT);
        writeCheckpoint(checkpoint, out);
      }
      case SetAlarm alarm -> {
        out.writeByte(SET_ALARM);
        out.writeLong(alarm.memberId());
        out.writeInt(alarm.kind());
        out.writeByte(alarm.raised() ? 1 : 0);
        out.writeByte(alarm.byItself() ? 1 : 0);
      }
      case Downgrade downgrade -> {
        out.writeByte(DOWNGRADE);
        out.writeSized(Bytes.utf8(downgrade.target()));
      }
      case ChangeAuth(var change) -> {
        out.writeByte(CHANGE_AUTH);
        AuthChangeCodec.encode(change, out);
      }
      case Checked(var by, var checked) -> {
        out.writeByte(CHECKED);
        out.writeSized(by.user());
        out.writeVarint(by.authRevision());
        encodeKind(checked, out);
      }
    }
  }

  /// Reads one command, to the end of `in`.
  ///
  /// @throws dev.pintle.kernel.codec.MalformedBytes when it is not one
  public static Command decode(ByteReader in) {
    int format = in.readByte();
    in.expect(format == FORMAT, "command format: %d (expected: %d)", format, FORMAT);
    int kind = in.readByte();
    Command command = kind == CHECKED ? checked(in) : plain(kind, in);
    in.expectEnd();
    return command;
  }

  private static void writeCheckpoint(LeaseCheckpoint checkpoint, ByteWriter out) {
    out.writeVarint(checkpoint.leases().size());
    for (Remaining lease : checkpoint.leases()) {
      out.writeLong(lease.leaseId());
      out.writeVarint(lease.seconds());
    }
  }

  private static LeaseCheckpoint readCheckpoint(ByteReader in) {
    int count = in.readLength();
    List<Remaining> leases = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      leases.add(new Remaining(in.readLong(), in.readVarint()));
    }
    return new LeaseCheckpoint(leases);
  }

  private static Command checked(ByteReader in) {
    Requester by = new Requester(in.readSized(), in.readVarint());
    return new Checked(by, plain(in.readByte(), in));
  }

  private static Command plain(int kind, ByteReader in) {
    return switch (kind) {
      case PUT -> OperationCodec.readPut(in);
      case DELETE_RANGE -> OperationCodec.readDelete(in);
      case TXN -> OperationCodec.readTxn(in, 0);
      case COMPACT -> new Compact(in.readVarint());
      case LEASE_GRANT -> new LeaseGrant(in.readLong(), in.readVarint());
      case LEASE_REVOKE -> new LeaseRevoke(in.readLong());
      case LEASE_CHECKPOINT -> readCheckpoint(in);
      case DOWNGRADE -> new Downgrade(in.readSized().toString());
      case SET_ALARM -> new SetAlarm(in.readLong(), in.readInt(), in.readFlag(), in.readFlag());
      case CHANGE_AUTH -> new ChangeAuth(AuthChangeCodec.decode(in));
      default -> throw in.malformed("command kind: %d (expected: one of this release)", kind);
    };
  }
}
