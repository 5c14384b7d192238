package dev.pintle.kube.token;

import dev.pintle.kube.discovery.Memoized;
import dev.pintle.kube.object.Json;
import dev.pintle.kube.object.JsonArray;
import dev.pintle.kube.object.JsonObject;
import dev.pintle.kube.request.UserInfo;
import dev.pintle.kube.schema.TypeRegistry;
import dev.pintle.kube.store.ObjectView;
import dev.pintle.kube.store.StoredObject;
import dev.pintle.kube.token.TokenVerdict.Invalid;
import dev.pintle.kube.token.TokenVerdict.Known;
import dev.pintle.kube.token.TokenVerdict.Unknown;
import java.security.KeyPair;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// The maker and checker of the tokens of service accounts. Thread-safe. The key is read, or made, when first needed.
public final class ServiceAccountTokens {
  /// Who signs; also whom tokens are for that do not say. The API server's name in a cluster.
  public static final String ISSUER = "https://kubernetes.default.svc";

  private static final Duration CLOCK_SKEW_MAX = Duration.ofMinutes(1);
  private static final int REMEMBERED_MAX = 1_024;
  private static final int LOOKED_INTO_BYTES_MAX = 64 * 1024;
  private static final List<String> TIMES = List.of("exp", "iat", "nbf");

  private final Memoized<SigningKey> key;
  private final TokenSettings settings;
  private final List<VerifyingKey> others;
  private final BoundObjects objects;
  private final LegacyTokens legacy;
  private final Clock clock;
  // Tokens whose signature was found good: that never changes, so that the same token costs it
  // once.
  private final Map<String, Signed> signed = new ConcurrentHashMap<>();

  /// A token whose signature is good, and whom it tells of: the same for every request that shows it.
  ///
  /// @param old whether it lies in a secret
  /// @param audiences those it is for
  /// @param bearer null for a token that lies in a secret, or says nothing that can be understood
  /// @param caller null where the bearer is
  private record Signed(
      JsonObject claims,
      boolean old,
      List<String> audiences,
      @Nullable TokenSubject bearer,
      @Nullable UserInfo caller) {
    static Signed of(JsonObject claims, List<String> legacyAudiences) {
      boolean old = isLegacy(claims);
      boolean told = !old && TIMES.stream().allMatch(name -> isTime(claims.get(name)));
      TokenSubject bearer = told ? TokenSubject.of(claims.object("kubernetes.io")) : null;
      UserInfo caller = bearer == null ? null : bearer.caller(claims.textOrEmpty("jti"));
      List<String> audiences = old ? legacyAudiences : audiencesOf(claims);
      return new Signed(claims, old, audiences, bearer, caller);
    }
  }

  private static boolean isLegacy(JsonObject claims) {
    return claims.textOrEmpty("iss").equals(LegacyTokens.ISSUER);
  }

  /// @param key may take a while to come by
  public ServiceAccountTokens(
      Supplier<KeyPair> key, TokenSettings settings, TypeRegistry types, Clock clock) {
    this.settings = settings;
    this.others = settings.others().stream().map(VerifyingKey::new).toList();
    this.key = new Memoized<>(() -> new SigningKey(key.get()));
    this.objects = new BoundObjects(types, clock);
    this.legacy = new LegacyTokens(types);
    this.clock = clock;
  }

  /// Signs a token; may take as long as the key does.
  public String issue(TokenSubject bearer, List<String> audiences, Instant from, Duration life) {
    JsonArray audience = new JsonArray();
    audiences.forEach(one -> audience.add(Json.of(one)));
    JsonObject claims =
        new JsonObject()
            .set("aud", audience)
            .set("exp", Json.of(from.plus(life).getEpochSecond()))
            .set("iat", Json.of(from.getEpochSecond()))
            .set("iss", settings.issuer())
            .set("jti", UUID.randomUUID().toString())
            .set("kubernetes.io", bearer.toJson())
            .set("nbf", Json.of(from.getEpochSecond()))
            .set("sub", bearer.userName());
    return Jwt.of(claims, key.get());
  }

