package dev.pintle.embed;

import dev.pintle.server.pki.Credential;
import dev.pintle.server.pki.Pki;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/// The certificates of users that a test invents.
final class UserCredentials {
  private static final String ACCOUNT = "system:serviceaccount:";

  private UserCredentials() {}

  /// @param forKubeconfigs whether every client must be able to read the key from a kubeconfig
  static Credential issue(Pki pki, String user, List<String> groups, boolean forKubeconfigs) {
    if (user.isBlank() || groups.stream().anyMatch(String::isBlank)) {
      throw new IllegalArgumentException(
          "user: \"%s\" in %s (expected: a name, and none of a group that is blank)"
              .formatted(user, groups));
    }
    try {
      return pki.user(user, withThoseOfAccounts(user, groups), forKubeconfigs, Instant.now());
    } catch (GeneralSecurityException failed) {
      throw new IllegalStateException("no certificate for user " + user, failed);
    }
  }

  /// A service account is in these groups however it comes.
  private static List<String> withThoseOfAccounts(String user, List<String> groups) {
    List<String> all = new ArrayList<>(groups);
    int end = user.startsWith(ACCOUNT) ? user.indexOf(':', ACCOUNT.length()) : -1;
    if (end > 0) {
      all.add("system:serviceaccounts");
      all.add("system:serviceaccounts:" + user.substring(ACCOUNT.length(), end));
    }
    return all;
  }
}
