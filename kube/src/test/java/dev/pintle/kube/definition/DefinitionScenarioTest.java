package dev.pintle.kube.definition;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.pintle.kube.object.Json;
import dev.pintle.kube.object.JsonObject;
import dev.pintle.kube.object.YamlReader;
import dev.pintle.kube.scenario.Story;
import dev.pintle.kube.schema.BuiltInTypes;
import dev.pintle.kube.schema.GroupVersion;
import dev.pintle.kube.schema.ResourceType;
import dev.pintle.kube.validation.FieldError;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// The stories in `src/test/scenarios/definitions`: what is changed in a definition that is fine, and what is told of it.
///
/// ```
/// # What it shows.
/// create {spec: {scope: Galactic}}
/// ----
/// spec.scope: Unsupported value: …
/// ```
/// `field SCHEMA` gives the schema of a field `f` of its objects; `update CHANGE` changes the definition that is there; `ok`
/// says that nothing is wrong, and `warns` stands before what is told and not refused.
final class DefinitionScenarioTest {
  /// That of definitions.
  private static final ResourceType TYPE =
      requireNonNull(
          BuiltInTypes.load()
              .snapshot()
              .resource(
                  GroupVersion.parse("apiextensions.k8s.io/v1"), "customresourcedefinitions"));

  private static final Path FOLDER = Path.of("src/test/scenarios/definitions");

  private static final String FINE =
      """
      {metadata: {name: things.example.com},
       spec: {group: example.com, scope: Namespaced,
              names: {plural: things, singular: thing, kind: Thing, listKind: ThingList},
              conversion: {strategy: None},
              versions: [{name: v1, served: true, storage: true, schema: {openAPIV3Schema:
                {type: object, properties: {f: {type: string}, spec: {type: object, properties: {n: {type: integer}}}}}}}]},
       status: {storedVersions: [v1], conditions: [{type: Established, status: "True"}]}}
      """;

  static Stream<Story> stories() throws IOException {
    return Story.in(FOLDER);
  }

  @ParameterizedTest
  @MethodSource("stories")
  void theStoryEndsAsTold(Story story) {
    assertThat(told(story)).as(story.claim()).isEqualTo(story.expected());
  }

  private static List<String> told(Story story) {
    String asked = String.join("\n", story.asked());
    int space = asked.indexOf(' ');
    String verb = asked.substring(0, space);
    String change = asked.substring(space + 1);
    JsonObject fine = yaml(FINE);
    List<String> warnings = new ArrayList<>();
    assertThat(DefinitionCheck.onCreate(TYPE, yaml(FINE), warnings::add)).isEmpty();
    List<FieldError> errors =
        switch (verb) {
          case "create" -> DefinitionCheck.onCreate(TYPE, changed(yaml(change)), warnings::add);
          case "field" -> DefinitionCheck.onCreate(TYPE, withField(change), warnings::add);
          case "update" ->
              DefinitionCheck.onUpdate(TYPE, changed(yaml(change)), fine, warnings::add);
          default ->
              throw new IllegalArgumentException(verb + " (expected: create, field or update)");
        };
    List<String> told = new ArrayList<>();
    errors.forEach(error -> told.add(error.field() + ": " + error.message()));
    warnings.forEach(warning -> told.add("warns " + warning));
    return told.isEmpty()
        ? List.of("ok")
        : told.stream().map(line -> line.replace("\n", "\\n")).toList();
  }

  private static JsonObject changed(JsonObject change) {
    JsonObject definition = yaml(FINE);
    merge(definition, change);
    return definition;
  }

  private static JsonObject withField(String schema) {
    return yaml(FINE.replace("f: {type: string}", "f: " + schema));
  }

  private static JsonObject yaml(String text) {
    if (YamlReader.read(text) instanceof JsonObject object) {
      return object;
    }
    throw new IllegalArgumentException(text + " (expected: an object)");
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
