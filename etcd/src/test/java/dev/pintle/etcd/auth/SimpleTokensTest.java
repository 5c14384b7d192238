package dev.pintle.etcd.auth;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pintle.kernel.Bytes;
import dev.pintle.kernel.auth.AuthChange;
import dev.pintle.kernel.auth.AuthImage;
import dev.pintle.kernel.auth.AuthRules;
import dev.pintle.kernel.auth.AuthUser;
import dev.pintle.kernel.auth.Requester;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class SimpleTokensTest {
  private static final Bytes ALICE = Bytes.utf8("alice");

  private final AtomicLong nanos = new AtomicLong();
  private final SimpleTokens tokens = new SimpleTokens(Duration.ofMinutes(5), nanos::get);
  private AuthImage auth = AuthImage.INITIAL;

  @BeforeEach
  void users() {
    apply(new AuthChange.UserAdd(AuthUser.ROOT, Bytes.utf8("h"), false));
    apply(new AuthChange.UserGrantRole(AuthUser.ROOT, AuthUser.ROOT));
    apply(new AuthChange.UserAdd(ALICE, Bytes.utf8("h"), false));
    apply(new AuthChange.Enable());
  }

  @Test
  void aTokenIsSixteenLettersAndTheIndex() {
    assertThat(issue()).matches("[a-zA-Z]{16}\\.7");
  }

  @Test
  void aTokenTellsItsUserAtTheRevisionOfNow() {
    String token = issue();
    assertThat(requester(token)).isEqualTo(new Requester(ALICE, auth.revision()));
    apply(new AuthChange.RoleAdd(Bytes.utf8("r")));
    assertThat(requester(token)).isEqualTo(new Requester(ALICE, auth.revision()));
    assertThat(requester("nonsense.1")).isNull();
  }

  @Test
  void useMakesATokenLiveOn() {
    String token = issue();
    passSeconds(299);
    assertThat(requester(token)).isNotNull();
    passSeconds(299);
    assertThat(requester(token)).isNotNull();
    passSeconds(301);
    assertThat(requester(token)).isNull();
    passSeconds(-10);
    assertThat(requester(token)).isNull();
  }

  @Test
  void aNewPasswordEndsATokenAndANewRoleDoesNot() {
    String token = issue();
    apply(new AuthChange.UserGrantRole(ALICE, AuthUser.ROOT));
    assertThat(requester(token)).isNotNull();
    apply(new AuthChange.UserChangePassword(ALICE, Bytes.utf8("h")));
    assertThat(requester(token)).isNull();
  }

  @Test
  void aUserOfTheSameNameDoesNotInheritAToken() {
    String token = issue();
    apply(new AuthChange.UserDelete(ALICE));
    apply(new AuthChange.UserAdd(ALICE, Bytes.utf8("h"), false));
    assertThat(requester(token)).isNull();
  }

  @Test
  void switchingOffEndsAllTokens() {
    String token = issue();
    apply(new AuthChange.Disable());
    apply(new AuthChange.Enable());
    assertThat(requester(token)).isNull();
  }

  /// The password was changed between its check and the making of the token.
  @Test
  void aTokenOfAnOutdatedPasswordIsNeverBelieved() {
    AuthUser before = auth.user(ALICE).orElseThrow();
    apply(new AuthChange.UserChangePassword(ALICE, Bytes.utf8("other")));
    assertThat(requester(tokens.issue(auth, before, 1))).isNull();
  }

  @Test
  void whatHasRunOutIsForgottenAsOthersAreMade() {
    String used = issue();
    for (int i = 0; i < 1000; i++) {
      issue();
    }
    for (int i = 0; i < 1000; i++) {
      passSeconds(1);
      assertThat(requester(used)).isNotNull();
      issue();
    }
    assertThat(tokens.size()).isLessThan(400);
  }

  private String issue() {
    return tokens.issue(auth, auth.user(ALICE).orElseThrow(), 7);
  }

  private @Nullable Requester requester(String token) {
    return tokens.requester(auth, token);
  }

  private void passSeconds(long seconds) {
    nanos.addAndGet(Duration.ofSeconds(seconds).toNanos());
  }

  private void apply(AuthChange change) {
    auth =
        switch (AuthRules.apply(auth, change)) {
          case AuthRules.Changed(var after) -> after;
          case AuthRules.NotChanged(var reason) -> throw new AssertionError(change + ": " + reason);
        };
  }
}
