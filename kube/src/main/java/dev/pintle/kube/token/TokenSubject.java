package dev.pintle.kube.token;

import dev.pintle.kube.object.JsonObject;
import dev.pintle.kube.request.UserInfo;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The account that a token is for, and the object that the token dies with, if any.
///
/// @param node of the pod, or what the token is bound to itself when there is no pod
public record TokenSubject(
    String namespace,
    BoundObjectReference account,
    @Nullable BoundObjectReference pod,
    @Nullable BoundObjectReference node,
    @Nullable BoundObjectReference secret) {
  private static final String PREFIX = "authentication.kubernetes.io/";

  /// The claim `kubernetes.io`.
  JsonObject toJson() {
    JsonObject json = new JsonObject().set("namespace", namespace);
    set(json, "node", node);
    set(json, "pod", pod);
    set(json, "secret", secret);
    set(json, "serviceaccount", account);
    return json;
  }

  static @Nullable TokenSubject of(@Nullable JsonObject json) {
    BoundObjectReference account =
        json == null ? null : BoundObjectReference.of(json.object("serviceaccount"));
    if (json == null || account == null || json.text("namespace") == null) {
      return null;
    }
    return new TokenSubject(
        String.valueOf(json.text("namespace")),
        account,
        BoundObjectReference.of(json.object("pod")),
        BoundObjectReference.of(json.object("node")),
        BoundObjectReference.of(json.object("secret")));
  }

  String userName() {
    return UserInfo.ACCOUNT_PREFIX + namespace + ":" + account.name();
  }

  /// @param tokenId the token's own name, empty for none
  UserInfo caller(String tokenId) {
    Map<String, List<String>> extra = new LinkedHashMap<>();
    if (!tokenId.isEmpty()) {
      extra.put(PREFIX + "credential-id", List.of("JTI=" + tokenId));
    }
    tell(extra, "node", node);
    tell(extra, "pod", pod);
    return new UserInfo(userName(), account.uid(), UserInfo.accountGroups(namespace), extra);
  }

  private static void tell(
      Map<String, List<String>> extra, String what, @Nullable BoundObjectReference object) {
    if (object != null) {
      extra.put(PREFIX + what + "-name", List.of(object.name()));
      if (!object.uid().isEmpty()) {
        extra.put(PREFIX + what + "-uid", List.of(object.uid()));
      }
    }
  }

  private static void set(JsonObject json, String name, @Nullable BoundObjectReference object) {
    if (object != null) {
      json.set(name, object.toJson());
    }
  }
}
