package dev.pintle.compat.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pintle.compat.harness.KubeClient;
import dev.pintle.compat.harness.RealKube;
import dev.pintle.compat.harness.RunningPintle;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// The real API server keeps its objects in Pintle's etcd surface. Objects of many kinds are written by one of the two
/// and read by the other; each must look as its writer shows it.
class SharedStoreIT {
  /// Samples of every kind, as they are sent; made for the comparison of both servers.
  private static final Path SAMPLES = Path.of("src/test/twin/10-samples.twin");

  @TempDir private Path data;

  /// The place where samples are sent.
  private record Sample(String collection, String body) {}

  /// The creations of built-in kinds in the corpus; what is answered without being stored is left out.
  private static List<Sample> samples() throws IOException {
    List<Sample> samples = new ArrayList<>();
    for (String block : Files.readString(SAMPLES).split("(?m)^%%\\n?", -1)) {
      List<String> lines = block.lines().dropWhile(line -> line.startsWith("# ")).toList();
      boolean creation = !lines.isEmpty() && lines.getFirst().startsWith("POST /");
      int empty = lines.indexOf("");
      if (creation && empty > 0) {
        String path = lines.getFirst().substring("POST ".length());
        String body = String.join("\n", lines.subList(empty + 1, lines.size()));
        boolean left =
            path.contains("review")
                || path.contains("customresource")
                || path.contains("facts.example.com")
                || path.contains("?")
                || path.contains("/token");
        if (!left) {
          samples.add(new Sample(path, body));
        }
      }
    }
    return samples;
  }

  /// Sends the samples that this server takes; answers what it shows of them afterwards, by path.
  private static Map<String, JsonNode> write(KubeClient client) throws IOException {
    List<String> paths = new ArrayList<>();
    for (Sample sample : samples()) {
      KubeClient.Answer answer = client.post(sample.collection(), sample.body());
      if (answer.code() == 201) {
        String name = answer.json().path("metadata").path("name").asString();
        paths.add(sample.collection() + "/" + name);
      }
    }
    assertThat(paths).hasSizeGreaterThan(30);
    return read(client, paths);
  }

  private static Map<String, JsonNode> read(KubeClient client, Iterable<String> paths) {
    Map<String, JsonNode> shown = new LinkedHashMap<>();
    for (String path : paths) {
      KubeClient.Answer answer = client.get(path);
      assertThat(answer.code()).as("%s: %s", path, answer.text()).isEqualTo(200);
      shown.put(path, plain(answer.json()));
    }
    return shown;
  }

  /// The same by lists, which the real server answers from what it watched in its store.
  private static Map<String, JsonNode> listed(KubeClient client, Iterable<String> paths) {
    Map<String, JsonNode> shown = new LinkedHashMap<>();
    for (String path : paths) {
      int slash = path.lastIndexOf('/');
      String selector = "?fieldSelector=metadata.name%3D" + path.substring(slash + 1);
      JsonNode list = client.get(path.substring(0, slash) + selector).json();
      assertThat(list.path("items").size()).as(path + ": " + list).isEqualTo(1);
      shown.put(path, plain(list.path("items").get(0)));
    }
    return shown;
  }

  /// Who manages a field is told by the real server only; controllers of it go on writing status.
  private static JsonNode plain(JsonNode object) {
    if (object.path("metadata") instanceof ObjectNode metadata) {
      metadata.remove("managedFields");
      metadata.remove("resourceVersion");
      metadata.remove("generation");
    }
    if (object instanceof ObjectNode whole) {
      whole.remove("status");
      whole.remove("kind");
      whole.remove("apiVersion");
    }
    return object;
  }

  private static Map<String, String> texts(Map<String, JsonNode> objects) {
    Map<String, String> texts = new TreeMap<>();
    objects.forEach((path, object) -> texts.put(path, sorted(object)));
    return texts;
  }

  private static String sorted(JsonNode node) {
    if (!node.isObject()) {
      return node.isArray()
          ? node.valueStream().map(SharedStoreIT::sorted).toList().toString()
          : node.toString();
    }
    Map<String, String> fields = new TreeMap<>();
    node.properties().forEach(field -> fields.put(field.getKey(), sorted(field.getValue())));
    return fields.toString();
  }

  @Test
  void theRealServerReadsWhatPintleWrote() throws IOException {
    Map<String, JsonNode> written;
    try (RunningPintle pintle = up();
        KubeClient client = KubeClient.of(pintle);
        RealKube real = RealKube.over(pintle.etcd(), data.resolve("real"))) {
      written = write(client);
      assertThat(texts(read(real.client(), written.keySet()))).isEqualTo(texts(written));
      assertThat(texts(listed(real.client(), written.keySet()))).isEqualTo(texts(written));
    }
  }

  @Test
  void pintleReadsWhatTheRealServerWroteAndStillDoesAfterARestart() throws IOException {
    Map<String, JsonNode> written;
    try (RunningPintle pintle = up();
        KubeClient client = KubeClient.of(pintle);
        RealKube real = RealKube.over(pintle.etcd(), data.resolve("real"))) {
      written = write(real.client());
      assertThat(texts(read(client, written.keySet()))).isEqualTo(texts(written));
      pintle.child().terminate();
    }
    try (RunningPintle again = up();
        KubeClient client = KubeClient.of(again)) {
      assertThat(texts(read(client, written.keySet()))).isEqualTo(texts(written));
      assertThat(client.get("/api/v1/namespaces").json().path("items").size()).isGreaterThan(3);
    }
  }

  private RunningPintle up() {
    return RunningPintle.alone(
        data.resolve("pintle"), "--etcd", "127.0.0.1:0", "--kube", "127.0.0.1:0");
  }
}