  /// By what an audit knows a token that was issued here.
  public static String credentialId(String token) {
    return "JTI=" + Jwt.parse(token).map(read -> read.claims().textOrEmpty("jti")).orElse("");
  }

  /// Signs a token that lies in a secret and has no end; may take as long as the key does.
  public String issueLegacy(String namespace, String account, String accountUid, String secret) {
    return Jwt.of(LegacyTokens.claims(namespace, account, accountUid, secret), key.get());
  }

  /// Has `told` know of each use of a token that lies in a secret.
  public void whenLegacyUsed(LegacyTokens.Used told) {
    legacy.whenUsed(told);
  }

  /// @param audiences for one of whom the token must be
  public TokenVerdict check(String token, List<String> audiences, Supplier<ObjectView> view) {
    Signed known = signed.get(token);
    if (known != null) {
      return check(token, known, audiences, view.get());
    }
    Optional<Jwt> parsed = Jwt.parse(token);
    if (parsed.isEmpty() || !isIssuer(parsed.get().claims())) {
      return new Unknown();
    }
    Jwt jwt = parsed.get();
    ObjectView objectView = view.get();
    VerifyingKey signer = signer(jwt.header().textOrEmpty("kid"));
    if (signer == null) {
      return new Invalid("invalid signature, no keys found");
    }
    boolean proven =
        signer.algorithm().equals(jwt.header().text("alg"))
            && !jwt.isCritical()
            && signer.hasSigned(jwt.signed().array(), jwt.signature().array());
    if (!proven) {
      return new Invalid("go-jose/go-jose: error in cryptographic primitive");
    }
    if (signed.size() >= REMEMBERED_MAX) {
      signed.clear();
    }
    Signed good = Signed.of(jwt.claims(), settings.audiences());
    signed.put(token, good);
    return check(token, good, audiences, objectView);
  }

  private boolean isIssuer(JsonObject claims) {
    return isLegacy(claims) || settings.issuers().contains(claims.textOrEmpty("iss"));
  }

  private @Nullable VerifyingKey signer(String id) {
    if (key.get().id().equals(id)) {
      return key.get().verifying();
    }
    for (VerifyingKey other : others) {
      if (other.id().equals(id)) {
        return other;
      }
    }
    return null;
  }

  /// Whom tokens must be for to be taken here.
  public List<String> audiences() {
    return settings.audiences();
  }

  /// As [#check], for threads that must not wait: who is shown to hold the token by what lies in memory, or null, which says nothing.
  public @Nullable UserInfo holderInMemory(String token, List<String> audiences, ObjectView view) {
    Signed known = signed.get(token);
    if (known == null || known.old()) {
      return null;
    }
    TokenVerdict verdict =
        check(
            known,
            audiences,
            (type, namespace, name) -> inMemory(view.findInMemory(type, namespace, name)));
    return verdict instanceof Known(var caller, _, var told, _) && told.isEmpty() ? caller : null;
  }

  /// What is long takes long to look into.
  private static @Nullable StoredObject inMemory(@Nullable StoredObject found) {
    return found != null && found.storedBytes().length <= LOOKED_INTO_BYTES_MAX ? found : null;
  }

  private TokenVerdict check(String token, Signed good, List<String> audiences, ObjectView view) {
    if (good.old()) {
      List<String> both = inBoth(good.audiences(), audiences);
      return both.isEmpty()
          ? forOthers(good.audiences(), audiences)
          : legacy.check(token, good.claims(), both, view);
    }
    return check(good, audiences, view::find);
  }

