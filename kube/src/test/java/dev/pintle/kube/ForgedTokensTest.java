package dev.pintle.kube;

import static dev.pintle.kube.Api.JSON;
import static org.assertj.core.api.Assertions.assertThat;

import dev.pintle.kube.object.Json;
import dev.pintle.kube.object.JsonArray;
import dev.pintle.kube.object.JsonObject;
import dev.pintle.kube.object.JsonReader;
import dev.pintle.kube.object.JsonWriter;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.Signature;
import java.time.Instant;
import java.util.Base64;
import java.util.Map;
import java.util.Objects;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Tokens that look like those of service accounts, made of a genuine one; some even by whoever has the key.
final class ForgedTokensTest {
  private static final String ACCOUNT = "/api/v1/namespaces/default/serviceaccounts";
  private static final String WHO = "/apis/authentication.k8s.io/v1/selfsubjectreviews";
  private static final Base64.Encoder ENCODER = Base64.getUrlEncoder().withoutPadding();
  private static final Base64.Decoder DECODER = Base64.getUrlDecoder();

  private final Api api = new Api();
  private String genuine = "";
  private String[] parts = {};
  private JsonObject header = new JsonObject();
  private JsonObject claims = new JsonObject();

  @BeforeEach
  void takeAToken() throws InterruptedException {
    api.post(ACCOUNT, "{\"metadata\":{\"name\":\"robot\"}}");
    genuine =
        String.valueOf(
            api.post(ACCOUNT + "/robot/token", "{\"spec\":{}}")
                .body()
                .objectAt("status")
                .text("token"));
    parts = genuine.split("\\.", -1);
    header = (JsonObject) JsonReader.read(DECODER.decode(parts[0]));
    claims = (JsonObject) JsonReader.read(DECODER.decode(parts[1]));
  }

  @AfterEach
  void close() {
    api.close();
  }

  private int answer(String token) throws InterruptedException {
    return api.send(
            "POST", WHO, "{}", Map.of("authorization", "Bearer " + token, "content-type", JSON))
        .code();
  }

  private String signed() throws GeneralSecurityException {
    return signed("SHA256withRSA");
  }

  private String signed(String algorithm) throws GeneralSecurityException {
    Signature signature = Signature.getInstance(algorithm);
    signature.initSign(Api.tokenKey().getPrivate());
    signature.update(content().getBytes(StandardCharsets.US_ASCII));
    return content() + "." + ENCODER.encodeToString(signature.sign());
  }

  private String content() {
    return ENCODER.encodeToString(JsonWriter.bytes(header))
        + "."
        + ENCODER.encodeToString(JsonWriter.bytes(claims));
  }

  private static long inAnHour() {
    return Instant.now().getEpochSecond() + 3_600;
  }

