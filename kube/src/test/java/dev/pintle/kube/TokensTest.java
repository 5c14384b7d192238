package dev.pintle.kube;

import static dev.pintle.kube.Api.JSON;
import static dev.pintle.kube.Api.MAPS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.pintle.kube.Api.Answer;
import dev.pintle.kube.object.Json;
import dev.pintle.kube.object.JsonObject;
import dev.pintle.kube.object.JsonWriter;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Tokens of service accounts, from being asked for to being taken.
final class TokensTest {
  private static final String ACCOUNTS = "/api/v1/namespaces/default/serviceaccounts";
  private static final String WHO = "/apis/authentication.k8s.io/v1/selfsubjectreviews";
  private static final String REVIEWS = "/apis/authentication.k8s.io/v1/tokenreviews";
  private static final String ROLES = "/apis/rbac.authorization.k8s.io/v1/namespaces/default/roles";

  private final Api api = new Api();

  @BeforeEach
  void makeAccount() throws InterruptedException {
    api.post(ACCOUNTS, "{\"metadata\":{\"name\":\"robot\"}}");
  }

  @AfterEach
  void close() {
    api.close();
  }

  private String token(String spec) throws InterruptedException {
    Answer made = api.post(ACCOUNTS + "/robot/token", "{\"spec\":" + spec + "}");
    assertThat(made.code()).isEqualTo(201);
    return String.valueOf(made.body().objectAt("status").text("token"));
  }

  private Answer with(String token, String method, String path, String body)
      throws InterruptedException {
    return api.send(
        method, path, body, Map.of("authorization", "Bearer " + token, "content-type", JSON));
  }

  private JsonObject review(String token) throws InterruptedException {
    return api.post(REVIEWS, "{\"spec\":{\"token\":\"%s\"}}".formatted(token))
        .body()
        .objectAt("status");
  }

  private static String text(@Nullable Json json) {
    return json == null ? "" : JsonWriter.text(json);
  }

  @Test
  void aTokenIsTakenForItsAccount() throws InterruptedException {
    JsonObject user =
        with(token("{}"), "POST", WHO, "{}").body().objectAt("status").objectAt("userInfo");

    assertThat(user.text("username")).isEqualTo("system:serviceaccount:default:robot");
    assertThat(text(user.array("groups")))
        .isEqualTo(
            "[\"system:serviceaccounts\",\"system:serviceaccounts:default\",\"system:authenticated\"]");
    assertThat(text(user.object("extra"))).contains("JTI=");
  }

  @Test
  void anAccountMayDoWhatABindingGivesAndNoMore() throws InterruptedException {
    String token = token("{}");
    assertThat(with(token, "GET", MAPS, "").code()).isEqualTo(403);

    api.post(
        ROLES,
        """
        {"metadata":{"name":"reader"},"rules":[{"apiGroups":[""],"resources":["configmaps"],"verbs":["list"]}]}
        """);
    Answer bound =
        api.post(
            ROLES.replace("roles", "rolebindings"),
            """
            {"metadata":{"name":"robots-read"},"roleRef":{"apiGroup":"rbac.authorization.k8s.io","kind":"Role","name":"reader"},
             "subjects":[{"kind":"ServiceAccount","name":"robot","namespace":"default"}]}
            """);
    assertThat(bound.code()).isEqualTo(201);

    assertThat(with(token, "GET", MAPS, "").code()).isEqualTo(200);
    assertThat(with(token, "GET", MAPS + "/a", "").code()).isEqualTo(403);
    assertThat(with(token, "GET", "/api/v1/namespaces/kube-system/configmaps", "").code())
        .isEqualTo(403);
  }