  private TokenVerdict check(Signed good, List<String> audiences, BoundObjects.Lookup stored) {
    List<String> both = inBoth(good.audiences(), audiences);
    if (both.isEmpty()) {
      return forOthers(good.audiences(), audiences);
    }
    TokenSubject bearer = good.bearer();
    UserInfo caller = good.caller();
    if (bearer == null || caller == null) {
      return new Invalid("service account token claims could not be validated");
    }
    Optional<String> wrong = untimely(good.claims()).or(() -> objects.missing(bearer, stored));
    if (wrong.isPresent()) {
      return new Invalid(wrong.get());
    }
    return new Known(caller, both);
  }

  private static List<String> inBoth(List<String> claimed, List<String> audiences) {
    return claimed.equals(audiences)
        ? claimed
        : claimed.stream().filter(audiences::contains).toList();
  }

  private static Invalid forOthers(List<String> claimed, List<String> audiences) {
    return new Invalid(
        "token audiences %s is invalid for the target audiences %s"
            .formatted(quoted(claimed), quoted(audiences)));
  }

  private Optional<String> untimely(JsonObject claims) {
    long now = clock.instant().getEpochSecond();
    long skew = CLOCK_SKEW_MAX.toSeconds();
    if (now + skew < seconds(claims, "nbf")) {
      return Optional.of("service account token is not valid yet");
    }
    if (now - skew > seconds(claims, "exp")) {
      return Optional.of("service account token has expired");
    }
    return now + skew < seconds(claims, "iat")
        ? Optional.of("service account token is issued in the future")
        : Optional.empty();
  }

  private static boolean isTime(@Nullable Json claim) {
    return claim == null || claim instanceof Json.Whole || claim instanceof Json.Decimal;
  }

  /// Whole or not: a date may have a fraction (RFC 7519, section 2).
  private static long seconds(JsonObject claims, String name) {
    return switch (claims.get(name)) {
      case Json.Whole(long seconds) -> seconds;
      case Json.Decimal(double seconds, _) -> (long) seconds;
      case null -> 0;
      case JsonObject _, JsonArray _, Json.Text _, Json.Bool _, Json.Null _ -> 0;
    };
  }

  private static List<String> audiencesOf(JsonObject claims) {
    List<String> audiences = new ArrayList<>();
    JsonArray all = claims.array("aud");
    String single = claims.text("aud");
    if (single != null) {
      // One may stand for itself (RFC 7519, section 4.1.3).
      audiences.add(single);
    } else if (all != null) {
      for (Json one : all) {
        if (one instanceof Json.Text(var text)) {
          audiences.add(text);
        }
      }
    }
    return audiences;
  }

  private static String quoted(List<String> texts) {
    return texts.isEmpty() ? "[]" : "[\"" + String.join("\" \"", texts) + "\"]";
  }

  /// The key set by which anybody can check a token (RFC 7517).
  public JsonObject keySet() {
    JsonArray keys = new JsonArray();
    verifying().forEach(each -> keys.add(each.shown()));
    return new JsonObject().set("keys", keys);
  }

  /// Each key once.
  private List<VerifyingKey> verifying() {
    Map<String, VerifyingKey> byId = new LinkedHashMap<>();
    VerifyingKey own = key.get().verifying();
    byId.put(own.id(), own);
    others.forEach(other -> byId.putIfAbsent(other.id(), other));
    return List.copyOf(byId.values());
  }

  /// The document by which readers of tokens find the key set (OpenID Connect Discovery 1.0).
  ///
  /// @param serverAddress where clients reach the server, `host:port`
  public JsonObject discovery(String serverAddress) {
    JsonArray algorithms = new JsonArray();
    verifying().stream()
        .map(VerifyingKey::algorithm)
        .distinct()
        .sorted()
        .forEach(name -> algorithms.add(Json.of(name)));
    return new JsonObject()
        .set("issuer", settings.issuer())
        .set("jwks_uri", "https://" + serverAddress + "/openid/v1/jwks")
        .set("response_types_supported", JsonArray.of(Json.of("id_token")))
        .set("subject_types_supported", JsonArray.of(Json.of("public")))
        .set("id_token_signing_alg_values_supported", algorithms);
  }
}
