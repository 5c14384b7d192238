package dev.pintle.kube.authn;

import dev.pintle.kube.request.UserInfo;
import dev.pintle.kube.status.StatusErrors;
import dev.pintle.kube.store.ObjectView;
import dev.pintle.kube.token.ServiceAccountTokens;
import dev.pintle.kube.token.TokenVerdict;
import dev.pintle.kube.token.TokenVerdict.Invalid;
import dev.pintle.kube.token.TokenVerdict.Known;
import dev.pintle.kube.token.TokenVerdict.Unknown;
import dev.pintle.wire.Exchange;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// The judge of who calls: by the client certificate (which the listener verified), by the admin's bearer token, or by
/// the token of a service account, in its header or among the protocols of a WebSocket. Who shows nothing is anonymous; who shows what nobody knows is refused.
public final class Authenticator {
  private final Supplier<String> adminToken;
  private final UserInfo admin;
  private final ServiceAccountTokens tokens;
  private final boolean anonymous;
  private final Certificates certificates = new Certificates();

  /// @param adminToken asked for at each use; gives an empty text when there is no such token
  /// @param anonymous whether who shows nothing is let in
  public Authenticator(
      Supplier<String> adminToken, ServiceAccountTokens tokens, boolean anonymous) {
    this.adminToken = adminToken;
    this.admin =
        new UserInfo("admin", "admin", List.of(UserInfo.MASTERS, UserInfo.AUTHENTICATED), Map.of());
    this.tokens = tokens;
    this.anonymous = anonymous;
  }

  /// @param view the store as the calling thread may read it
  /// @param warnings takes what the caller should know
  /// @param annotations takes what the audit record of the request should have
  public UserInfo identify(
      Exchange exchange,
      Supplier<ObjectView> view,
      Consumer<String> warnings,
      BiConsumer<String, String> annotations) {
    Optional<X509Certificate> certificate = exchange.clientCertificate();
    if (certificate.isPresent()) {
      Optional<UserInfo> caller = certificates.caller(certificate.get());
      if (caller.isPresent()) {
        return caller.get();
      }
    }
    Optional<String> token = bearerToken(exchange);
    if (token.isPresent()) {
      UserInfo caller = caller(token.get(), view, warnings, annotations);
      if (caller != null) {
        return caller;
      }
    }
    return switch (ProtocolToken.of(exchange.head())) {
      case ProtocolToken.Shown shown -> caller(shown, exchange, view, warnings, annotations);
      case ProtocolToken.Malformed _ -> throw StatusErrors.unauthorized();
      case ProtocolToken.None _ -> {
        if (!anonymous || token.isPresent() || exchange.clientCertificateRefused()) {
          throw StatusErrors.unauthorized();
        }
        yield UserInfo.ANONYMOUS;
      }
    };
  }

  /// The token has done its duty then, and is not one of the protocols that the client would speak.
  private UserInfo caller(
      ProtocolToken.Shown shown,
      Exchange exchange,
      Supplier<ObjectView> view,
      Consumer<String> warnings,
      BiConsumer<String, String> annotations) {
    UserInfo caller = caller(shown.token(), view, warnings, annotations);
    if (caller == null) {
      throw StatusErrors.unauthorized();
    }
    exchange.head().replace(ProtocolToken.PROTOCOLS, shown.others());
    return caller;
  }

  private @Nullable UserInfo caller(
      String token,
      Supplier<ObjectView> view,
      Consumer<String> warnings,
      BiConsumer<String, String> annotations) {
    TokenVerdict verdict = check(token, audiences(), view);
    verdict.annotations().forEach(annotations);
    return switch (verdict) {
      case Known(var caller, _, var told, _) -> {
        told.forEach(warnings);
        yield caller;
      }
      case Unknown _, Invalid _ -> null;
    };
  }

  /// As [#identify], for threads that must not wait; null where more than memory is needed, or the caller is to be refused.
  ///
  /// @param view the store as the calling thread may read it
  public @Nullable UserInfo identifyInMemory(Exchange exchange, Supplier<ObjectView> view) {
    Optional<UserInfo> proven = exchange.clientCertificate().flatMap(certificates::caller);
    if (proven.isPresent()) {
      return proven.get();
    }
    Optional<String> token = bearerToken(exchange);
    if (token.isPresent()) {
      return isAdmin(token.get())
          ? admin
          : tokens.holderInMemory(token.get(), audiences(), view.get());
    }
    boolean showsMore = !(ProtocolToken.of(exchange.head()) instanceof ProtocolToken.None);
    return !anonymous || exchange.clientCertificateRefused() || showsMore
        ? null
        : UserInfo.ANONYMOUS;
  }

  /// Whom tokens must be for to be taken here.
  public List<String> audiences() {
    return tokens.audiences();
  }

  /// Whose token it is.
  ///
  /// @param audiences for one of whom it must be; the admin's is for all
  public TokenVerdict check(String token, List<String> audiences, Supplier<ObjectView> view) {
    return isAdmin(token) ? new Known(admin, audiences) : tokens.check(token, audiences, view);
  }

  /// What is no bearer token is left to others, as upstream does.
  private static Optional<String> bearerToken(Exchange exchange) {
    String[] parts = exchange.head().header("authorization").orElse("").strip().split(" ", 3);
    return parts.length > 1 && parts[0].equalsIgnoreCase("bearer") && !parts[1].isEmpty()
        ? Optional.of(parts[1])
        : Optional.empty();
  }

  private boolean isAdmin(String token) {
    byte[] admins = adminToken.get().getBytes(StandardCharsets.UTF_8);
    return admins.length > 0
        && MessageDigest.isEqual(admins, token.getBytes(StandardCharsets.UTF_8));
  }
}
