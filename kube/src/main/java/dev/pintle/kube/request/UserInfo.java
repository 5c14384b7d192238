package dev.pintle.kube.request;

import dev.pintle.kube.object.TextTables;
import java.util.List;
import java.util.Map;

/// The sender of a request.
public record UserInfo(
    String name, String uid, List<String> groups, Map<String, List<String>> extra) {
  public static final String MASTERS = "system:masters";
  public static final String AUTHENTICATED = "system:authenticated";
  public static final String UNAUTHENTICATED = "system:unauthenticated";

  /// What the name of a service account begins with; its namespace, a colon and its own name follow.
  public static final String ACCOUNT_PREFIX = "system:serviceaccount:";

  public static final String ACCOUNTS = "system:serviceaccounts";
  public static final UserInfo ANONYMOUS =
      new UserInfo("system:anonymous", "", List.of(UNAUTHENTICATED), Map.of());

  /// The server itself.
  public static final UserInfo SERVER =
      new UserInfo("system:apiserver", "", List.of(MASTERS, AUTHENTICATED), Map.of());

  public UserInfo {
    groups = TextTables.listOf(groups);
    extra = TextTables.copyOf(extra);
  }

  /// The groups of every service account of a namespace.
  public static List<String> accountGroups(String namespace) {
    return List.of(ACCOUNTS, ACCOUNTS + ":" + namespace, AUTHENTICATED);
  }

  public boolean isAnonymous() {
    return name.equals(ANONYMOUS.name);
  }
}
