package dev.pintle.kube.token;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pintle.kube.object.Json;
import dev.pintle.kube.object.JsonObject;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.spec.ECGenParameterSpec;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class JwtTest {
  private static final KeyPair PAIR = SigningKey.newPair();
  private static final SigningKey KEY = new SigningKey(PAIR);
  private static final JsonObject CLAIMS = new JsonObject().set("sub", "somebody");

  private static String encoded(String text) {
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void whatWasSignedIsReadBackAndItsSignatureHolds() {
    Jwt jwt = Jwt.parse(Jwt.of(CLAIMS, KEY)).orElseThrow();

    assertThat(jwt.claims()).isEqualTo(CLAIMS);
    assertThat(jwt.header().text("kid")).isEqualTo(KEY.id());
    assertThat(KEY.verifying().hasSigned(jwt.signed().array(), jwt.signature().array())).isTrue();
  }

  @Test
  void anotherKeyHasNotSignedIt() {
    Jwt jwt = Jwt.parse(Jwt.of(CLAIMS, KEY)).orElseThrow();
    SigningKey other = new SigningKey(SigningKey.newPair());

    assertThat(other.verifying().hasSigned(jwt.signed().array(), jwt.signature().array()))
        .isFalse();
    assertThat(other.id()).isNotEqualTo(KEY.id());
    assertThat(new SigningKey(PAIR).id()).isEqualTo(KEY.id());
  }

  @Test
  void aChangedClaimIsNotWhatWasSigned() {
    String[] parts = Jwt.of(CLAIMS, KEY).split("\\.", -1);
    Jwt forged =
        Jwt.parse(parts[0] + "." + encoded("{\"sub\":\"admin\"}") + "." + parts[2]).orElseThrow();

    assertThat(KEY.verifying().hasSigned(forged.signed().array(), forged.signature().array()))
        .isFalse();
  }

  @Test
  void aSignatureOfAnyLengthIsOnlyWrong() {
    assertThat(KEY.verifying().hasSigned(new byte[] {1}, new byte[0])).isFalse();
    assertThat(KEY.verifying().hasSigned(new byte[] {1}, new byte[10_000])).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "..",
        "e30.e30",
        "e30.e30.AA.AA",
        "e30=.e30.AA",
        "e30.e30.AA==",
        "e30.e30.A",
        "e30.e30.+/8",
        "W10.e30.AA",
        "e30.W10.AA",
        "e.e30.AA",
        "e30 .e30.AA"
      })
  void whatIsNoTokenIsNone(String text) {
    assertThat(Jwt.parse(text)).isEmpty();
  }

  @Test
  void whatMustBeUnderstoodIsNoticed() {
    assertThat(Jwt.parse("e30.e30.AA").orElseThrow().isCritical()).isFalse();
    assertThat(Jwt.parse(encoded("{\"crit\":[]}") + ".e30.AA").orElseThrow().isCritical()).isTrue();
  }

  @Test
  void theKeyIsShownWithoutSigns() {
    JsonObject shown = KEY.verifying().shown();
    byte[] modulus = Base64.getUrlDecoder().decode(String.valueOf(shown.text("n")));

    assertThat(modulus).hasSize(256);
    assertThat(shown.get("e")).isEqualTo(Json.of("AQAB"));
  }

  @ParameterizedTest
  @CsvSource({"secp256r1,ES256,P-256,32", "secp384r1,ES384,P-384,48", "secp521r1,ES512,P-521,66"})
  void aKeyOnACurveSignsAsItsCurveDoes(String curve, String algorithm, String shownAs, int bytes)
      throws GeneralSecurityException {
    KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
    generator.initialize(new ECGenParameterSpec(curve));
    SigningKey key = new SigningKey(generator.generateKeyPair());
    Jwt jwt = Jwt.parse(Jwt.of(CLAIMS, key)).orElseThrow();

    assertThat(jwt.header().text("alg")).isEqualTo(algorithm);
    assertThat(jwt.signature().array()).hasSize(2 * bytes);
    assertThat(key.verifying().hasSigned(jwt.signed().array(), jwt.signature().array())).isTrue();
    assertThat(KEY.verifying().hasSigned(jwt.signed().array(), jwt.signature().array())).isFalse();
    JsonObject shown = key.verifying().shown();
    assertThat(shown.text("crv")).isEqualTo(shownAs);
    assertThat(Base64.getUrlDecoder().decode(String.valueOf(shown.text("x")))).hasSize(bytes);
  }
}
