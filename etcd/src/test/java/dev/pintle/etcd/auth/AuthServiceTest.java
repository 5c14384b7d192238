package dev.pintle.etcd.auth;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pintle.etcd.fake.FakeCall;
import dev.pintle.etcd.fake.FakeMember;
import dev.pintle.etcd.fake.OpenAccess;
import dev.pintle.etcd.fake.SlowWorkNow;
import dev.pintle.etcd.message.HeaderMessage;
import dev.pintle.etcd.proto.AuthRoleAddRequest;
import dev.pintle.etcd.proto.AuthUserAddRequest;
import dev.pintle.etcd.status.AuthErrors;
import dev.pintle.kernel.Bytes;
import dev.pintle.kernel.auth.AuthChange;
import dev.pintle.kernel.auth.AuthImage;
import dev.pintle.kernel.command.Command;
import dev.pintle.kernel.command.Outcome;
import dev.pintle.wire.GrpcService.Method;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class AuthServiceTest {
  private static final int LONGEST = 32_768;

  private final FakeMember member = new FakeMember();
  private final Map<String, Method> methods =
      new AuthService(
              member,
              new HeaderMessage(11, 22, 1),
              OpenAccess.config(),
              OpenAccess.to(member),
              new SlowWorkNow())
          .methods(1 << 20);

  private FakeCall add(String name) {
    member.submitted = null;
    return FakeCall.of(
        methods,
        "/etcdserverpb.Auth/RoleAdd",
        AuthRoleAddRequest.newBuilder().setName(name).build().toByteArray());
  }

  private FakeCall addUser(String name) {
    member.submitted = null;
    return FakeCall.of(
        methods,
        "/etcdserverpb.Auth/UserAdd",
        AuthUserAddRequest.newBuilder().setName(name).setPassword("p").build().toByteArray());
  }

  @Test
  void aNameThatNoSnapshotCouldTellIsRefused() {
    member.outcome = new Outcome.AuthChanged(1);
    String longest = "x".repeat(LONGEST);
    add(longest);
    assertThat(member.submitted)
        .isInstanceOfSatisfying(
            Command.ChangeAuth.class,
            command ->
                assertThat(command.change())
                    .isEqualTo(new AuthChange.RoleAdd(Bytes.utf8(longest))));
    assertThat(add(longest + "x").status()).isEqualTo(AuthErrors.NAME_TOO_LONG);
    assertThat(member.submitted).isNull();
    addUser(longest);
    assertThat(member.submitted).isNotNull();
    assertThat(addUser(longest + "x").status()).isEqualTo(AuthErrors.NAME_TOO_LONG);
    assertThat(member.submitted).isNull();
  }

  @Test
  void whoMayNotAddARoleIsToldThatFirst() {
    member.view.auth = AuthImage.of(true, 3, 0, List.of(), List.of());
    assertThat(add("x".repeat(LONGEST + 1)).status()).isEqualTo(AuthErrors.USER_EMPTY);
  }
}
