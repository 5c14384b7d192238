package dev.pintle.kube.admission;

import dev.pintle.kube.object.Json;
import dev.pintle.kube.object.JsonArray;
import dev.pintle.kube.object.JsonObject;
import dev.pintle.kube.object.JsonSyntaxException;
import dev.pintle.kube.object.YamlReader;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The configurations of admission plugins, by their names: what an AdmissionConfiguration of `apiserver.config.k8s.io/v1` says, or
/// the files that it names.
///
/// @param plugins the configuration of each plugin by its name
public record AdmissionConfiguration(Map<String, JsonObject> plugins) {
  public static final AdmissionConfiguration NONE = new AdmissionConfiguration(Map.of());

  private static final String KIND = "AdmissionConfiguration";
  private static final Set<String> VERSIONS =
      Set.of("apiserver.config.k8s.io/v1", "apiserver.k8s.io/v1alpha1");
  private static final Set<String> FIELDS = Set.of("apiVersion", "kind", "plugins");
  private static final Set<String> PLUGIN_FIELDS = Set.of("name", "path", "configuration");

  /// The configuration of this plugin may be the whole file, as upstream still takes it.
  private static final String SELECTORS = "PodNodeSelector";

  private static final String SELECTORS_FIELD = "podNodeSelectorPluginConfig";

  public AdmissionConfiguration {
    plugins = Map.copyOf(plugins);
  }

  /// A reader of the files that a configuration names.
  @FunctionalInterface
  public interface Files {
    /// @param path as the configuration has it: if it is relative, to the folder of the configuration
    String read(String path) throws IOException;
  }

  /// @param text YAML or JSON
  /// @throws IllegalArgumentException when it is none
  public static AdmissionConfiguration parse(String text, Files files) {
    JsonObject read = document(text);
    if (!read.has("kind") && read.has(SELECTORS_FIELD)) {
      return new AdmissionConfiguration(Map.of(SELECTORS, read));
    }
    String version = read.textOrEmpty("apiVersion");
    String kind = read.textOrEmpty("kind");
    if (!kind.equals(KIND) || !VERSIONS.contains(version)) {
      throw new IllegalArgumentException(
          "kind \"%s\" of version \"%s\" (expected: %s of apiserver.config.k8s.io/v1)"
              .formatted(kind, version, KIND));
    }
    requireKnown(read, FIELDS, "");
    Map<String, JsonObject> plugins = new LinkedHashMap<>();
    List<JsonObject> entries = entries(read);
    for (int i = 0; i < entries.size(); i++) {
      String at = "plugins[%d]".formatted(i);
      JsonObject entry = entries.get(i);
      requireKnown(entry, PLUGIN_FIELDS, at + ".");
      String name = entry.textOrEmpty("name");
      if (name.isEmpty()) {
        throw new IllegalArgumentException(at + ".name: missing (expected: that of a plugin)");
      }
      JsonObject configuration = configuration(entry, at, files);
      if (plugins.containsKey(name)) {
        throw new IllegalArgumentException(at + ".name: %s is there twice".formatted(name));
      }
      if (configuration != null) {
        plugins.put(name, configuration);
      }
    }
    return new AdmissionConfiguration(plugins);
  }

  private static JsonObject document(String text) {
    try {
      if (YamlReader.read(text) instanceof JsonObject object) {
        return object;
      }
    } catch (JsonSyntaxException broken) {
      throw new IllegalArgumentException(String.valueOf(broken.getMessage()), broken);
    }
    throw new IllegalArgumentException("no object (expected: a document in YAML or JSON)");
  }

  private static List<JsonObject> entries(JsonObject read) {
    Json plugins = read.get("plugins");
    if (plugins == null || Json.NULL.equals(plugins)) {
      return List.of();
    }
    if (plugins instanceof JsonArray array && array.objects().size() == array.size()) {
      return array.objects();
    }
    throw new IllegalArgumentException("plugins: no list of objects");
  }

  private static @Nullable JsonObject configuration(JsonObject entry, String at, Files files) {
    Json inline = entry.get("configuration");
    if (inline instanceof JsonObject object) {
      return object;
    }
    if (inline != null && !Json.NULL.equals(inline)) {
      throw new IllegalArgumentException(at + ".configuration: no object");
    }
    String path = entry.textOrEmpty("path");
    if (path.isEmpty()) {
      return null;
    }
    try {
      return document(files.read(path));
    } catch (IOException unreadable) {
      throw new IllegalArgumentException(
          "%s.path: %s cannot be read: %s".formatted(at, path, unreadable), unreadable);
    } catch (IllegalArgumentException bad) {
      throw new IllegalArgumentException(
          "%s.path: %s: %s".formatted(at, path, bad.getMessage()), bad);
    }
  }

  /// Refuses a field that is not known.
  ///
  /// @param at the path of the object, with a dot behind it
  /// @throws IllegalArgumentException that names it
  public static void requireKnown(JsonObject object, Set<String> known, String at) {
    for (JsonObject.Field field : object) {
      if (!known.contains(field.name())) {
        throw new IllegalArgumentException(
            "strict decoding error: unknown field \"%s%s\"".formatted(at, field.name()));
      }
    }
  }

  /// The configuration of a plugin; empty where nothing is said of it.
  public Optional<JsonObject> of(String plugin) {
    return Optional.ofNullable(plugins.get(plugin)).map(JsonObject::copy);
  }

  /// The plugins that it says something of.
  public Set<String> names() {
    return plugins.keySet();
  }
}
