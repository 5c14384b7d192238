package dev.pintle.kube.chain;

import dev.pintle.kube.request.Caller;
import dev.pintle.kube.request.Query;
import dev.pintle.kube.request.Target;
import dev.pintle.kube.schema.GroupVersion;
import dev.pintle.kube.status.Refusals;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// Whom a request wants to act as, by its `Impersonate-` headers.
record WantedUser(String name, String uid, List<String> groups, Map<String, List<String>> extra) {
  static final String AUTHENTICATION = "authentication.k8s.io";
  private static final String NODE = "system:node:";
  private static final String ACCOUNT = "system:serviceaccount:";
  private static final String EXTRA = "impersonate-extra-";

  WantedUser {
    groups = List.copyOf(groups);
    extra = Map.copyOf(extra);
  }

  /// Empty when nobody is wanted.
  static Optional<WantedUser> of(Call call) {
    Map<String, List<String>> extra = new TreeMap<>();
    boolean any = false;
    for (String header : call.exchange().head().headerNames("impersonate-")) {
      any = true;
      if (header.startsWith(EXTRA)) {
        String key = Query.percentDecoded(header.substring(EXTRA.length()));
        extra
            .computeIfAbsent(key.toLowerCase(Locale.ROOT), _ -> new ArrayList<>())
            .addAll(call.exchange().head().headers(header));
      }
    }
    if (!any) {
      return Optional.empty();
    }
    WantedUser wanted =
        new WantedUser(
            call.header("impersonate-user"),
            call.header("impersonate-uid"),
            call.exchange().head().headers("impersonate-group"),
            extra);
    return wanted.named();
  }

  private Optional<WantedUser> named() {
    if (!name.isEmpty()) {
      return Optional.of(this);
    }
    if (uid.isEmpty() && groups.isEmpty() && extra.isEmpty()) {
      return Optional.empty();
    }
    throw Refusals.badRequest("requested %s without impersonating a user name".formatted(goText()));
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
  ActingWay way() {
    boolean nameOnly = uid.isEmpty() && groups.isEmpty() && extra.isEmpty();
    if (nameOnly && name.startsWith(NODE) && name.length() > NODE.length()) {
      return ActingWay.AS_NODE;
    }
    return nameOnly && isAccount() ? ActingWay.AS_ACCOUNT : ActingWay.AS_USER;
  }

  private boolean isAccount() {
    String rest = name.startsWith(ACCOUNT) ? name.substring(ACCOUNT.length()) : "";
    int colon = rest.indexOf(':');
    return colon > 0 && colon < rest.length() - 1 && rest.indexOf(':', colon + 1) < 0;
  }

  private String accountNamespace() {
    return name.substring(ACCOUNT.length(), name.indexOf(':', ACCOUNT.length()));
  }

  /// Everything that one must be allowed to be.
  List<Target> asked(ActingWay way) {
    String group = way == ActingWay.UNCONSTRAINED ? "" : AUTHENTICATION;
    List<Target> asked = new ArrayList<>();
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

  private Target who(ActingWay way, String group) {
    if (isAccount()) {
      return new Target(
          way.verb(),
          "",
          new GroupVersion(group, "v1"),
          accountNamespace(),
          "serviceaccounts",
          name.substring(name.lastIndexOf(':') + 1),
          "",
          0);
    }
    boolean node = way == ActingWay.AS_NODE;
    return asked(way, group, way.resource(), node ? name.substring(NODE.length()) : name, "");
  }

  private static Target asked(
      ActingWay way, String group, String resource, String name, String subresource) {
    return new Target(
        way.verb(), "", new GroupVersion(group, "v1"), "", resource, name, subresource, 0);
  }

  /// @param named the groups that come with whom is wanted
  Caller asCaller(List<String> named) {
    List<String> all = new ArrayList<>(named);
    if (named.isEmpty() && isAccount()) {
      all.addAll(Caller.accountGroups(accountNamespace()));
    }
    boolean anonymous = name.equals(Caller.ANONYMOUS.name());
    if (anonymous && !all.contains(Caller.UNAUTHENTICATED)) {
      all.add(Caller.UNAUTHENTICATED);
    }
    if (!anonymous
        && !all.contains(Caller.UNAUTHENTICATED)
        && !all.contains(Caller.AUTHENTICATED)) {
      all.add(Caller.AUTHENTICATED);
    }
    return new Caller(name, uid, all, extra);
  }
}
