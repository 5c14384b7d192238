package dev.pintle.etcd.fake;

import dev.pintle.etcd.auth.AccessControl;
import dev.pintle.etcd.auth.AuthConfig;
import dev.pintle.etcd.auth.NoTokens;
import dev.pintle.etcd.auth.PasswordHashing;
import dev.pintle.member.Member;
import java.util.Arrays;

/// Access to a store without users.
public final class OpenAccess {
  private OpenAccess() {}

  public static AccessControl to(Member member) {
    return new AccessControl(config(), member::view, new SlowWorkNow());
  }

  /// Without tokens, and passwords that are their own hash.
  public static AuthConfig config() {
    return new AuthConfig(new NoTokens(), PasswordHashing.COST_DEFAULT, false, new PlainHashing());
  }

  /// Passwords that are their own hash.
  public static final class PlainHashing implements PasswordHashing {
    @Override
    public byte[] hash(byte[] password, int cost) {
      return password.clone();
    }

    @Override
    public boolean matches(byte[] hash, byte[] password) {
      return hash.length > 0 && Arrays.equals(hash, password);
    }
  }
}