  @Test
  void theSameMadeAgainIsTaken() throws Exception {
    assertThat(answer(genuine)).isEqualTo(201);
    assertThat(answer(signed())).isEqualTo(201);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2})
  void noPartMayBePadded(int part) throws InterruptedException {
    for (String padding : new String[] {"=", "==", "==="}) {
      String[] padded = parts.clone();
      padded[part] += padding;
      assertThat(answer(String.join(".", padded))).isEqualTo(401);
    }
  }

  @Test
  void noPartMayBeMissingOrMore() throws InterruptedException {
    assertThat(answer(parts[0] + "." + parts[1])).isEqualTo(401);
    assertThat(answer(parts[0] + "." + parts[1] + ".")).isEqualTo(401);
    assertThat(answer(parts[0] + parts[1] + parts[2])).isEqualTo(401);
    assertThat(answer(genuine + ".")).isEqualTo(401);
    assertThat(answer(genuine + "." + parts[2])).isEqualTo(401);
    assertThat(answer("." + genuine)).isEqualTo(401);
    assertThat(answer("..")).isEqualTo(401);
  }

  @ParameterizedTest
  @ValueSource(strings = {"A", "AAAA", "%41", "+", "/", ","})
  void nothingMayFollow(String bytes) throws InterruptedException {
    assertThat(answer(genuine + bytes)).isEqualTo(401);
  }

  @Test
  void whatMustBeUnderstoodIsNot() throws Exception {
    header.set("crit", JsonArray.of(Json.of("x"))).set("x", "y");
    assertThat(answer(signed())).isEqualTo(401);
    header.set("crit", JsonArray.of(Json.of("b64"))).set("b64", Json.of(true));
    assertThat(answer(signed())).isEqualTo(401);
    header.set("crit", new JsonArray());
    assertThat(answer(signed())).isEqualTo(401);
  }

  @ParameterizedTest
  @ValueSource(strings = {"none", "None", "NONE", "", "RS256 ", "rs256"})
  void aTokenNeedsASignature(String algorithm) throws InterruptedException {
    header.set("alg", algorithm);
    assertThat(answer(content() + ".")).isEqualTo(401);
    assertThat(answer(content() + "." + parts[2])).isEqualTo(401);
  }

  @Test
  void whatEverybodyKnowsSignsNothing() throws Exception {
    header.set("alg", "HS256");
    byte[] known = Api.tokenKey().getPublic().getEncoded();
    String pem =
        "-----BEGIN PUBLIC KEY-----\n"
            + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(known)
            + "\n-----END PUBLIC KEY-----\n";
    for (byte[] secret : new byte[][] {known, pem.getBytes(StandardCharsets.US_ASCII)}) {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(secret, "HmacSHA256"));
      byte[] signature = mac.doFinal(content().getBytes(StandardCharsets.US_ASCII));
      assertThat(answer(content() + "." + ENCODER.encodeToString(signature))).isEqualTo(401);
    }
  }

  @Test
  void anotherAlgorithmOfTheSameKeyIsNotTaken() throws Exception {
    header.set("alg", "RS512");
    assertThat(answer(signed("SHA512withRSA"))).isEqualTo(401);
    header.set("alg", "RS256");
    assertThat(answer(signed("SHA512withRSA"))).isEqualTo(401);
  }

  @Test
  void theKeyMustBeNamed() throws Exception {
    header.remove("kid");
    assertThat(answer(signed())).isEqualTo(401);
    header.set("kid", "../../etc/passwd");
    assertThat(answer(signed())).isEqualTo(401);
  }

  @ParameterizedTest
  @CsvSource({
    "iss,\"https://other\"",
    "iss,[\"https://kubernetes.default.svc\"]",
    "aud,[\"vault\"]",
    "aud,[]",
    "aud,null",
    "exp,0",
    "exp,-1",
    "exp,null",
    "exp,\"9999999999\"",
    "exp,true",
    "nbf,9223372036854775000",
    "nbf,1e300",
    "nbf,\"now\"",
    "iat,9223372036854775000",
    "iat,{}",
    "kubernetes.io,null",
    "kubernetes.io,{}",
    "kubernetes.io,[]"
  })
  void aClaimThatDoesNotHoldIsRefused(String claim, String value) throws Exception {
    claims.set(claim, JsonReader.read(value.getBytes(StandardCharsets.UTF_8)));
    assertThat(answer(signed())).isEqualTo(401);
  }

  @Test
  void ofAClaimThatComesTwiceTheLastCounts() throws Exception {
    String text = JsonWriter.text(claims);
    String twice = text.substring(0, text.length() - 1) + ",\"exp\":1}";
    String content =
        parts[0] + "." + ENCODER.encodeToString(twice.getBytes(StandardCharsets.UTF_8));
    Signature signature = Signature.getInstance("SHA256withRSA");
    signature.initSign(Api.tokenKey().getPrivate());
    signature.update(content.getBytes(StandardCharsets.US_ASCII));
    assertThat(answer(content + "." + ENCODER.encodeToString(signature.sign()))).isEqualTo(401);
  }

  @Test
  void aLongLifeIsALife() throws Exception {
    claims.set("exp", Json.of(Long.MAX_VALUE));
    assertThat(answer(signed())).isEqualTo(201);
    claims.set("exp", new Json.Decimal(inAnHour() + 0.5));
    assertThat(answer(signed())).isEqualTo(201);
  }

  @Test
  void anAudienceMayStandForItself() throws Exception {
    claims.set("aud", "https://kubernetes.default.svc");
    assertThat(answer(signed())).isEqualTo(201);
    claims.set("aud", "vault");
    assertThat(answer(signed())).isEqualTo(401);
  }

  @Test
  void anotherAccountOfTheSameNameIsAnotherAccount() throws Exception {
    JsonObject whole = Objects.requireNonNull(claims.object("kubernetes.io"));
    whole.objectAt("serviceaccount").set("uid", "11111111-1111-1111-1111-111111111111");
    assertThat(answer(signed())).isEqualTo(401);
  }
}
