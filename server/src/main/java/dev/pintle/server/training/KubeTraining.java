package dev.pintle.server.training;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import javax.net.ssl.SSLContext;

/// The training over TLS: creates, gets, lists, patches, manifests, deletes, discovery, and a definition with its objects.
final class KubeTraining implements AutoCloseable {
  private static final Duration TIMEOUT = Duration.ofSeconds(20);
  private static final String CONFIG_MAPS = "/api/v1/namespaces/default/configmaps";
  private static final String JOBS = "/apis/batch/v1/namespaces/default/jobs";
  private static final String DEFINITIONS =
      "/apis/apiextensions.k8s.io/v1/customresourcedefinitions";
  private static final String CUSTOM = "/apis/training.pintle.dev/v1/namespaces/default/drills";
  private static final String JSON = "application/json";
  private static final String YAML = "application/yaml";
  private static final int LONG_TEXT = 10_000;
  private static final int SERVED_LOOKS_MAX = 200;
  private static final int ROUNDS = 20;

  /// So many that the JVM learns which methods of a create are worth compiling well; the archive keeps that.
  private static final int CREATE_ROUNDS = 150;

  private static final int AT_ONCE = 16;

  private final URI server;
  private final HttpClient client;

  private KubeTraining(URI server, SSLContext tls) {
    this.server = server;
    this.client = HttpClient.newBuilder().sslContext(tls).build();
  }

  /// @param tls the administrator's
  static void play(URI server, SSLContext tls) {
    try (KubeTraining training = new KubeTraining(server, tls)) {
      training.play();
    }
  }

  private void play() {
    for (String path :
        List.of(
            "/readyz", "/version", "/api", "/apis", "/api/v1", "/openapi/v3", "/apis/batch/v1")) {
      send("GET", path, "", 1);
    }
    for (int round = 0; round < CREATE_ROUNDS; round++) {
      send("POST", CONFIG_MAPS, configMap(), AT_ONCE);
      send("POST", JOBS, job(), AT_ONCE);
      send("GET", "/api/v1/namespaces/default", "", AT_ONCE);
      send("GET", JOBS + "?limit=50", "", 2);
      send("GET", "/api/v1/namespaces", "", 2);
    }
    patches();
    manifests();
    definition();
    send("DELETE", CONFIG_MAPS, "", 1);
    send("DELETE", JOBS + "?propagationPolicy=Background", "", 1);
  }

  private void patches() {
    String one = CONFIG_MAPS + "/patched";
    for (int i = 0; i < AT_ONCE; i++) {
      String body =
          """
          {"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"patched"},"data":{"key":"%d"}}\
          """
              .formatted(i);
      send(
          "PATCH",
          one + "?fieldManager=training&force=true",
          "application/apply-patch+yaml",
          body,
          1);
      send("PATCH", one, "application/merge-patch+json", body, 1);
      send("PATCH", one, "application/strategic-merge-patch+json", body, 1);
    }
  }

  /// As people write them, short and long, right and wrong: who sends the first manifest of a server is not to wait, nor to have others
  /// wait, for a parser that the JVM does not know.
  private void manifests() {
    for (int round = 0; round < ROUNDS; round++) {
      send("POST", CONFIG_MAPS, YAML, manifest("\"7\""), AT_ONCE);
      send("POST", CONFIG_MAPS + "?dryRun=All", YAML, manifest("7".repeat(LONG_TEXT)), 2);
      send("POST", CONFIG_MAPS + "?dryRun=All", YAML, manifest("some words ".repeat(500)), 2);
    }
  }

  private void definition() {
    send("POST", DEFINITIONS, definitionOfDrills(), 1);
    for (int i = 0; i < SERVED_LOOKS_MAX && !isServed(CUSTOM); i++) {
      Thread.onSpinWait();
    }
    for (int round = 0; round < ROUNDS; round++) {
      send("POST", CUSTOM, drill(), AT_ONCE);
      send("GET", CUSTOM, "", 2);
    }
  }

  private boolean isServed(String path) {
    return client
            .sendAsync(request("GET", path, JSON, ""), BodyHandlers.discarding())
            .join()
            .statusCode()
        == 200;
  }

  /// The answers' codes are not looked at: that a request was worked on is enough here.
  private void send(String method, String path, String body, int count) {
    send(method, path, JSON, body, count);
  }

  private void send(String method, String path, String type, String body, int count) {
    List<CompletableFuture<HttpResponse<byte[]>>> running = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      running.add(client.sendAsync(request(method, path, type, body), BodyHandlers.ofByteArray()));
    }
    running.forEach(CompletableFuture::join);
  }

  private HttpRequest request(String method, String path, String type, String body) {
    return HttpRequest.newBuilder(server.resolve(path))
        .timeout(TIMEOUT)
        .header("Content-Type", type)
        .method(method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body))
        .build();
  }

  private static String configMap() {
    return """
    {"apiVersion":"v1","kind":"ConfigMap","metadata":{"generateName":"training-"},"data":{"key":"value"}}\
    """;
  }

  private static String manifest(String note) {
    return """
    # a comment
    apiVersion: v1
    kind: ConfigMap
    metadata:
      generateName: training-
      labels: {app: training, "tier": 'one'}
      annotations:
        note: %s
    data:
      key: value
      text: |
        several
        lines
    """
        .formatted(note);
  }

  private static String job() {
    return """
    {"apiVersion":"batch/v1","kind":"Job","metadata":{"generateName":"training-","labels":{"app":"training"}},\
    "spec":{"suspend":true,"template":{"spec":{"restartPolicy":"Never","containers":[{"name":"main",\
    "image":"example/image:1","command":["run"],"env":[{"name":"A","value":"b"}],\
    "resources":{"requests":{"cpu":"100m","memory":"64Mi"}}}]}}}}\
    """;
  }

  private static String definitionOfDrills() {
    return """
    {"apiVersion":"apiextensions.k8s.io/v1","kind":"CustomResourceDefinition",\
    "metadata":{"name":"drills.training.pintle.dev"},"spec":{"group":"training.pintle.dev","scope":"Namespaced",\
    "names":{"plural":"drills","singular":"drill","kind":"Drill","listKind":"DrillList"},\
    "versions":[{"name":"v1","served":true,"storage":true,"subresources":{"status":{}},\
    "additionalPrinterColumns":[{"name":"Count","type":"integer","jsonPath":".spec.count"}],\
    "schema":{"openAPIV3Schema":{"type":"object","properties":{"spec":{"type":"object","properties":{\
    "count":{"type":"integer","minimum":0,"default":1},\
    "name":{"type":"string","maxLength":20,"pattern":"^[a-z]+$"},\
    "steps":{"type":"array","maxItems":8,"items":{"type":"string","maxLength":20}}},\
    "x-kubernetes-validations":[{"rule":"self.steps.all(s, s.size() > 1)","message":"short"},\
    {"rule":"self.count <= 10 && self.name.startsWith('d')","messageExpression":"'not ' + self.name"}]},\
    "status":{"type":"object","x-kubernetes-preserve-unknown-fields":true}}}}}]}}\
    """;
  }

  private static String drill() {
    return """
    {"apiVersion":"training.pintle.dev/v1","kind":"Drill","metadata":{"generateName":"training-"},\
    "spec":{"name":"drill","steps":["one","two"]}}\
    """;
  }

  @Override
  public void close() {
    client.shutdownNow();
    client.close();
  }
}
