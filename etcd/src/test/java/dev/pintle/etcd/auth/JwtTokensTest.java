package dev.pintle.etcd.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pintle.etcd.status.AuthErrors;
import dev.pintle.etcd.status.StatusException;
import dev.pintle.kernel.Bytes;
import dev.pintle.kernel.auth.AuthImage;
import dev.pintle.kernel.auth.AuthUser;
import dev.pintle.kernel.auth.Requester;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class JwtTokensTest {
  private static final AuthUser ALICE =
      new AuthUser(Bytes.utf8("alice \"<&>\" ü"), Bytes.utf8("h"), false, List.of(), 1);

  private final AtomicLong now = new AtomicLong(1_800_000_000L);

  @ParameterizedTest
  @EnumSource(JwtSigning.class)
  void eachMethodBelievesWhatItHasSigned(JwtSigning method) throws GeneralSecurityException {
    JwtTokens tokens = tokens(method);
    String token = tokens.issue(AuthImage.INITIAL, ALICE, 7);
    Requester expected = new Requester(ALICE.name(), 1);
    assertThat(tokens.requester(AuthImage.INITIAL, token)).isEqualTo(expected);
    assertThat(tokens.requester(AuthImage.INITIAL, token)).isEqualTo(expected);
    assertThat(tokens(method).requester(AuthImage.INITIAL, token)).isNull();
    int body = token.indexOf('.') + 1;
    for (int place : new int[] {1, body + 3, token.lastIndexOf('.') + 3}) {
      char other = token.charAt(place) == 'A' ? 'B' : 'A';
      String damaged = token.substring(0, place) + other + token.substring(place + 1);
      assertThat(tokens.requester(AuthImage.INITIAL, damaged)).as(damaged).isNull();
    }
  }

  @Test
  void aTokenRunsOut() throws GeneralSecurityException {
    JwtTokens tokens = tokens(JwtSigning.HS256);
    String token = tokens.issue(AuthImage.INITIAL, ALICE, 7);
    now.addAndGet(299);
    assertThat(tokens.requester(AuthImage.INITIAL, token)).isNotNull();
    now.addAndGet(1);
    assertThat(tokens.requester(AuthImage.INITIAL, token)).isNull();
  }

  @Test
  void whatIsNoTokenOfOursIsNotBelieved() throws GeneralSecurityException {
    SecretKeySpec key = new SecretKeySpec(new byte[] {1, 2, 3}, "HMAC");
    JwtTokens tokens = new JwtTokens(JwtSigning.HS256, key, key, Duration.ofMinutes(5), now::get);
    String good = "{\"username\":\"a\",\"revision\":3,\"x\":{\"username\":1}}";
    assertThat(tokens.requester(AuthImage.INITIAL, signed(key, "{\"alg\":\"HS256\"}", good)))
        .isEqualTo(new Requester(Bytes.utf8("a"), 3));
    for (String[] parts :
        new String[][] {
          {"{\"alg\":\"HS512\"}", good},
          {"{\"alg\":\"none\"}", good},
          {"{}", good},
          {"[]", good},
          {"{\"alg\":\"HS256\"}", "{\"username\":\"a\"}"},
          {"{\"alg\":\"HS256\"}", "{\"revision\":3}"},
          {"{\"alg\":\"HS256\"}", "{\"username\":1,\"revision\":3}"},
          {"{\"alg\":\"HS256\"}", "{\"username\":\"a\",\"revision\":\"3\"}"},
          {"{\"alg\":\"HS256\"}", "{\"username\":\"a\",\"revision\":3,\"exp\":1}"},
          {"{\"alg\":\"HS256\"}", "{\"username\":\"a\",\"revision\":3,\"nbf\":9e9}"},
          {"{\"alg\":\"HS256\"}", "{\"username\":\"a\",\"revision\":3}{}"},
          {"{\"alg\":\"HS256\"}", "{\"username\""}
        }) {
      String token = signed(key, parts[0], parts[1]);
      assertThat(tokens.requester(AuthImage.INITIAL, token)).as(String.join(".", parts)).isNull();
    }
    for (String text : List.of("", ".", "..", "a.b", "a.b.c.d", "!.!.!", "nonsense.12")) {
      assertThat(tokens.requester(AuthImage.INITIAL, text)).as(text).isNull();
    }
  }

  @Test
  void withoutTheKeyToSignNoneIsMade() throws GeneralSecurityException {
    KeyPair pair = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
    JwtTokens tokens =
        new JwtTokens(JwtSigning.EDDSA, null, pair.getPublic(), Duration.ofSeconds(1), now::get);
    assertThatThrownBy(() -> tokens.issue(AuthImage.INITIAL, ALICE, 7))
        .isInstanceOfSatisfying(
            StatusException.class,
            refused -> assertThat(refused.status()).isEqualTo(AuthErrors.VERIFY_ONLY));
  }

  private static String signed(SecretKeySpec key, String head, String body)
      throws GeneralSecurityException {
    String content = encoded(bytes(head)) + "." + encoded(bytes(body));
    return content + "." + encoded(JwtSigning.HS256.sign(key, bytes(content)));
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static String encoded(byte[] bytes) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  private JwtTokens tokens(JwtSigning method) throws GeneralSecurityException {
    if (method.isSymmetric()) {
      SecretKeySpec key = new SecretKeySpec(bytes("secret" + System.nanoTime()), "HMAC");
      return new JwtTokens(method, key, key, Duration.ofMinutes(5), now::get);
    }
    KeyPairGenerator generator = KeyPairGenerator.getInstance(method.keyAlgorithm());
    switch (method) {
      case ES256 -> generator.initialize(new ECGenParameterSpec("secp256r1"));
      case ES384 -> generator.initialize(new ECGenParameterSpec("secp384r1"));
      case ES512 -> generator.initialize(new ECGenParameterSpec("secp521r1"));
      case EDDSA, HS256, HS384, HS512 -> {}
      case RS256, RS384, RS512, PS256, PS384, PS512 -> generator.initialize(2048);
    }
    KeyPair pair = generator.generateKeyPair();
    return new JwtTokens(
        method, pair.getPrivate(), pair.getPublic(), Duration.ofMinutes(5), now::get);
  }
}
