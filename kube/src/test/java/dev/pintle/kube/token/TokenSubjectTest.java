package dev.pintle.kube.token;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pintle.kube.object.JsonObject;
import dev.pintle.kube.request.UserInfo;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TokenSubjectTest {
  private static final BoundObjectReference ACCOUNT = new BoundObjectReference("robot", "u1");
  private static final BoundObjectReference POD = new BoundObjectReference("p", "u2");
  private static final BoundObjectReference NODE = new BoundObjectReference("n", "");

  @Test
  void whatATokenSaysIsReadAsItWasWritten() {
    TokenSubject bearer = new TokenSubject("ns", ACCOUNT, POD, NODE, null);

    assertThat(TokenSubject.of(bearer.toJson())).isEqualTo(bearer);
    assertThat(bearer.toJson().objectAt("node").has("uid")).isFalse();
  }

  @Test
  void aTokenWithoutAnAccountIsForNobody() {
    JsonObject json = new TokenSubject("ns", ACCOUNT, null, null, null).toJson();

    assertThat(TokenSubject.of(null)).isNull();
    json.remove("namespace");
    assertThat(TokenSubject.of(json)).isNull();
    assertThat(TokenSubject.of(new JsonObject().set("namespace", "ns"))).isNull();
  }

  @Test
  void itsCallerIsTheAccountOfItsNamespaceAndNoOther() {
    UserInfo caller = new TokenSubject("ns", ACCOUNT, null, null, null).caller("");

    assertThat(caller.name()).isEqualTo("system:serviceaccount:ns:robot");
    assertThat(caller.uid()).isEqualTo("u1");
    assertThat(caller.groups())
        .containsExactly(
            "system:serviceaccounts", "system:serviceaccounts:ns", "system:authenticated");
    assertThat(caller.extra()).isEmpty();
  }

  @Test
  void whatItIsBoundToIsToldAndWhatItIsNotIsNot() {
    UserInfo caller = new TokenSubject("ns", ACCOUNT, POD, NODE, null).caller("id");

    assertThat(caller.extra())
        .containsOnly(
            Map.entry("authentication.kubernetes.io/credential-id", List.of("JTI=id")),
            Map.entry("authentication.kubernetes.io/pod-name", List.of("p")),
            Map.entry("authentication.kubernetes.io/pod-uid", List.of("u2")),
            Map.entry("authentication.kubernetes.io/node-name", List.of("n")));
  }
}
