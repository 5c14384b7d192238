package dev.pintle.kube;

import dev.pintle.kube.object.Json;
import dev.pintle.kube.object.JsonArray;
import dev.pintle.kube.object.JsonObject;
import dev.pintle.kube.object.JsonWriter;
import dev.pintle.kube.outbound.HookAuthority;
import dev.pintle.kube.outbound.HookServer;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Semaphore;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/// A webhook that converts CronTabs: `hostPort` of v1beta1 is `host` and `port` of v1. It does it wrong where a test wants it to.
final class ConversionHook implements AutoCloseable {
  static final String GROUP = "stable.example.com";
  private static final int PLENTY = 1_000_000;
  static final String V1 = GROUP + "/v1";
  static final String V1BETA1 = GROUP + "/v1beta1";

  /// What it was asked: `v1 [a, b] -> v1beta1`.
  final List<String> asked = new CopyOnWriteArrayList<>();

  /// The reviews themselves.
  final List<JsonObject> reviews = new CopyOnWriteArrayList<>();

  /// Changes the answer, and each object in it.
  volatile BiConsumer<JsonObject, JsonObject> spoil = (_, _) -> {};

  /// A code of HTTP that is answered instead; 0 for none.
  volatile int code;

  volatile boolean alone;
  private volatile Semaphore turns = new Semaphore(PLENTY);

  /// From now on an answer is given only when a test says so.
  Semaphore held() {
    turns = new Semaphore(0);
    return turns;
  }

  void released() {
    Semaphore held = turns;
    turns = new Semaphore(PLENTY);
    held.release(PLENTY);
  }

  void well() {
    spoil = (_, _) -> {};
    code = 0;
  }

  void spoilObjects(Consumer<JsonObject> change) {
    spoil = (_, object) -> change.accept(object);
  }

  void spoilAnswer(Consumer<JsonObject> change) {
    spoil =
        (answer, object) -> {
          if (object.isEmpty()) {
            change.accept(answer);
          }
        };
  }

  void refuse(String message) {
    spoilAnswer(answer ->
        answer
            .objectAt("response")
            .set("result", new JsonObject().set("status", "Failed").set("message", message)));
  }

  private final HookAuthority authority = new HookAuthority("hooks");
  private final HookServer server = new HookServer(authority, this::serve);

  String url() {
    return server.url("/convert");
  }

  /// Where it is, as a definition names it.
  String client() {
    return "{\"url\":\"%s\",\"caBundle\":\"%s\"}".formatted(url(), authority.bundle());
  }

  List<HookServer.Received> received() {
    return server.received();
  }

  @Override
  public void close() {
    server.close();
  }

  private void serve(HookServer.Received request, OutputStream out) throws IOException {
    JsonObject answer = answer(request.review());
    if (code == 0) {
      HookServer.answer(out, JsonWriter.text(answer));
    } else {
      HookServer.answer(out, code, "text/plain", "it broke");
    }
  }

  private JsonObject answer(JsonObject review) {
    JsonObject request = review.objectAt("request");
    String desired = request.textOrEmpty("desiredAPIVersion");
    List<JsonObject> objects = request.objects("objects");
    reviews.add(review);
    asked.add(
        "%s %s -> %s"
            .formatted(
                bare(objects.getFirst().textOrEmpty("apiVersion")),
                objects.stream().map(ConversionHook::name).toList(),
                bare(desired)));
    turns.acquireUninterruptibly();
    JsonArray converted = new JsonArray();
    for (JsonObject object : objects) {
      JsonObject made = converted(object, desired);
      spoil.accept(review, made);
      converted.add(made);
    }
    JsonObject response =
        new JsonObject()
            .set("uid", request.textOrEmpty("uid"))
            .set("result", new JsonObject().set("status", "Success"))
            .set("convertedObjects", converted);
    if (alone && objects.size() > 1) {
      response.set("result", new JsonObject().set("status", "Failed"));
    }
    JsonObject answer =
        new JsonObject()
            .set("kind", "ConversionReview")
            .set("apiVersion", review.textOrEmpty("apiVersion"))
            .set("response", response);
    spoil.accept(answer, new JsonObject());
    return answer;
  }

  static String name(JsonObject object) {
    return object.objectOrEmpty("metadata").textOrEmpty("name");
  }

  private static String bare(String apiVersion) {
    return apiVersion.substring(apiVersion.indexOf('/') + 1);
  }

  private static JsonObject converted(JsonObject object, String desired) {
    JsonObject made = object.copy().set("apiVersion", desired);
    JsonObject spec = made.object("spec");
    if (spec == null || object.textOrEmpty("apiVersion").equals(desired)) {
      return made;
    }
    if (desired.equals(V1)) {
      if (spec.remove("hostPort") instanceof Json.Text(String both)) {
        int colon = both.indexOf(':');
        spec.set("host", colon < 0 ? both : both.substring(0, colon));
        spec.set("port", colon < 0 ? "" : both.substring(colon + 1));
      }
    } else if (spec.has("host")) {
      spec.set("hostPort", spec.textOrEmpty("host") + ":" + spec.textOrEmpty("port"));
      spec.remove("host");
      spec.remove("port");
    }
    return made;
  }

  /// The definition of CronTabs.
  ///
  /// @param storage the version in which they are stored
  /// @param reviewVersions as which the webhook is asked
  String definition(String storage, String reviewVersions) {
    List<String> versions = new ArrayList<>();
    for (Map.Entry<String, String> version :
        Map.of(
                "v1",
                "\"host\":{\"type\":\"string\"},\"port\":{\"type\":\"string\"}",
                "v1beta1",
                "\"hostPort\":{\"type\":\"string\"}")
            .entrySet()) {
      String name = version.getKey();
      versions.add(
          """
          {"name":"%1$s","served":true,"storage":%2$s,
           "selectableFields":[{"jsonPath":".spec.%3$s"}],
           "additionalPrinterColumns":[{"name":"Where","type":"string","jsonPath":".spec.%3$s"}],
           "subresources":{"status":{},
             "scale":{"specReplicasPath":".spec.replicas","statusReplicasPath":".status.replicas"}},
           "schema":{"openAPIV3Schema":{"type":"object","properties":{
             "spec":{"type":"object","properties":{%4$s,"replicas":{"type":"integer"},
               "image":{"type":"string","default":"img-%1$s"}}},
             "status":{"type":"object","properties":{"replicas":{"type":"integer"},
               "note":{"type":"string"}}}}}}}\
          """
              .formatted(
                  name,
                  storage.equals(name),
                  name.equals("v1") ? "host" : "hostPort",
                  version.getValue()));
    }
    return """
    {"apiVersion":"apiextensions.k8s.io/v1","kind":"CustomResourceDefinition",
     "metadata":{"name":"crontabs.stable.example.com"},
     "spec":{"group":"stable.example.com","scope":"Namespaced",
      "names":{"plural":"crontabs","singular":"crontab","kind":"CronTab","listKind":"CronTabList"},
      "conversion":{"strategy":"Webhook","webhook":{"conversionReviewVersions":%s,"clientConfig":%s}},
      "versions":[%s]}}\
    """
        .formatted(reviewVersions, client(), String.join(",", versions));
  }
}
