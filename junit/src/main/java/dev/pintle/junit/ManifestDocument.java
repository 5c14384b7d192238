package dev.pintle.junit;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/// One object of a manifest. Sent is its text as it was written, since the server reads YAML in its own dialect.
///
/// @param place the file and which of its documents, for people
/// @param namespace empty where none is named
/// @param name empty where the server is to make one
record ManifestDocument(
    String place, String apiVersion, String kind, String namespace, String name, String text) {
  private static final String SEPARATOR = "---";

  /// @param file for people
  static List<ManifestDocument> read(String file, String text) {
    List<ManifestDocument> documents = new ArrayList<>();
    List<String> parts = parts(text);
    for (int i = 0; i < parts.size(); i++) {
      String place = parts.size() == 1 ? file : "%s, document %d".formatted(file, i + 1);
      Object content = parse(place, parts.get(i));
      if (content != null) {
        add(documents, place, object(place, content), parts.get(i));
      }
    }
    return documents;
  }

  private static void add(
      List<ManifestDocument> documents, String place, Map<?, ?> content, String text) {
    String kind = text(content.get("kind"));
    String apiVersion = text(content.get("apiVersion"));
    if (kind.isEmpty() || apiVersion.isEmpty()) {
      throw new PintleTestException(
          "%s: no apiVersion or no kind (expected: a manifest of Kubernetes)".formatted(place));
    }
    if (kind.endsWith("List") && content.get("items") instanceof List<?> items) {
      for (Object item : items) {
        add(documents, place, object(place, item), JsonText.of(item));
      }
      return;
    }
    Map<?, ?> metadata = object(place, content.get("metadata"));
    String name = text(metadata.get("name"));
    if (name.isEmpty() && text(metadata.get("generateName")).isEmpty()) {
      throw new PintleTestException(
          "%s: %s without a name (expected: metadata.name)".formatted(place, kind));
    }
    documents.add(
        new ManifestDocument(place, apiVersion, kind, text(metadata.get("namespace")), name, text));
  }

  /// Cut where a line is a separator, as kubectl cuts it: at the beginning of a line no text that is quoted can go on.
  private static List<String> parts(String text) {
    List<String> parts = new ArrayList<>();
    StringBuilder part = new StringBuilder();
    for (String line : text.lines().toList()) {
      if (line.equals(SEPARATOR) || line.startsWith(SEPARATOR + ' ')) {
        parts.add(part.toString());
        part.setLength(0);
      } else {
        part.append(line).append('\n');
      }
    }
    parts.add(part.toString());
    parts.removeIf(String::isBlank);
    return parts;
  }

  private static @Nullable Object parse(String place, String text) {
    try {
      return new Load(LoadSettings.builder().setLabel(place).build()).loadFromString(text);
    } catch (YamlEngineException broken) {
      throw new PintleTestException(
          "%s is not YAML: %s".formatted(place, broken.getMessage()), broken);
    }
  }

  /// What a text of the server says.
  static Map<?, ?> object(String place, @Nullable Object content) {
    if (content instanceof Map<?, ?> object) {
      return object;
    }
    throw new PintleTestException(
        "%s: not an object (expected: a manifest of Kubernetes, with metadata)".formatted(place));
  }

  static String text(@Nullable Object value) {
    return value == null ? "" : value.toString();
  }

  /// The group of the API, empty for the oldest one.
  String group() {
    int slash = apiVersion.indexOf('/');
    return slash < 0 ? "" : apiVersion.substring(0, slash);
  }

  boolean isDefinition() {
    return kind.equals("CustomResourceDefinition") && group().equals("apiextensions.k8s.io");
  }

  /// For people.
  @Override
  public String toString() {
    return "%s %s (%s)".formatted(kind, name.isEmpty() ? "without a name" : name, place);
  }
}
