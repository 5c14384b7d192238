package dev.pintle.kube.chain;

import dev.pintle.kube.object.TextTables;
import dev.pintle.kube.request.Query;
import dev.pintle.kube.request.RequestInfo;
import dev.pintle.kube.request.UserInfo;
import dev.pintle.kube.schema.GroupVersion;
import dev.pintle.kube.status.StatusErrors;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// The user whom a request wants to act as, by its `Impersonate-` headers.
record ImpersonatedUser(
    String name, String uid, List<String> groups, Map<String, List<String>> extra) {
  static final String AUTHENTICATION = "authentication.k8s.io";
  private static final String NODE = "system:node:";
  private static final String EXTRA = "impersonate-extra-";

  ImpersonatedUser {
    groups = List.copyOf(groups);
    extra = TextTables.copyOf(extra);
  }

  /// Empty when nobody is wanted.
  static Optional<ImpersonatedUser> of(RequestContext context) {
    Map<String, List<String>> extra = new TreeMap<>();
    boolean any = false;
    for (String header : context.exchange().head().headerNames("impersonate-")) {
      any = true;
      if (header.startsWith(EXTRA)) {
        String key = Query.percentDecoded(header.substring(EXTRA.length()));
        extra
            .computeIfAbsent(key.toLowerCase(Locale.ROOT), _ -> new ArrayList<>())
            .addAll(context.exchange().head().headers(header));
      }
    }
    if (!any) {
      return Optional.empty();
    }
    ImpersonatedUser wanted =
        new ImpersonatedUser(
            context.header("impersonate-user"),
            context.header("impersonate-uid"),
            context.exchange().head().headers("impersonate-group"),
            extra);
    return wanted.named();
  }

  private Optional<ImpersonatedUser> named() {
    if (!name.isEmpty()) {
      return Optional.of(this);
    }
    if (uid.isEmpty() && groups.isEmpty() && extra.isEmpty()) {
      return Optional.empty();
    }
    throw StatusErrors.badRequest(
        "requested %s without impersonating a user name".formatted(goText()));
  }

  /// The structure as upstream's language prints it.
  private String goText() {
    StringBuilder all = new StringBuilder();
    new TreeMap<>(extra)
        .forEach((key, values) ->
            all.append(all.isEmpty() ? "{" : ", ")
                .append('"')
                .append(key)
                .append("\":")
                .append(goTexts(values)));
    return "&user.DefaultInfo{Name:\"\", UID:\"%s\", Groups:%s, Extra:map[string][]string%s}"
        .formatted(uid, goTexts(groups), all.isEmpty() ? "(nil)" : all + "}");
  }

  private static String goTexts(List<String> texts) {
    return texts.isEmpty() ? "[]string(nil)" : "[]string{\"" + String.join("\", \"", texts) + "\"}";
  }

  /// Nodes and accounts are known by name alone; with more, they are users like others.
  ImpersonationMode way() {
    boolean nameOnly = uid.isEmpty() && groups.isEmpty() && extra.isEmpty();
    if (nameOnly && name.startsWith(NODE) && name.length() > NODE.length()) {
      return ImpersonationMode.AS_NODE;
    }
    return nameOnly && isAccount() ? ImpersonationMode.AS_ACCOUNT : ImpersonationMode.AS_USER;
  }

  private boolean isAccount() {
    String rest =
        name.startsWith(UserInfo.ACCOUNT_PREFIX)
            ? name.substring(UserInfo.ACCOUNT_PREFIX.length())
            : "";
    int colon = rest.indexOf(':');
    return colon > 0 && colon < rest.length() - 1 && rest.indexOf(':', colon + 1) < 0;
  }

  private String accountNamespace() {
    return name.substring(
        UserInfo.ACCOUNT_PREFIX.length(), name.indexOf(':', UserInfo.ACCOUNT_PREFIX.length()));
  }

  /// Everything that one must be allowed to be.
  List<RequestInfo> asked(ImpersonationMode way) {
    String group = way == ImpersonationMode.UNCONSTRAINED ? "" : AUTHENTICATION;
    List<RequestInfo> asked = new ArrayList<>();
    asked.add(who(way, group));
    groups.forEach(one -> asked.add(asked(way, group, "groups", one, "")));
    if (!uid.isEmpty()) {
      asked.add(asked(way, AUTHENTICATION, "uids", uid, ""));
    }
    new TreeMap<>(extra)
        .forEach((key, values) ->
            values.forEach(
                value -> asked.add(asked(way, AUTHENTICATION, "userextras", value, key))));
    return asked;
  }

  private RequestInfo who(ImpersonationMode way, String group) {
    if (isAccount()) {
      return new RequestInfo(
          way.verb(),
          "",
          new GroupVersion(group, "v1"),
          accountNamespace(),
          "serviceaccounts",
          name.substring(name.lastIndexOf(':') + 1),
          "",
          0);
    }
    boolean node = way == ImpersonationMode.AS_NODE;
    return asked(way, group, way.resource(), node ? name.substring(NODE.length()) : name, "");
  }

  private static RequestInfo asked(
      ImpersonationMode way, String group, String resource, String name, String subresource) {
    return new RequestInfo(
        way.verb(), "", new GroupVersion(group, "v1"), "", resource, name, subresource, 0);
  }

  /// @param named the groups that come with whom is wanted
  UserInfo asCaller(List<String> named) {
    List<String> all = new ArrayList<>(named);
    if (named.isEmpty() && isAccount()) {
      all.addAll(UserInfo.accountGroups(accountNamespace()));
    }
    boolean anonymous = name.equals(UserInfo.ANONYMOUS.name());
    if (anonymous && !all.contains(UserInfo.UNAUTHENTICATED)) {
      all.add(UserInfo.UNAUTHENTICATED);
    }
    if (!anonymous
        && !all.contains(UserInfo.UNAUTHENTICATED)
        && !all.contains(UserInfo.AUTHENTICATED)) {
      all.add(UserInfo.AUTHENTICATED);
    }
    return new UserInfo(name, uid, all, extra);
  }
}
