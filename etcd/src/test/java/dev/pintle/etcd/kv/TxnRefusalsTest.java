package dev.pintle.etcd.kv;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pintle.kernel.Bytes;
import dev.pintle.kernel.command.Command;
import dev.pintle.kernel.command.Command.Operation;
import dev.pintle.kernel.keyspace.KeyRange;
import dev.pintle.kernel.keyspace.RangeRequest;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

class TxnRefusalsTest {
  private static final String DUPLICATE = "etcdserver: duplicate key given in txn request";
  private static final String TOO_MANY = "etcdserver: too many operations in txn request";

  private static Operation put(String key) {
    return Command.Put.of(Bytes.utf8(key), Bytes.utf8("v"));
  }

  private static Operation delete(String from, String to) {
    return new Command.DeleteRange(new KeyRange(Bytes.utf8(from), Bytes.utf8(to)), false);
  }

  private static Operation deleteOne(String key) {
    return new Command.DeleteRange(KeyRange.point(Bytes.utf8(key)), false);
  }

  private static Command.Txn then(Operation... operations) {
    return new Command.Txn(List.of(), List.of(operations), List.of());
  }

  private static Command.Txn branches(List<Operation> then, List<Operation> otherwise) {
    return new Command.Txn(List.of(), then, otherwise);
  }

  private static void accepted(Command.Txn txn) {
    assertThatCode(() -> TxnRefusals.check(txn, 128)).doesNotThrowAnyException();
  }

  private static void refused(Command.Txn txn, String text) {
    assertThatThrownBy(() -> TxnRefusals.check(txn, 128)).hasMessage(text);
  }

  @Test
  void oneKeyMayBePutOnceInABranch() {
    accepted(then(put("a"), put("b")));
    refused(then(put("a"), put("a")), DUPLICATE);
  }

  @Test
  void aKeyMayNotBePutAndDeletedInABranch() {
    refused(then(put("a"), deleteOne("a")), DUPLICATE);
    refused(then(delete("a", "z"), put("k")), DUPLICATE);
    accepted(then(delete("a", "k"), put("k")));
  }

  @Test
  void deletesMayOverlap() {
    accepted(then(delete("a", "m"), delete("c", "z")));
  }

  @Test
  void theTwoBranchesMayWriteTheSameKey() {
    accepted(branches(List.of(put("a")), List.of(put("a"))));
    accepted(then(branches(List.of(put("a")), List.of(put("a")))));
  }

  @Test
  void aPutMayNotMeetOneOfANestedBranch() {
    refused(then(put("a"), branches(List.of(), List.of(put("a")))), DUPLICATE);
    refused(then(then(put("a")), then(put("a"))), DUPLICATE);
    refused(then(put("a"), then(deleteOne("a"))), DUPLICATE);
    refused(then(deleteOne("a"), then(put("a"))), DUPLICATE);
  }

  @Test
  void aListMayBeAsLongAsTheLimit() {
    Operation range = new Command.Range(RangeRequest.of(KeyRange.point(Bytes.utf8("a"))));
    accepted(branches(Collections.nCopies(128, range), List.of()));
    refused(branches(List.of(), Collections.nCopies(129, range)), TOO_MANY);
  }

  @Test
  void nestingUsesUpTheLimitOfThoseBelow() {
    Operation range = new Command.Range(RangeRequest.of(KeyRange.point(Bytes.utf8("a"))));
    Command.Txn inner = branches(Collections.nCopies(127, range), List.of());
    accepted(then(inner));
    refused(then(inner, put("x")), TOO_MANY);
  }
}
