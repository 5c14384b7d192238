package dev.pintle.kernel.state;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pintle.kernel.Bytes;
import dev.pintle.kernel.auth.AuthChange;
import dev.pintle.kernel.auth.AuthImage;
import dev.pintle.kernel.auth.AuthRefusal;
import dev.pintle.kernel.auth.AuthUser;
import dev.pintle.kernel.auth.KeyPermission;
import dev.pintle.kernel.auth.Requester;
import dev.pintle.kernel.command.Command;
import dev.pintle.kernel.command.Command.Compare;
import dev.pintle.kernel.command.Command.Relation;
import dev.pintle.kernel.command.Command.Target;
import dev.pintle.kernel.command.Outcome;
import dev.pintle.kernel.keyspace.KeyRange;
import dev.pintle.kernel.keyspace.RangeRequest;
import dev.pintle.kernel.keyspace.RecordReader;
import java.util.List;
import org.junit.jupiter.api.Test;

final class CheckedCommandsTest {
  private final MapStore store = new MapStore();
  private final RecordReader records = RecordReader.of(store);
  private Keyspace keyspace = Keyspace.open(store);
  private long index;

  @Test
  void aPermissionWithdrawnBetweenCheckAndApplyRefuses() {
    prepare();
    Requester asked = now("a");
    assertThat(apply(new Command.Checked(asked, put("k")))).isInstanceOf(Outcome.Written.class);
    change(new AuthChange.RoleRevokePermission(b("r"), b("k"), Bytes.EMPTY));
    long revision = keyspace.root().revision();
    assertThat(apply(new Command.Checked(asked, put("k"))))
        .isEqualTo(unauthorized(AuthRefusal.OLD_REVISION));
    assertThat(apply(new Command.Checked(now("a"), put("k"))))
        .isEqualTo(unauthorized(AuthRefusal.PERMISSION_DENIED));
    seal();
    assertThat(keyspace.root().revision()).isEqualTo(revision);
  }

  @Test
  void theSystemsOwnCommandsAreNotChecked() {
    prepare();
    assertThat(apply(put("anything"))).isInstanceOf(Outcome.Written.class);
  }

  @Test
  void whereNothingIsCheckedEverybodyMay() {
    assertThat(apply(new Command.Checked(Requester.ANONYMOUS, put("k"))))
        .isInstanceOf(Outcome.Written.class);
  }

  @Test
  void aPreviousValueMustBeReadable() {
    prepare();
    change(
        new AuthChange.RoleGrantPermission(
            b("r"), new KeyPermission(KeyPermission.WRITE, b("k"), Bytes.EMPTY)));
    assertThat(ask("a", put("k"))).isInstanceOf(Outcome.Written.class);
    assertThat(ask("a", new Command.Put(b("k"), b("v"), 0, true, false, false)))
        .isEqualTo(unauthorized(AuthRefusal.PERMISSION_DENIED));
    KeyRange range = KeyRange.point(b("k"));
    assertThat(ask("a", new Command.DeleteRange(range, true)))
        .isEqualTo(unauthorized(AuthRefusal.PERMISSION_DENIED));
    assertThat(ask("a", new Command.DeleteRange(range, false))).isInstanceOf(Outcome.Deleted.class);
  }

  @Test
  void aTransactionNeedsWhatBothItsBranchesNeed() {
    prepare();
    Command.Txn other = new Command.Txn(List.of(), List.of(), List.of(put("x")));
    assertThat(ask("a", new Command.Txn(List.of(), List.of(put("k")), List.of())))
        .isInstanceOf(Outcome.TxnApplied.class);
    assertThat(ask("a", other)).isEqualTo(unauthorized(AuthRefusal.PERMISSION_DENIED));
    assertThat(ask("a", new Command.Txn(List.of(), List.of(other), List.of())))
        .isEqualTo(unauthorized(AuthRefusal.PERMISSION_DENIED));
    Compare guard = new Compare(KeyRange.point(b("x")), Target.MOD, Relation.EQUAL, 0, Bytes.EMPTY);
    assertThat(ask("a", new Command.Txn(List.of(guard), List.of(put("k")), List.of())))
        .isEqualTo(unauthorized(AuthRefusal.PERMISSION_DENIED));
    Command.Range range = new Command.Range(RangeRequest.of(KeyRange.prefix(b("k"))));
    assertThat(ask("a", new Command.Txn(List.of(), List.of(put("k"), range), List.of())))
        .isEqualTo(unauthorized(AuthRefusal.PERMISSION_DENIED));
  }

