package dev.pintle.kernel.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pintle.kernel.Bytes;
import dev.pintle.kernel.auth.AuthChange;
import dev.pintle.kernel.auth.KeyPermission;
import dev.pintle.kernel.auth.Requester;
import dev.pintle.kernel.codec.ByteReader;
import dev.pintle.kernel.codec.ByteWriter;
import dev.pintle.kernel.codec.MalformedBytes;
import dev.pintle.kernel.command.Command.Compare;
import dev.pintle.kernel.command.Command.Operation;
import dev.pintle.kernel.command.Command.Relation;
import dev.pintle.kernel.command.Command.Target;
import dev.pintle.kernel.keyspace.KeyRange;
import dev.pintle.kernel.keyspace.RangeRequest;
import dev.pintle.kernel.keyspace.RangeRequest.Content;
import dev.pintle.kernel.keyspace.RangeRequest.RevisionWindow;
import dev.pintle.kernel.keyspace.RangeRequest.Sort;
import dev.pintle.kernel.keyspace.RangeRequest.SortOrder;
import dev.pintle.kernel.keyspace.RangeRequest.SortTarget;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

final class CommandCodecTest {
  private static final int ROUNDS = 20_000;

  @Test
  void everyCommandReadsBackAsItWas() {
    SplittableRandom random = new SplittableRandom(1);
    ByteWriter out = new ByteWriter(64);
    for (int i = 0; i < ROUNDS; i++) {
      Command command = command(random);
      out.clear();
      CommandCodec.encode(command, out);
      assertThat(decode(out.toByteArray())).isEqualTo(command);
    }
  }

  /// The bytes are a promise to logs already written: a change here needs a new format number and a reader for this one.
  @Test
  void theBytesOfFormatOneStayWhatTheyAre() {
    Bytes key = Bytes.utf8("k");
    Compare guard = new Compare(KeyRange.prefix(key), Target.MOD, Relation.LESS, 7, Bytes.EMPTY);
    RangeRequest read = RangeRequest.of(KeyRange.point(key)).limitedTo(3).at(2);
    Operation put = new Command.Put(key, Bytes.utf8("v"), 9, true, false, false);
    Operation delete = new Command.DeleteRange(KeyRange.fromKey(key), true);
    Operation nested = new Command.Txn(List.of(), List.of(), List.of());
    Command txn =
        new Command.Txn(
            List.of(guard), List.of(put, delete), List.of(new Command.Range(read), nested));
    assertThat(hex(txn))
        .isEqualTo(
            "0103010101"
                + "6b016c0202"
                + "000000000000000700"
                + "02"
                + "0109"
                + "0000000000000009"
                + "016b0176"
                + "020102016b"
                + "02"
                + "0400016b0203000000"
                + "00000000"
                + "03000000");
    assertThat(hex(new Command.Compact(300))).isEqualTo("0104ac02");
    assertThat(hex(new Command.LeaseGrant(-1, 60))).isEqualTo("0105ffffffffffffffff3c");
    assertThat(hex(new Command.LeaseRevoke(1))).isEqualTo("01060000000000000001");
    Requester by = new Requester(Bytes.utf8("u"), 300);
    assertThat(hex(new Command.Checked(by, new Command.LeaseRevoke(1))))
        .isEqualTo("01150175ac02060000000000000001");
    AuthChange grant = new AuthChange.RoleGrantPermission(key, new KeyPermission(2, key, key));
    assertThat(hex(new Command.ChangeAuth(grant))).isEqualTo("01140a016b00000002016b016b");
  }

  @Test
  void damagedBytesAreRefusedAndNothingElseHappens() {
    SplittableRandom random = new SplittableRandom(2);
    for (int i = 0; i < ROUNDS; i++) {
      ByteWriter out = new ByteWriter(64);
      CommandCodec.encode(command(random), out);
      byte[] bytes = damaged(out.toByteArray(), random);
      try {
        Command read = decode(bytes);
        assertThat(read).isNotNull();
      } catch (MalformedBytes refused) {
        assertThat(refused).hasMessageContaining("at byte");
      }
    }
  }

  @Test
  void randomBytesAreRefusedAndNothingElseHappens() {
    SplittableRandom random = new SplittableRandom(3);
    for (int i = 0; i < ROUNDS; i++) {
      byte[] bytes = new byte[random.nextInt(40)];
      random.nextBytes(bytes);
      if (bytes.length > 1 && random.nextBoolean()) {
        bytes[0] = 1;
        bytes[1] = (byte) (1 + random.nextInt(6));
      }
      try {
        decode(bytes);
      } catch (MalformedBytes refused) {
        assertThat(refused).hasMessageContaining("expected");
      }
    }
  }

  @Test
  void nestingBeyondTheLimitIsRefusedOnBothSides() {
    Command.Txn txn = new Command.Txn(List.of(), List.of(), List.of());
    for (int depth = 1; depth < OperationCodec.TXN_DEPTH_MAX; depth++) {
      txn = new Command.Txn(List.of(), List.of(txn), List.of());
    }
    ByteWriter out = new ByteWriter(64);
    CommandCodec.encode(txn, out);
    assertThat(decode(out.toByteArray())).isEqualTo(txn);
    Command deeper = new Command.Txn(List.of(), List.of(txn), List.of());
    assertThatThrownBy(() -> CommandCodec.encode(deeper, new ByteWriter(64)))
        .isInstanceOf(IllegalArgumentException.class);
    byte[] tooDeep = new byte[4 * OperationCodec.TXN_DEPTH_MAX];
    for (int i = 0; i < tooDeep.length; i += 3) {
      byte[] level = {0, 1, 3};
      System.arraycopy(level, 0, tooDeep, i, Math.min(3, tooDeep.length - i));
    }
    byte[] head = {1, 3};
    byte[] all = Arrays.copyOf(head, head.length + tooDeep.length);
    System.arraycopy(tooDeep, 0, all, head.length, tooDeep.length);
    assertThatThrownBy(() -> decode(all))
        .isInstanceOf(MalformedBytes.class)
        .hasMessageContaining("nested deeper");
  }

