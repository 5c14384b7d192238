package dev.pintle.compat.quota;

import dev.pintle.compat.harness.KubeClient;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;

/// A watch of all objects of one kind from the beginning of the store on, which keeps what it is told until it is told of the object that
/// ends the race.
///
/// @param kind null for quotas
/// @param namespaces of which changes are kept
record RaceWatch(KubeClient client, @Nullable RaceKind kind, List<String> namespaces)
    implements Callable<List<RaceChange>> {
  /// The name of what is made of every kind once the race is over.
  static final String END = "the-end";

  static final String QUOTAS = "/api/v1/resourcequotas";
  private static final ObjectMapper MAPPER = new ObjectMapper();

  @Override
  public List<RaceChange> call() throws IOException {
    String path = kind == null ? QUOTAS : kind.everywhere();
    List<RaceChange> changes = new ArrayList<>();
    try (InputStream body =
            client.open(path + "?watch=1&timeoutSeconds=7200&resourceVersion=1", KubeClient.JSON);
        BufferedReader lines =
            new BufferedReader(new InputStreamReader(body, StandardCharsets.UTF_8))) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        JsonNode event = MAPPER.readTree(line);
        JsonNode object = event.path("object");
        if (object.path("metadata").path("name").asString("").equals(END)) {
          return changes;
        }
        if (namespaces.contains(object.path("metadata").path("namespace").asString(""))) {
          changes.add(change(path, event.path("type").asString(""), object));
        }
      }
    }
    throw new AssertionError(path + ": the watch ended before the race");
  }

  private static String note(String type, JsonNode object) {
    JsonNode metadata = object.path("metadata");
    return "%s %s %s %s"
        .formatted(
            type,
            object.path("status").path("phase").asString(""),
            metadata.path("deletionTimestamp").asString(""),
            metadata.path("deletionGracePeriodSeconds").asString(""));
  }

  private RaceChange change(String path, String type, JsonNode object) {
    JsonNode metadata = object.path("metadata");
    String namespace = metadata.path("namespace").asString("");
    long revision = Long.parseLong(metadata.path("resourceVersion").asString(""));
    String key = path + ' ' + namespace + ' ' + metadata.path("name").asString("");
    return switch (type) {
      case "ADDED", "MODIFIED" ->
          new RaceChange(
              revision,
              namespace,
              key,
              kind == null ? null : Footprint.of(kind, object),
              kind == null ? QuotaState.of(object) : null,
              note(type, object));
      case "DELETED" -> new RaceChange(revision, namespace, key, null, null, note(type, object));
      default -> throw new AssertionError(path + ": " + type + " " + object);
    };
  }
}
