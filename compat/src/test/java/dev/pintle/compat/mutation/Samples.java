package dev.pintle.compat.mutation;

import dev.pintle.compat.harness.GoldenData;
import dev.pintle.compat.harness.KubeClient;
import dev.pintle.compat.twin.Corpus;
import dev.pintle.compat.twin.TwinRequest;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// The objects of all kinds with which the twin's corpus begins, and what the servers serve of them.
final class Samples {
  private static final Path CORPUS = Path.of("src/test/twin");
  private static final String FILE = "10-samples";
  private static final List<String> PARTS =
      List.of("status", "scale", "resize", "ephemeralcontainers", "approval");

  private Samples() {}

  /// The requests that make them, and the ones between that wait.
  static List<TwinRequest> requests() throws IOException {
    return Corpus.read(CORPUS).stream()
        .filter(request -> request.place().startsWith(FILE))
        .toList();
  }

  static List<Sample> of(List<TwinRequest> requests, KubeClient admin) {
    List<Sample> samples = new ArrayList<>();
    for (TwinRequest request : requests) {
      if (request.method().equals("POST")) {
        ObjectNode object = (ObjectNode) Trees.MAPPER.readTree(request.body());
        String version = object.path("apiVersion").asString("");
        String kind = object.path("kind").asString("");
        ObjectNode whole =
            GoldenData.read(version, kind, "json")
                .map(golden -> (ObjectNode) Trees.MAPPER.readTree(golden))
                .orElseGet(Trees.MAPPER::createObjectNode);
        samples.add(new Sample(request.path(), object, whole, parts(request.path(), admin)));
      }
    }
    return List.copyOf(samples);
  }

  private static List<String> parts(String collection, KubeClient admin) {
    List<String> steps = List.of(collection.substring(1).split("/", -1));
    String root = "/" + String.join("/", steps.subList(0, steps.getFirst().equals("api") ? 2 : 3));
    List<String> parts = new ArrayList<>();
    for (JsonNode served : admin.get(root).json().path("resources")) {
      for (String part : PARTS) {
        if (served.path("name").asString("").equals(steps.getLast() + "/" + part)) {
          parts.add(part);
        }
      }
    }
    return List.copyOf(parts);
  }
}
