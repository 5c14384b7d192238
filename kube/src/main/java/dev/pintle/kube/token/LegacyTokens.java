package dev.pintle.kube.token;

import dev.pintle.kube.object.JsonObject;
import dev.pintle.kube.request.UserInfo;
import dev.pintle.kube.schema.GroupVersion;
import dev.pintle.kube.schema.ResourceType;
import dev.pintle.kube.schema.TypeRegistry;
import dev.pintle.kube.status.StatusErrors;
import dev.pintle.kube.store.ObjectView;
import dev.pintle.kube.store.StoredObject;
import dev.pintle.kube.token.TokenVerdict.Invalid;
import dev.pintle.kube.token.TokenVerdict.Known;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/// The tokens that lie in secrets and have no end: they are good as long as the secret with the very token is there, and its account.
public final class LegacyTokens {
  static final String ISSUER = "kubernetes/serviceaccount";

  /// On which day a token was used last: a label of its secret.
  public static final String LAST_USED = "kubernetes.io/legacy-token-last-used";

  /// Since when a token is refused because nobody uses it: a label of its secret.
  public static final String INVALID_SINCE = "kubernetes.io/legacy-token-invalid-since";

  private static final String PREFIX = "kubernetes.io/serviceaccount/";
  private static final String NAMESPACE = PREFIX + "namespace";
  private static final String SECRET = PREFIX + "secret.name";
  private static final String ACCOUNT = PREFIX + "service-account.name";
  private static final String UID = PREFIX + "service-account.uid";
  private static final GroupVersion CORE = new GroupVersion("", "v1");
  private static final String WARNING =
      "Use tokens from the TokenRequest API or manually created secret-based tokens instead of auto-generated secret-based tokens.";

  private final TypeRegistry types;
  private volatile Used used = _ -> {};

  /// A listener that is told of each use of a token.
  @FunctionalInterface
  public interface Used {
    /// On a thread that may wait.
    void with(StoredObject secret);
  }

  LegacyTokens(TypeRegistry types) {
    this.types = types;
  }

  void whenUsed(Used told) {
    used = told;
  }

  static JsonObject claims(String namespace, String account, String uid, String secret) {
    return new JsonObject()
        .set("iss", ISSUER)
        .set(NAMESPACE, namespace)
        .set(SECRET, secret)
        .set(ACCOUNT, account)
        .set(UID, uid)
        .set("sub", UserInfo.ACCOUNT_PREFIX + namespace + ':' + account);
  }

  /// @param token whose signature is good
  /// @param audiences for whom it is, of those that were asked about
  TokenVerdict check(String token, JsonObject claims, List<String> audiences, ObjectView view) {
    String namespace = claims.textOrEmpty(NAMESPACE);
    String account = claims.textOrEmpty(ACCOUNT);
    String uid = claims.textOrEmpty(UID);
    String name = claims.textOrEmpty(SECRET);
    if (!claims.equals(claims(namespace, account, uid, name)) || namespace.isEmpty()) {
      return new Invalid("sub claim is invalid");
    }
    StoredObject secret = view.find(type("secrets"), namespace, name);
    if (secret == null || secret.isBeingDeleted()) {
      return new Invalid("Token has been invalidated");
    }
    if (!isTokenOf(secret, token)) {
      return new Invalid("Token does not match server's copy");
    }
    ResourceType accounts = type("serviceaccounts");
    StoredObject owner = view.find(accounts, namespace, account);
    if (owner == null) {
      return new Invalid(StatusErrors.notFound(accounts, account).status().message());
    }
    if (owner.isBeingDeleted()) {
      return new Invalid("ServiceAccount %s/%s has been deleted".formatted(namespace, account));
    }
    if (!owner.uid().equals(uid)) {
      return new Invalid(
          "ServiceAccount UID (%s) does not match claim (%s)".formatted(owner.uid(), uid));
    }
    used.with(secret);
    if (!secret.labels().getOrDefault(INVALID_SINCE, "").isEmpty()) {
      return new Invalid(
          "the token in secret %s/%s for service account %s/%s has been marked invalid. Use tokens from the TokenRequest API or manually created secret-based tokens, or remove the '%s' label from the secret to temporarily allow use of this token"
              .formatted(namespace, name, namespace, account, INVALID_SINCE));
    }
    UserInfo caller =
        new UserInfo(
            UserInfo.ACCOUNT_PREFIX + namespace + ':' + account,
            uid,
            UserInfo.accountGroups(namespace),
            Map.of());
    boolean generated =
        owner.tree().objects("secrets").stream()
            .anyMatch(each -> each.textOrEmpty("name").equals(name));
    return new Known(caller, audiences, generated ? List.of(WARNING) : List.of());
  }

  private static boolean isTokenOf(StoredObject secret, String token) {
    byte[] kept = secret.text("data.token").getBytes(StandardCharsets.US_ASCII);
    byte[] shown = Base64.getEncoder().encode(token.getBytes(StandardCharsets.UTF_8));
    return kept.length > 0 && MessageDigest.isEqual(kept, shown);
  }

  private ResourceType type(String plural) {
    return Objects.requireNonNull(types.current().resource(CORE, plural), plural);
  }
}