  @Test
  void aLeaseOfWhatOneMayNotWriteIsNeitherUsedNorEnded() {
    prepare();
    apply(new Command.LeaseGrant(7, 60));
    apply(new Command.LeaseGrant(8, 60));
    apply(new Command.Put(b("x"), b("v"), 7, false, false, false));
    Command.Put onSeven = new Command.Put(b("k"), b("v"), 7, false, false, false);
    Command.Put onEight = new Command.Put(b("k"), b("v"), 8, false, false, false);
    assertThat(ask("a", onSeven)).isEqualTo(unauthorized(AuthRefusal.PERMISSION_DENIED));
    assertThat(ask("a", onEight)).isInstanceOf(Outcome.Written.class);
    assertThat(ask("a", new Command.LeaseRevoke(7)))
        .isEqualTo(unauthorized(AuthRefusal.PERMISSION_DENIED));
    assertThat(ask("a", new Command.LeaseRevoke(8))).isInstanceOf(Outcome.LeaseRevoked.class);
    assertThat(ask("root", onSeven)).isInstanceOf(Outcome.Written.class);
  }

  @Test
  void onlyTheAdministratorChangesUsers() {
    prepare();
    Command.ChangeAuth change = new Command.ChangeAuth(new AuthChange.RoleAdd(b("s")));
    assertThat(ask("a", change)).isEqualTo(unauthorized(AuthRefusal.PERMISSION_DENIED));
    assertThat(apply(new Command.Checked(Requester.ANONYMOUS, change)))
        .isEqualTo(unauthorized(AuthRefusal.USER_EMPTY));
    assertThat(ask("root", change)).isInstanceOf(Outcome.AuthChanged.class);
  }

  @Test
  void usersRolesAndPermissionsOutliveARestart() {
    prepare();
    change(new AuthChange.RoleAdd(b("gone")));
    change(new AuthChange.UserGrantRole(b("a"), b("gone")));
    change(new AuthChange.UserAdd(b("nopass"), Bytes.EMPTY, true));
    change(new AuthChange.UserAdd(b("gone"), b("h"), false));
    change(new AuthChange.RoleDelete(b("gone")));
    change(new AuthChange.UserDelete(b("gone")));
    seal();
    AuthImage before = keyspace.root().auth();
    keyspace = Keyspace.open(store);
    AuthImage after = keyspace.root().auth();
    assertThat(after.isEnabled()).isTrue();
    assertThat(after.revision()).isEqualTo(before.revision());
    assertThat(after.users()).isEqualTo(before.users());
    assertThat(after.users())
        .extracting(AuthUser::name)
        .containsExactly(b("a"), b("nopass"), b("root"));
    assertThat(after.roles()).hasSize(1);
    assertThat(after.role(b("r")).orElseThrow().permissions())
        .isEqualTo(before.role(b("r")).orElseThrow().permissions());
    change(new AuthChange.Disable());
    seal();
    keyspace = Keyspace.open(store);
    assertThat(keyspace.root().auth().isEnabled()).isFalse();
    assertThat(keyspace.root().auth().disabledRevision()).isEqualTo(before.revision() + 1);
  }

  private void prepare() {
    change(new AuthChange.UserAdd(b("root"), b("h"), false));
    change(new AuthChange.UserGrantRole(b("root"), b("root")));
    change(new AuthChange.UserAdd(b("a"), b("h"), false));
    change(new AuthChange.RoleAdd(b("r")));
    change(
        new AuthChange.RoleGrantPermission(
            b("r"), new KeyPermission(KeyPermission.READ_WRITE, b("k"), Bytes.EMPTY)));
    change(new AuthChange.UserGrantRole(b("a"), b("r")));
    change(new AuthChange.Enable());
  }

  private void change(AuthChange change) {
    assertThat(apply(new Command.ChangeAuth(change))).isInstanceOf(Outcome.AuthChanged.class);
    seal();
  }

  private Requester now(String user) {
    return new Requester(b(user), keyspace.root().auth().revision());
  }

  private Outcome ask(String user, Command command) {
    seal();
    return apply(new Command.Checked(now(user), command));
  }

  private Outcome apply(Command command) {
    return keyspace.apply(++index, command, records, store).outcome();
  }

  private void seal() {
    keyspace.seal(store);
    keyspace.publish();
  }

  private static Outcome unauthorized(AuthRefusal reason) {
    return new Outcome.Refused.Unauthorized(reason);
  }

  private static Command.Put put(String key) {
    return Command.Put.of(b(key), b("v"));
  }

  private static Bytes b(String text) {
    return Bytes.utf8(text);
  }
}
