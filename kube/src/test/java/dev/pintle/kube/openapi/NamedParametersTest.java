package dev.pintle.kube.openapi;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pintle.kube.object.Json;
import dev.pintle.kube.object.JsonArray;
import dev.pintle.kube.object.JsonObject;
import org.junit.jupiter.api.Test;

final class NamedParametersTest {
  private static JsonObject at(JsonObject... parameters) {
    JsonArray all = new JsonArray();
    for (JsonObject parameter : parameters) {
      all.add(parameter);
    }
    return new JsonObject().set("parameters", all);
  }

  private static JsonObject namespace() {
    return Parameter.NAMESPACE.write(OpenApiVersion.V2);
  }

  @Test
  void aNameIsTheOneThatUpstreamMakes() {
    JsonObject paths = new JsonObject().set("/a", at(namespace()));
    JsonObject named = new NamedParameters().name(paths);
    assertThat(named).isEqualTo(new JsonObject().set("namespace-vgWSWtn3", namespace()));
    assertThat(paths)
        .isEqualTo(
            new JsonObject()
                .set("/a", at(new JsonObject().set("$ref", "#/parameters/namespace-vgWSWtn3"))));
  }

  @Test
  void whatSpeaksOfAKindStaysWhereItIs() {
    JsonObject name = Parameter.nameOf("Pod").write(OpenApiVersion.V2);
    JsonObject body =
        new JsonObject()
            .set("name", "body")
            .set("in", "body")
            .set("schema", new JsonObject().set("$ref", "#/definitions/io.k8s.api.core.v1.Pod"));
    JsonObject paths = new JsonObject().set("/a", new JsonObject().set("post", at(name, body)));
    assertThat(new NamedParameters().name(paths).isEmpty()).isTrue();
    assertThat(paths)
        .isEqualTo(new JsonObject().set("/a", new JsonObject().set("post", at(name, body))));
  }

  @Test
  void theBodyOfAnyPatchIsShared() {
    JsonObject body =
        new JsonObject()
            .set("name", "body")
            .set("in", "body")
            .set("required", Json.of(true))
            .set(
                "schema",
                new JsonObject()
                    .set("$ref", "#/definitions/io.k8s.apimachinery.pkg.apis.meta.v1.Patch"));
    JsonObject paths = new JsonObject().set("/a", new JsonObject().set("patch", at(body)));
    assertThat(new NamedParameters().name(paths).has("body-78PwaGsr")).isTrue();
  }
}