  private static Command decode(byte[] bytes) {
    return CommandCodec.decode(new ByteReader(bytes));
  }

  private static String hex(Command command) {
    ByteWriter out = new ByteWriter(64);
    CommandCodec.encode(command, out);
    return HexFormat.of().formatHex(out.toByteArray());
  }

  private static byte[] damaged(byte[] bytes, SplittableRandom random) {
    byte[] copy = bytes.clone();
    switch (random.nextInt(3)) {
      case 0 -> copy[random.nextInt(copy.length)] ^= (byte) (1 << random.nextInt(8));
      case 1 -> copy = Arrays.copyOf(copy, random.nextInt(copy.length));
      default -> copy = Arrays.copyOf(copy, copy.length + 1 + random.nextInt(3));
    }
    return copy;
  }

  private static Command command(SplittableRandom random) {
    return switch (random.nextInt(8)) {
      case 0 -> put(random);
      case 1 -> new Command.DeleteRange(range(random), random.nextBoolean());
      case 2 -> new Command.Compact(random.nextLong());
      case 3 -> new Command.LeaseGrant(random.nextLong(), random.nextLong());
      case 4 -> new Command.LeaseRevoke(random.nextLong());
      case 5 -> new Command.ChangeAuth(change(random));
      case 6 -> new Command.Checked(new Requester(bytes(random), random.nextLong()), put(random));
      default -> txn(random, 3);
    };
  }

  private static AuthChange change(SplittableRandom random) {
    Bytes name = bytes(random);
    return switch (random.nextInt(11)) {
      case 0 -> new AuthChange.Enable();
      case 1 -> new AuthChange.Disable();
      case 2 -> new AuthChange.UserAdd(name, bytes(random), random.nextBoolean());
      case 3 -> new AuthChange.UserDelete(name);
      case 4 -> new AuthChange.UserChangePassword(name, bytes(random));
      case 5 -> new AuthChange.UserGrantRole(name, bytes(random));
      case 6 -> new AuthChange.UserRevokeRole(name, bytes(random));
      case 7 -> new AuthChange.RoleAdd(name);
      case 8 -> new AuthChange.RoleDelete(name);
      case 9 ->
          new AuthChange.RoleGrantPermission(
              name, new KeyPermission(random.nextInt(), bytes(random), bytes(random)));
      default -> new AuthChange.RoleRevokePermission(name, bytes(random), bytes(random));
    };
  }

  private static Command.Put put(SplittableRandom random) {
    long lease = random.nextBoolean() ? 0 : random.nextLong();
    return new Command.Put(
        bytes(random),
        bytes(random),
        lease,
        random.nextBoolean(),
        random.nextBoolean(),
        random.nextBoolean());
  }

  private static Command.Txn txn(SplittableRandom random, int depth) {
    List<Compare> guards = new ArrayList<>();
    for (int i = random.nextInt(3); i > 0; i--) {
      guards.add(
          new Compare(
              range(random),
              pick(random, Target.values()),
              pick(random, Relation.values()),
              random.nextLong(),
              bytes(random)));
    }
    return new Command.Txn(guards, operations(random, depth), operations(random, depth));
  }

  private static List<Operation> operations(SplittableRandom random, int depth) {
    List<Operation> operations = new ArrayList<>();
    for (int i = random.nextInt(4); i > 0; i--) {
      operations.add(
          switch (random.nextInt(depth > 0 ? 4 : 3)) {
            case 0 -> put(random);
            case 1 -> new Command.DeleteRange(range(random), random.nextBoolean());
            case 2 -> new Command.Range(read(random));
            default -> txn(random, depth - 1);
          });
    }
    return operations;
  }

  private static RangeRequest read(SplittableRandom random) {
    return new RangeRequest(
        range(random),
        random.nextLong(),
        random.nextLong(),
        new Sort(pick(random, SortOrder.values()), pick(random, SortTarget.values())),
        pick(random, Content.values()),
        new RevisionWindow(random.nextLong(), random.nextInt(9)),
        new RevisionWindow(random.nextInt(9), random.nextLong()));
  }

  private static KeyRange range(SplittableRandom random) {
    return switch (random.nextInt(3)) {
      case 0 -> KeyRange.point(bytes(random));
      case 1 -> KeyRange.fromKey(bytes(random));
      default -> new KeyRange(bytes(random), bytes(random));
    };
  }

  private static Bytes bytes(SplittableRandom random) {
    byte[] bytes = new byte[random.nextInt(10) == 0 ? random.nextInt(300) : random.nextInt(6)];
    random.nextBytes(bytes);
    return Bytes.wrap(bytes);
  }

  private static <T> T pick(SplittableRandom random, T[] choices) {
    return choices[random.nextInt(choices.length)];
  }
}
