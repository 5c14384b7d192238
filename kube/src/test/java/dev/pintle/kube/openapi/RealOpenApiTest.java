package dev.pintle.kube.openapi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.pintle.kube.object.Json;
import dev.pintle.kube.object.JsonObject;
import dev.pintle.kube.object.JsonReader;
import dev.pintle.kube.schema.GroupVersion;
import dev.pintle.kube.schema.TypeRegistry;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/// Every definition against that of upstream's module `k8s.io/kubernetes`: the same fields, of the
/// same shape, merged and owned in the same way. Its documents name no enumerations and were
/// written with all features on. Without the module these tests say so.
final class RealOpenApiTest {
  private static final String MODULE = "k8s.io/kubernetes@v1.37.2/api/openapi-spec/v3";

  /// What two documents must say alike of a field.
  private static final List<String> COMPARED =
      List.of(
          "type",
          "format",
          "items",
          "additionalProperties",
          "allOf",
          "x-kubernetes-list-type",
          "x-kubernetes-list-map-keys",
          "x-kubernetes-patch-merge-key",
          "x-kubernetes-patch-strategy");

  private final TypeRegistry registry = TypeRegistry.ofBuiltIns();
  private final OpenApiDocuments documents =
      new OpenApiDocuments(registry, "1.37", Clock.systemUTC());

  @TestFactory
  Stream<DynamicTest> definitionsAreThoseOfTheRealServer() {
    assumeTrue(
        Files.isDirectory(folder()),
        "OpenAPI: not on this machine (expected: the Go module " + MODULE + ")");
    return registry.current().groups().stream()
        .flatMap(group ->
            group.versions().stream().map(version -> new GroupVersion(group.name(), version)))
        .map(version -> DynamicTest.dynamicTest(version.text(), () -> compare(version)));
  }

  private void compare(GroupVersion version) {
    JsonObject real = schemas(real(version));
    JsonObject ours =
        schemas((JsonObject) JsonReader.read(documents.version(version).orElseThrow().json()));
    TreeMap<String, String> expected = new TreeMap<>();
    TreeMap<String, String> found = new TreeMap<>();
    for (JsonObject.Field definition : ours) {
      JsonObject counterpart = real.object(definition.name());
      if (counterpart != null) {
        describe(definition.name(), counterpart, expected);
        describe(definition.name(), (JsonObject) definition.value(), found);
      }
    }
    assertThat(found).isNotEmpty().isEqualTo(expected);
  }

  private static void describe(String name, JsonObject definition, Map<String, String> into) {
    into.put(name, "required " + names(definition));
    JsonObject properties = definition.object("properties");
    if (properties != null) {
      for (JsonObject.Field property : properties) {
        into.put(name + "." + property.name(), text((JsonObject) property.value()));
      }
    }
  }

  private static Set<String> names(JsonObject definition) {
    Set<String> names = new TreeSet<>();
    if (definition.array("required") != null) {
      for (Json name : Objects.requireNonNull(definition.array("required"))) {
        names.add(name.toString());
      }
    }
    return names;
  }

  private static String text(JsonObject property) {
    StringBuilder text = new StringBuilder();
    for (String word : COMPARED) {
      Json value = property.get(word);
      if (value instanceof JsonObject object) {
        text.append(word).append('=').append(text(object)).append(' ');
      } else if (value != null) {
        text.append(word).append('=').append(value).append(' ');
      }
    }
    Json ref = property.get("$ref");
    return ref == null ? text.toString() : "allOf=[{$ref: " + ref + "}] " + text;
  }

  private static JsonObject schemas(JsonObject document) {
    return Objects.requireNonNull(
        Objects.requireNonNull(document.object("components")).object("schemas"));
  }

  private static JsonObject real(GroupVersion version) {
    String file =
        version.group().isEmpty()
            ? "api__v1_openapi.json"
            : "apis__%s__%s_openapi.json".formatted(version.group(), version.version());
    try {
      return (JsonObject) JsonReader.read(Files.readAllBytes(folder().resolve(file)));
    } catch (IOException e) {
      throw new UncheckedIOException("reading " + file, e);
    }
  }

  private static Path folder() {
    String cache = System.getenv("GOMODCACHE");
    Path modules =
        cache == null
            ? Path.of(System.getProperty("user.home"), "go", "pkg", "mod")
            : Path.of(cache);
    return modules.resolve(MODULE);
  }
}
