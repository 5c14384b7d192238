package dev.pintle.etcd.auth;

import dev.pintle.etcd.auth.AuthMessages.Pair;
import dev.pintle.etcd.message.FieldReader;
import dev.pintle.etcd.status.AuthErrors;
import dev.pintle.etcd.status.DecodingUnary;
import dev.pintle.etcd.status.EtcdStatus;
import dev.pintle.etcd.status.StatusException;
import dev.pintle.etcd.work.SlowWork;
import dev.pintle.kernel.Bytes;
import dev.pintle.kernel.auth.AuthImage;
import dev.pintle.kernel.auth.AuthUser;
import dev.pintle.member.Member;
import dev.pintle.member.StoreView;
import dev.pintle.wire.GrpcCall;
import io.netty.buffer.ByteBuf;

/// The method `Authenticate`: a password for a token. A password that was right before is known again at once; any other is checked where clients
/// take turns.
final class Login {
  private final Member member;
  private final AuthConfig config;
  private final AuthMessages messages;
  private final SlowWork slowWork;
  private final CheckedPasswords checked = new CheckedPasswords();

  Login(Member member, AuthConfig config, AuthMessages messages, SlowWork slowWork) {
    this.member = member;
    this.config = config;
    this.messages = messages;
    this.slowWork = slowWork;
  }

  void authenticate(GrpcCall call, ByteBuf message) {
    Pair asked = AuthMessages.pair(FieldReader.of(message));
    Bytes password = asked.second();
    AuthUser user = user(member.view().auth(), asked.first());
    // What is longer was never set, and is not worth to be looked through here.
    boolean known =
        password.size() <= PasswordHashing.PASSWORD_BYTES_MAX
            && checked.isRight(checked.fingerprint(user.name(), user.passwordHash(), password));
    if (known) {
      answer(call, user);
      return;
    }
    Runnable checking =
        () -> {
          try {
            check(call, asked.first(), password);
          } catch (StatusException refused) {
            call.fail(refused.status());
          }
        };
    if (!slowWork.tryExecuteLong(call, DecodingUnary.answering(call, checking))) {
      call.fail(EtcdStatus.STOPPED);
    }
  }

  private static AuthUser user(AuthImage auth, Bytes name) {
    if (!auth.isEnabled()) {
      throw new StatusException(AuthErrors.NOT_ENABLED);
    }
    AuthUser user = auth.user(name).orElseThrow(() -> new StatusException(AuthErrors.FAILED));
    if (user.noPassword()) {
      throw new StatusException(AuthErrors.NO_PASSWORD_USER);
    }
    return user;
  }

  /// Once more where the password was given anew while it was checked.
  private void check(GrpcCall call, Bytes name, Bytes password) {
    while (true) {
      AuthUser user = user(member.view().auth(), name);
      if (!config.hashing().matches(user.passwordHash().array(), password.array())) {
        throw new StatusException(AuthErrors.FAILED);
      }
      if (password.size() <= PasswordHashing.PASSWORD_BYTES_MAX) {
        checked.remember(checked.fingerprint(user.name(), user.passwordHash(), password));
      }
      AuthUser now = user(member.view().auth(), name);
      if (now.credentialRevision() == user.credentialRevision()) {
        answer(call, now);
        return;
      }
    }
  }

  private void answer(GrpcCall call, AuthUser user) {
    StoreView view = member.view();
    String token = config.tokens().issue(view.auth(), user, view.revision());
    call.reply(messages.token(call.allocator(), view.revision(), token));
  }
}
