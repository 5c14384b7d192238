package dev.pintle.kube;

import static dev.pintle.kube.ConversionHook.V1;
import static dev.pintle.kube.ConversionHook.V1BETA1;
import static org.assertj.core.api.Assertions.assertThat;

import dev.pintle.kube.object.Json;
import dev.pintle.kube.object.JsonArray;
import dev.pintle.kube.object.JsonObject;
import dev.pintle.kube.object.JsonWriter;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/// A surface with a definition whose versions a webhook converts.
abstract class ConversionFixture {
  static final String DEFINITIONS = "/apis/apiextensions.k8s.io/v1/customresourcedefinitions";
  static final String DEFINITION = DEFINITIONS + "/crontabs.stable.example.com";
  static final String OLD = "/apis/" + V1BETA1 + "/namespaces/default/crontabs";
  static final String NEW = "/apis/" + V1 + "/namespaces/default/crontabs";
  static final String KEY = "/registry/stable.example.com/crontabs/default/";

  final ConversionHook hook = new ConversionHook();
  final Api api = new Api(KubeConfig.DEFAULT.withControllers(ControllerSelection.ALL));

  @BeforeEach
  void define() throws InterruptedException {
    define("v1", "[\"v1\",\"v1beta1\"]");
  }

  @AfterEach
  void close() {
    hook.released();
    api.close();
    hook.close();
  }

  void define(String storage, String reviews) throws InterruptedException {
    String body = hook.definition(storage, reviews);
    Api.Answer made = api.post(DEFINITIONS, body);
    assertThat(made.code()).as(made.exchange().text()).isEqualTo(201);
    api.until(NEW, answer -> answer.code() == 200);
  }

  void store(String version) throws InterruptedException {
    String discovery = "/apis/" + V1;
    String before = api.get(discovery).exchange().text();
    change(one -> one.set("storage", Json.of(one.textOrEmpty("name").equals(version))));
    api.until(discovery, answer -> !answer.exchange().text().equals(before));
  }

  /// Changes each version of the definition.
  void change(Consumer<JsonObject> change) throws InterruptedException {
    JsonArray versions = new JsonArray();
    for (JsonObject one : api.get(DEFINITION).body().objectAt("spec").objects("versions")) {
      change.accept(one);
      versions.add(one);
    }
    JsonObject spec = new JsonObject().set("versions", versions);
    String patch = JsonWriter.text(new JsonObject().set("spec", spec));
    Api.Answer changed = api.patch(DEFINITION, Api.MERGE, patch);
    assertThat(changed.code()).as(changed.exchange().text()).isEqualTo(200);
  }

  static String cron(String apiVersion, String name, String spec) {
    return "{\"apiVersion\":\"%s\",\"kind\":\"CronTab\",\"metadata\":{\"name\":\"%s\"},\"spec\":%s}"
        .formatted(apiVersion, name, spec);
  }

  Api.Answer make(String name) throws InterruptedException {
    Api.Answer made = api.post(NEW, cron(V1, name, "{\"host\":\"h\",\"port\":\"80\"}"));
    assertThat(made.code()).as(made.exchange().text()).isEqualTo(201);
    return made;
  }

  String stored(String name) {
    return new String(api.stored(KEY + name), StandardCharsets.UTF_8);
  }

  static String spec(JsonObject object) {
    return JsonWriter.text(object.objectAt("spec"));
  }
}
