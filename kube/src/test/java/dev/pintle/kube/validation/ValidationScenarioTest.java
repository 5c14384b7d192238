package dev.pintle.kube.validation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pintle.kube.defaults.TypeDefaults;
import dev.pintle.kube.object.Json;
import dev.pintle.kube.object.JsonObject;
import dev.pintle.kube.object.JsonReader;
import dev.pintle.kube.schema.BuiltInTypes;
import dev.pintle.kube.schema.ResourceType;
import dev.pintle.kube.schema.TypeSnapshot;
import dev.pintle.kube.strategy.Strategies;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// The stories in `src/test/scenarios/validation`: what a client sends, and what it is told.
final class ValidationScenarioTest {
  private static final Path FOLDER = Path.of("src/test/scenarios/validation");
  private static final TypeSnapshot TYPES = BuiltInTypes.load().snapshot();
  private static final TypeDefaults DEFAULTS =
      TypeDefaults.builtIn(text -> JsonReader.read(text.getBytes(StandardCharsets.UTF_8)));
  private static final Strategies STRATEGIES = Strategies.builtIn();
  private static final ObjectValidation VALIDATION = ObjectValidation.builtIn(false);

  static Stream<Scenario> scenarios() throws IOException {
    List<Scenario> all = new ArrayList<>();
    try (Stream<Path> files = Files.list(FOLDER)) {
      for (Path file : files.sorted().toList()) {
        all.addAll(Scenario.parse(Files.readAllLines(file)));
      }
    }
    return all.stream();
  }

  @ParameterizedTest
  @MethodSource("scenarios")
  void theStoryEndsAsTold(Scenario scenario) {
    assertThat(told(scenario)).as(scenario.claim()).isEqualTo(scenario.expected());
  }

  static List<String> told(Scenario scenario) {
    ResourceType type = type(scenario.kind());
    JsonObject created = stamped(type, scenario.object());
    STRATEGIES.normalize(type, created);
    DEFAULTS.apply(type.schema(), created);
    STRATEGIES.prepareForCreate(type, created);
    List<FieldError> errors = VALIDATION.onCreate(type, created);
    if (scenario.isUpdate()) {
      assertThat(errors).as("the object that is given").isEmpty();
      JsonObject changed = created.copy();
      merge(changed, scenario.change());
      STRATEGIES.normalize(type, changed);
      DEFAULTS.apply(type.schema(), changed);
      STRATEGIES.prepareForUpdate(type, changed, created, "");
      errors = VALIDATION.onUpdate(type, changed, created, "");
    }
    List<String> told = new ArrayList<>();
    errors.forEach(
        error -> told.add((error.field() + ": " + error.message()).replace("\n", "\\n")));
    return told.isEmpty() ? List.of("ok") : told;
  }

  private static ResourceType type(String kind) {
    return TYPES.resources().stream()
        .filter(type -> type.kind().equals(kind))
        .findFirst()
        .orElseThrow();
  }

  private static JsonObject stamped(ResourceType type, JsonObject object) {
    JsonObject metadata = object.objectAt("metadata");
    if (!metadata.has("name")) {
      metadata.set("name", "x");
    }
    if (type.namespaced()) {
      metadata.set("namespace", "ns");
    }
    metadata.set("uid", "11111111-2222-4333-8444-555555555555");
    metadata.set("creationTimestamp", "2026-01-01T00:00:00Z");
    metadata.set("resourceVersion", "1");
    return object;
  }

  private static void merge(JsonObject target, JsonObject change) {
    for (JsonObject.Field field : change) {
      switch (field.value()) {
        case Json.Null _ -> target.remove(field.name());
        case JsonObject object -> merge(target.objectAt(field.name()), object);
        case Json value -> target.set(field.name(), value);
      }
    }
  }
}
