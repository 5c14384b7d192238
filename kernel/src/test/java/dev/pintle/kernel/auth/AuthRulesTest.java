package dev.pintle.kernel.auth;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pintle.kernel.Bytes;
import dev.pintle.kernel.keyspace.KeyRange;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class AuthRulesTest {
  private AuthImage image = AuthImage.INITIAL;

  @Test
  void aStoreIsBornWithRevisionOneAndChecksNothing() {
    assertThat(image.isEnabled()).isFalse();
    assertThat(image.revision()).isEqualTo(1);
    assertThat(may("", KeyAccess.WRITE, KeyRange.ALL)).isTrue();
  }

  @Test
  void checkingNeedsTheUserRootWithTheRoleRoot() {
    refused(new AuthChange.Enable(), AuthRefusal.ROOT_USER_MISSING);
    addUser("root");
    refused(new AuthChange.Enable(), AuthRefusal.ROOT_ROLE_MISSING);
    done(new AuthChange.UserGrantRole(b("root"), b("root")));
    long revision = image.revision();
    done(new AuthChange.Enable());
    done(new AuthChange.Enable());
    assertThat(image.isEnabled()).isTrue();
    assertThat(image.revision()).isEqualTo(revision);
    done(new AuthChange.Disable());
    assertThat(image.revision()).isEqualTo(revision + 1);
    assertThat(image.disabledRevision()).isEqualTo(revision + 1);
    done(new AuthChange.Disable());
    assertThat(image.revision()).isEqualTo(revision + 1);
  }

  @Test
  void theAdministratorCannotBeTakenAwayWhilePermissionsAreChecked() {
    enabled();
    done(new AuthChange.RoleAdd(b("root")));
    refused(new AuthChange.UserDelete(b("root")), AuthRefusal.INVALID_CHANGE);
    refused(new AuthChange.RoleDelete(b("root")), AuthRefusal.INVALID_CHANGE);
    refused(new AuthChange.UserRevokeRole(b("root"), b("root")), AuthRefusal.INVALID_CHANGE);
    done(new AuthChange.Disable());
    done(new AuthChange.UserRevokeRole(b("root"), b("root")));
    done(new AuthChange.UserDelete(b("root")));
  }

  @Test
  void namesAreNotEmptyAndNotTwice() {
    refused(new AuthChange.UserAdd(b(""), b("h"), false), AuthRefusal.USER_EMPTY);
    addUser("a");
    refused(new AuthChange.UserAdd(b("a"), b("h"), false), AuthRefusal.USER_EXISTS);
    refused(new AuthChange.RoleAdd(b("")), AuthRefusal.ROLE_EMPTY);
    done(new AuthChange.RoleAdd(b("r")));
    refused(new AuthChange.RoleAdd(b("r")), AuthRefusal.ROLE_EXISTS);
    refused(new AuthChange.UserDelete(b("x")), AuthRefusal.USER_NOT_FOUND);
    refused(new AuthChange.UserGrantRole(b("a"), b("x")), AuthRefusal.ROLE_NOT_FOUND);
    refused(new AuthChange.UserGrantRole(b("x"), b("r")), AuthRefusal.USER_NOT_FOUND);
    refused(new AuthChange.UserRevokeRole(b("a"), b("r")), AuthRefusal.ROLE_NOT_GRANTED);
    refused(new AuthChange.RoleDelete(b("x")), AuthRefusal.ROLE_NOT_FOUND);
  }

  @Test
  void aRoleGrantedAgainChangesNothing() {
    addUser("a");
    done(new AuthChange.RoleAdd(b("r")));
    done(new AuthChange.UserGrantRole(b("a"), b("r")));
    AuthImage before = image;
    done(new AuthChange.UserGrantRole(b("a"), b("r")));
    assertThat(image).isSameAs(before);
  }

  @Test
  void aDeletedRoleIsTakenFromAllUsers() {
    addUser("a");
    done(new AuthChange.RoleAdd(b("r")));
    done(new AuthChange.RoleAdd(b("s")));
    done(new AuthChange.UserGrantRole(b("a"), b("s")));
    done(new AuthChange.UserGrantRole(b("a"), b("r")));
    assertThat(image.user(b("a")).orElseThrow().roles()).containsExactly(b("r"), b("s"));
    done(new AuthChange.RoleDelete(b("r")));
    assertThat(image.user(b("a")).orElseThrow().roles()).containsExactly(b("s"));
  }

  @Test
  void aPasswordGivenAnewOutdatesWhatWasProvedBefore() {
    addUser("a");
    long before = image.user(b("a")).orElseThrow().credentialRevision();
    done(new AuthChange.RoleAdd(b("r")));
    done(new AuthChange.UserGrantRole(b("a"), b("r")));
    assertThat(image.user(b("a")).orElseThrow().credentialRevision()).isEqualTo(before);
    done(new AuthChange.UserChangePassword(b("a"), b("other")));
    assertThat(image.user(b("a")).orElseThrow().credentialRevision()).isGreaterThan(before);
    assertThat(image.user(b("a")).orElseThrow().roles()).containsExactly(b("r"));
  }

  @Test
  void aUserWithoutPasswordNeverGetsOne() {
    done(new AuthChange.UserAdd(b("a"), b("ignored"), true));
    done(new AuthChange.UserChangePassword(b("a"), b("ignored")));
    assertThat(image.user(b("a")).orElseThrow().passwordHash()).isEqualTo(Bytes.EMPTY);
  }

  @Test
  void permissionsAreForAKeyOrARangeThatIsNotEmpty() {
    done(new AuthChange.RoleAdd(b("r")));
    refused(grant("", ""), AuthRefusal.INVALID_CHANGE);
    refused(grant("", "z"), AuthRefusal.INVALID_CHANGE);
    refused(grant("b", "a"), AuthRefusal.INVALID_CHANGE);
    refused(grant("b", "b"), AuthRefusal.INVALID_CHANGE);
    done(grant("b", "\0"));
    done(grant("b", ""));
    done(grant("a", "b"));
    assertThat(permissions("r"))
        .extracting(KeyPermission::key)
        .containsExactly(b("a"), b("b"), b("b"));
    refused(
        new AuthChange.RoleRevokePermission(b("r"), b("b"), b("c")),
        AuthRefusal.PERMISSION_NOT_GRANTED);
    done(new AuthChange.RoleRevokePermission(b("r"), b("b"), b("\0")));
    assertThat(permissions("r")).hasSize(2);
  }

  @Test
  void aPermissionForTheSameKeysIsReplaced() {
    done(new AuthChange.RoleAdd(b("r")));
    done(grant("a", "b"));
    KeyPermission read = new KeyPermission(KeyPermission.READ, b("a"), b("b"));
    done(new AuthChange.RoleGrantPermission(b("r"), read));
    assertThat(permissions("r")).containsExactly(read);
  }

  @Test
  void aPermissionForAKeyIsNoneForARange() {
    enabled();
    permit("a", "r", "k", "");
    assertThat(may("a", KeyAccess.READ, KeyRange.point(b("k")))).isTrue();
    assertThat(may("a", KeyAccess.READ, KeyRange.prefix(b("k")))).isFalse();
    assertThat(may("a", KeyAccess.READ, KeyRange.fromKey(b("k")))).isFalse();
    assertThat(may("a", KeyAccess.READ, KeyRange.point(b("k0")))).isFalse();
  }

  @Test
  void intervalsOfSeveralRolesCoverTogetherWhatNoneCoversAlone() {
    enabled();
    permit("a", "r", "b", "d");
    permit("a", "s", "d", "f");
    permit("a", "t", "g", "\0");
    assertThat(may("a", KeyAccess.WRITE, new KeyRange(b("b"), b("f")))).isTrue();
    assertThat(may("a", KeyAccess.WRITE, new KeyRange(b("b"), b("g")))).isFalse();
    assertThat(may("a", KeyAccess.WRITE, KeyRange.fromKey(b("b")))).isFalse();
    assertThat(may("a", KeyAccess.WRITE, KeyRange.fromKey(b("h")))).isTrue();
    done(new AuthChange.RoleRevokePermission(b("s"), b("d"), b("f")));
    assertThat(may("a", KeyAccess.WRITE, new KeyRange(b("b"), b("f")))).isFalse();
  }

  @Test
  void whoSaysNothingOrWhatIsOldIsRefused() {
    enabled();
    permit("a", "r", "k", "");
    KeyRange key = KeyRange.point(b("k"));
    assertThat(image.refusal(Requester.ANONYMOUS, KeyAccess.READ, key))
        .isEqualTo(AuthRefusal.USER_EMPTY);
    assertThat(image.refusal(new Requester(b("a"), image.revision() - 1), KeyAccess.READ, key))
        .isEqualTo(AuthRefusal.OLD_REVISION);
    assertThat(image.refusal(new Requester(b("x"), image.revision()), KeyAccess.READ, key))
        .isEqualTo(AuthRefusal.PERMISSION_DENIED);
    assertThat(image.adminRefusal(Requester.ANONYMOUS)).isEqualTo(AuthRefusal.USER_EMPTY);
    assertThat(image.adminRefusal(new Requester(b("x"), 1))).isEqualTo(AuthRefusal.USER_NOT_FOUND);
    assertThat(image.adminRefusal(new Requester(b("a"), 1)))
        .isEqualTo(AuthRefusal.PERMISSION_DENIED);
    assertThat(image.adminRefusal(new Requester(b("root"), 1))).isNull();
    assertThat(may("root", KeyAccess.WRITE, KeyRange.ALL)).isTrue();
  }

  /// Against a set of single keys, which cannot be wrong about intervals.
  @Test
  void mergedIntervalsPermitWhatTheRangesPermitOneByOne() {
    SplittableRandom random = new SplittableRandom(22);
    for (int round = 0; round < 2000; round++) {
      List<KeyRange> ranges =
          IntStream.range(0, random.nextInt(6)).mapToObj(_ -> range(random)).toList();
      KeyIntervals intervals = KeyIntervals.of(ranges);
      for (char key = 'a'; key <= 'j'; key++) {
        Bytes point = b(String.valueOf(key));
        assertThat(intervals.holding(point) != null)
            .as("seed 22 round %d: %s in %s", round, point, ranges)
            .isEqualTo(ranges.stream().anyMatch(range -> range.contains(point)));
      }
    }
  }

  private static KeyRange range(SplittableRandom random) {
    Bytes from = b(String.valueOf((char) ('a' + random.nextInt(8))));
    return switch (random.nextInt(5)) {
      case 0 -> KeyRange.point(from);
      case 1 -> KeyRange.fromKey(from);
      default -> new KeyRange(from, b(String.valueOf((char) (from.at(0) + 1 + random.nextInt(3)))));
    };
  }

  private void enabled() {
    addUser("root");
    done(new AuthChange.UserGrantRole(b("root"), b("root")));
    done(new AuthChange.Enable());
    addUser("a");
  }

  private void permit(String user, String role, String key, String end) {
    done(new AuthChange.RoleAdd(b(role)));
    done(new AuthChange.RoleGrantPermission(b(role), new KeyPermission(2, b(key), b(end))));
    done(new AuthChange.UserGrantRole(b(user), b(role)));
  }

  private boolean may(String user, KeyAccess access, KeyRange range) {
    return image.refusal(new Requester(b(user), image.revision()), access, range) == null;
  }

  private List<KeyPermission> permissions(String role) {
    return image.role(b(role)).orElseThrow().permissions();
  }

  private static AuthChange grant(String key, String end) {
    return new AuthChange.RoleGrantPermission(b("r"), new KeyPermission(2, b(key), b(end)));
  }

  private void addUser(String name) {
    done(new AuthChange.UserAdd(b(name), b("hash"), false));
  }

  private void done(AuthChange change) {
    image =
        switch (AuthRules.apply(image, change)) {
          case AuthRules.Changed(var after) -> after;
          case AuthRules.NotChanged(var reason) -> throw new AssertionError(change + ": " + reason);
        };
  }

  private void refused(AuthChange change, AuthRefusal reason) {
    assertThat(AuthRules.apply(image, change)).isEqualTo(new AuthRules.NotChanged(reason));
  }

  private static Bytes b(String text) {
    return Bytes.utf8(text);
  }
}
