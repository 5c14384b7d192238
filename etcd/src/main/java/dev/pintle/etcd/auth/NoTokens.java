package dev.pintle.etcd.auth;

import dev.pintle.etcd.status.AuthErrors;
import dev.pintle.etcd.status.StatusException;
import dev.pintle.kernel.auth.AuthImage;
import dev.pintle.kernel.auth.AuthUser;
import dev.pintle.kernel.auth.Requester;
import org.jspecify.annotations.Nullable;

/// A provider that makes no tokens and believes none: certificates alone say who asks.
public final class NoTokens implements TokenProvider {
  @Override
  public String issue(AuthImage auth, AuthUser user, long index) {
    throw new StatusException(AuthErrors.FAILED);
  }

  @Override
  public @Nullable Requester requester(AuthImage auth, String token) {
    return null;
  }
}
