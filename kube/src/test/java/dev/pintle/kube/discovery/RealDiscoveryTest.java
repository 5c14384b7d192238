package dev.pintle.kube.discovery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.pintle.kube.object.Json;
import dev.pintle.kube.object.JsonArray;
import dev.pintle.kube.object.JsonObject;
import dev.pintle.kube.object.JsonReader;
import dev.pintle.kube.schema.ApiGroup;
import dev.pintle.kube.schema.GroupVersion;
import dev.pintle.kube.schema.TypeRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/// Every document against the one that upstream's module `k8s.io/kubernetes` holds for the same
/// version of a group. Those were recorded with all versions on; what they have more is left out
/// here. Without the module these tests say so.
final class RealDiscoveryTest {
  private static final String MODULE = "k8s.io/kubernetes@v1.37.2/api/discovery";

  private final TypeRegistry registry = TypeRegistry.ofBuiltIns();
  private final DiscoveryDocuments documents = new DiscoveryDocuments(registry);

  @TestFactory
  Stream<DynamicTest> resourcesAreThoseOfTheRealServer() {
    assumeTrue(
        Files.isDirectory(folder()),
        "discovery: not on this machine (expected: the Go module " + MODULE + ")");
    return registry.current().groups().stream()
        .flatMap(group ->
            group.versions().stream().map(version -> new GroupVersion(group.name(), version)))
        .map(version -> DynamicTest.dynamicTest(version.text(), () -> compare(version)));
  }

  @Test
  void groupsComeInTheOrderOfTheRealServer() {
    assumeTrue(
        Files.isDirectory(folder()),
        "discovery: not on this machine (expected: the Go module " + MODULE + ")");
    List<String> served = registry.current().groups().stream().map(ApiGroup::name).toList();
    List<String> real =
        resourcesOf(json("apis.json"), "groups").stream()
            .map(group -> String.valueOf(group.text("name")))
            .filter(served::contains)
            .toList();
    assertThat(served.subList(1, served.size())).isEqualTo(real);
  }

  private void compare(GroupVersion version) {
    String file =
        version.group().isEmpty()
            ? "api__v1.json"
            : "apis__%s__%s.json".formatted(version.group(), version.version());
    List<JsonObject> real = resourcesOf(json(file), "resources");
    assertThat(resourcesOf(documents.resources(version).orElseThrow(), "resources"))
        .isEqualTo(real);
  }

  private static List<JsonObject> resourcesOf(JsonObject document, String field) {
    JsonArray array = Objects.requireNonNull(document.array(field), field);
    List<JsonObject> found = new java.util.ArrayList<>();
    for (Json item : array) {
      found.add((JsonObject) item);
    }
    return found;
  }

  private static JsonObject json(String file) {
    try {
      return (JsonObject) JsonReader.read(Files.readAllBytes(folder().resolve(file)));
    } catch (IOException e) {
      throw new java.io.UncheckedIOException("reading " + file, e);
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