  @Test
  void nobodyGivesWhatTheyDoNotHave() throws InterruptedException {
    String token = token("{}");
    api.post(
        ROLES,
        """
        {"metadata":{"name":"giver"},"rules":[
          {"apiGroups":["rbac.authorization.k8s.io"],"resources":["roles","rolebindings"],"verbs":["create"]},
          {"apiGroups":[""],"resources":["configmaps"],"verbs":["list"]}]}
        """);
    api.post(
        ROLES.replace("roles", "rolebindings"),
        """
        {"metadata":{"name":"robots-give"},"roleRef":{"apiGroup":"rbac.authorization.k8s.io","kind":"Role","name":"giver"},
         "subjects":[{"kind":"ServiceAccount","name":"robot","namespace":"default"}]}
        """);

    Answer more =
        with(
            token,
            "POST",
            ROLES,
            """
            {"metadata":{"name":"more"},"rules":[{"apiGroups":[""],"resources":["secrets"],"verbs":["get","list"]}]}
            """);
    Answer all =
        with(
            token,
            "POST",
            ROLES.replace("roles", "rolebindings"),
            """
            {"metadata":{"name":"all"},"roleRef":{"apiGroup":"rbac.authorization.k8s.io","kind":"ClusterRole","name":"cluster-admin"},
             "subjects":[{"kind":"ServiceAccount","name":"robot","namespace":"default"}]}
            """);
    Answer held =
        with(
            token,
            "POST",
            ROLES,
            """
            {"metadata":{"name":"held"},"rules":[{"apiGroups":[""],"resources":["configmaps"],"verbs":["list"]}]}
            """);

    assertThat(more.code()).isEqualTo(403);
    assertThat(more.message())
        .endsWith(
            "is attempting to grant RBAC permissions not currently held:\n"
                + "{APIGroups:[\"\"], Resources:[\"secrets\"], Verbs:[\"get\" \"list\"]}");
    assertThat(all.code()).isEqualTo(403);
    assertThat(held.code()).isEqualTo(201);
  }

  @Test
  void aTokenDiesWithItsAccount() throws InterruptedException {
    String token = token("{}");
    api.delete(ACCOUNTS + "/robot");
    api.post(ACCOUNTS, "{\"metadata\":{\"name\":\"robot\"}}");

    assertThat(with(token, "GET", MAPS, "").code()).isEqualTo(401);
    assertThat(review(token).text("error")).contains("does not match claim");
  }

  @Test
  void aTokenDiesWithWhatItIsBoundTo() throws InterruptedException {
    api.post(
        "/api/v1/namespaces/default/secrets", "{\"metadata\":{\"name\":\"bound\"},\"data\":{}}");
    String token =
        token(
            "{\"boundObjectRef\":{\"kind\":\"Secret\",\"apiVersion\":\"v1\",\"name\":\"bound\"}}");
    assertThat(with(token, "POST", WHO, "{}").code()).isEqualTo(201);

    api.delete("/api/v1/namespaces/default/secrets/bound");

    assertThat(with(token, "POST", WHO, "{}").code()).isEqualTo(401);
  }

  @Test
  void aTokenForOthersIsNotTakenHere() throws InterruptedException {
    String token = token("{\"audiences\":[\"vault\"]}");

    assertThat(with(token, "POST", WHO, "{}").code()).isEqualTo(401);
    JsonObject status =
        api.post(
                REVIEWS,
                "{\"spec\":{\"token\":\"%s\",\"audiences\":[\"vault\",\"x\"]}}".formatted(token))
            .body()
            .objectAt("status");
    assertThat(text(status.get("authenticated"))).isEqualTo("true");
    assertThat(text(status.array("audiences"))).isEqualTo("[\"vault\"]");
  }

  @Test
  void aTokenThatWasChangedIsNotTaken() throws InterruptedException {
    String token = token("{}");
    String changed = token.substring(0, token.length() - 6) + "AAAAAA";

    assertThat(with(changed, "POST", WHO, "{}").code()).isEqualTo(401);
    assertThat(review("nonsense").text("error")).isEqualTo("invalid bearer token");
  }

  @Test
  void theKeySetHoldsTheKeyThatATokenNames() throws InterruptedException {
    String token = token("{}");
    String header = token.substring(0, token.indexOf('.'));
    String text = new String(Base64.getUrlDecoder().decode(header), StandardCharsets.UTF_8);
    String keys = api.get("/openid/v1/jwks").exchange().text();

    String id = text.substring(text.indexOf("\"kid\":\"") + 7, text.lastIndexOf('"'));
    assertThat(keys).contains("\"kid\":\"" + id + "\"").contains("\"e\":\"AQAB\"");
  }
}
