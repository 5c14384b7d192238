package dev.pintle.etcd.auth;

import dev.pintle.kernel.auth.AuthImage;
import dev.pintle.kernel.auth.AuthUser;
import dev.pintle.kernel.auth.Requester;
import org.jspecify.annotations.Nullable;

/// The maker and reader of tokens. Both are called on any thread and must not wait.
public interface TokenProvider {
  /// A token for `user`, who has just given the password.
  ///
  /// @param index where the store is, to be told in the token
  /// @throws dev.pintle.etcd.status.StatusException when it makes none
  String issue(AuthImage auth, AuthUser user, long index);

  /// In whose name the holder of `token` asks; null when it is not believed.
  @Nullable Requester requester(AuthImage auth, String token);
}
