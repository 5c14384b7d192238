package dev.pintle.etcd.auth;

import dev.pintle.etcd.status.AuthErrors;
import dev.pintle.etcd.status.StatusException;
import dev.pintle.kernel.Bytes;
import dev.pintle.kernel.auth.AuthImage;
import dev.pintle.kernel.auth.AuthUser;
import dev.pintle.kernel.auth.Requester;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/// JSON web tokens, which any server with the key believes until they run out: they outlive a restart, and hold a user to the auth revision
/// they were made at, so that any change of users or permissions makes their holders ask for new ones.
public final class JwtTokens implements TokenProvider {
  /// Verified tokens are remembered, all forgotten once there are so many.
  private static final int KNOWN_MAX = 4096;

  /// Longer ones are verified each time.
  private static final int KNOWN_CHARS_MAX = 2048;

  private final JwtSigning method;
  private final @Nullable Key signing;
  private final Key verifying;
  private final Duration ttl;
  private final LongSupplier epochSeconds;
  private final Map<String, JwtClaims> known = new ConcurrentHashMap<>();

  /// @param signing null where tokens are made elsewhere
  /// @param verifying the same as `signing` where the method has one secret
  /// @param epochSeconds the clock of the machine
  public JwtTokens(
      JwtSigning method,
      @Nullable Key signing,
      Key verifying,
      Duration ttl,
      LongSupplier epochSeconds) {
    this.method = method;
    this.signing = signing;
    this.verifying = verifying;
    this.ttl = ttl;
    this.epochSeconds = epochSeconds;
  }

  @Override
  public String issue(AuthImage auth, AuthUser user, long index) {
    Key key = signing;
    if (key == null) {
      throw new StatusException(AuthErrors.VERIFY_ONLY);
    }
    long expires = epochSeconds.getAsLong() + ttl.toSeconds();
    String content =
        encoded(JwtClaims.header(method.jwtName()))
            + '.'
            + encoded(JwtClaims.body(user.name().utf8(), auth.revision(), expires));
    try {
      return content + '.' + encoded(method.sign(key, ascii(content)));
    } catch (GeneralSecurityException unfit) {
      throw new IllegalStateException("the key does not sign: " + unfit.getMessage(), unfit);
    }
  }

  private static String encoded(byte[] part) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(part);
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  @Override
  public @Nullable Requester requester(AuthImage auth, String token) {
    JwtClaims claims = known.get(token);
    if (claims == null) {
      claims = verified(token);
      if (claims == null) {
        return null;
      }
      if (token.length() <= KNOWN_CHARS_MAX) {
        remember(token, claims);
      }
    }
    if (!claims.isValidAt(epochSeconds.getAsLong())) {
      known.remove(token);
      return null;
    }
    return new Requester(Bytes.utf8(claims.user()), claims.revision());
  }

  private void remember(String token, JwtClaims claims) {
    if (known.size() >= KNOWN_MAX) {
      known.clear();
    }
    known.put(token, claims);
  }

  private @Nullable JwtClaims verified(String token) {
    int body = token.indexOf('.') + 1;
    int signature = token.lastIndexOf('.') + 1;
    if (body == 0 || signature <= body || token.indexOf('.', body) + 1 != signature) {
      return null;
    }
    try {
      Base64.Decoder base64 = Base64.getUrlDecoder();
      String algorithm = JwtClaims.algorithm(base64.decode(token.substring(0, body - 1)));
      byte[] signed = base64.decode(token.substring(signature));
      boolean believed =
          method.jwtName().equals(algorithm)
              && method.verifies(verifying, ascii(token.substring(0, signature - 1)), signed);
      return believed ? JwtClaims.read(base64.decode(token.substring(body, signature - 1))) : null;
    } catch (GeneralSecurityException | IllegalArgumentException notOne) {
      return null;
    }
  }
}
