package dev.pintle.kube.instance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pintle.kube.crd.SchemaReader;
import dev.pintle.kube.object.Json;
import dev.pintle.kube.object.JsonObject;
import dev.pintle.kube.object.YamlReader;
import dev.pintle.kube.scenario.Story;
import dev.pintle.kube.schema.BuiltInTypes;
import dev.pintle.kube.schema.Field;
import dev.pintle.kube.schema.FieldFacts;
import dev.pintle.kube.schema.FieldTable;
import dev.pintle.kube.schema.GenerationRule;
import dev.pintle.kube.schema.GroupVersion;
import dev.pintle.kube.schema.Ownership;
import dev.pintle.kube.schema.ResourceNames;
import dev.pintle.kube.schema.ResourceType;
import dev.pintle.kube.schema.SchemaNode;
import dev.pintle.kube.schema.StorageStrategy;
import dev.pintle.kube.schema.ValueKind;
import dev.pintle.kube.schema.Verb;
import dev.pintle.kube.validation.FieldError;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// The stories in `src/test/scenarios/instances`: what a schema asks of its objects, and what is told of one.
///
/// ```
/// # What it shows.
/// field {type: string}
/// create {f: 1}
/// ----
/// f: Invalid value: …
/// ```
/// `field` gives the schema of the field `f`, `schema` that of the whole; `given OBJECT` and `merge CHANGE` make an update.
final class InstanceScenarioTest {
  private static final Path FOLDER = Path.of("src/test/scenarios/instances");
  private static final GroupVersion VERSION = GroupVersion.parse("example.com/v1");
  private static final SchemaNode METADATA =
      BuiltInTypes.load().definition("io.k8s.apimachinery.pkg.apis.meta.v1.ObjectMeta");

  static Stream<Story> stories() throws IOException {
    return Story.in(FOLDER);
  }

  @ParameterizedTest
  @MethodSource("stories")
  void theStoryEndsAsTold(Story story) {
    assertThat(told(story)).as(story.claim()).isEqualTo(story.expected());
  }

  private static List<String> told(Story story) {
    ResourceType type = type(schema(story.asked().getFirst()));
    JsonObject object = object();
    merge(object, after(story.asked().get(1)));
    List<FieldError> errors = CustomResourceCheck.onCreate(type, object, List.of());
    if (story.asked().size() > 2) {
      assertThat(errors).as("the object that is given").isEmpty();
      JsonObject changed = object.copy();
      merge(changed, after(story.asked().get(2)));
      errors = CustomResourceCheck.onUpdate(type, "", changed, object, List.of(), _ -> {});
    }
    List<String> told = new ArrayList<>();
    errors.forEach(error -> told.add(error.field() + ": " + error.message()));
    return told.isEmpty() ? List.of("ok") : told;
  }

  private static JsonObject schema(String line) {
    JsonObject given = after(line);
    return line.startsWith("schema ")
        ? given
        : new JsonObject()
            .set("type", "object")
            .set("properties", new JsonObject().set("f", given));
  }

  private static JsonObject object() {
    return new JsonObject()
        .set("apiVersion", VERSION.text())
        .set("kind", "Thing")
        .set("metadata", new JsonObject().set("name", "x").set("namespace", "ns"));
  }

  /// What stands after the first word.
  private static JsonObject after(String line) {
    if (YamlReader.read(line.substring(line.indexOf(' ') + 1)) instanceof JsonObject object) {
      return object;
    }
    throw new IllegalArgumentException(line + " (expected: a word and an object)");
  }

  private static ResourceType type(JsonObject schema) {
    SchemaNode own = SchemaReader.read(schema);
    List<Field> fields = new ArrayList<>();
    fields.add(new Field("apiVersion", () -> SchemaNode.of(ValueKind.TEXT), FieldFacts.PLAIN));
    fields.add(new Field("kind", () -> SchemaNode.of(ValueKind.TEXT), FieldFacts.PLAIN));
    fields.add(new Field("metadata", () -> METADATA, FieldFacts.PLAIN));
    own.fields().forEach(fields::add);
    SchemaNode.Head head =
        new SchemaNode.Head(ValueKind.OBJECT, "", Ownership.DEFAULT, own.rules());
    SchemaNode.Parts parts = new SchemaNode.Parts(new FieldTable(fields), null, () -> "");
    SchemaNode root = new SchemaNode(head, () -> parts);
    ResourceNames names =
        new ResourceNames("things", "thing", "Thing", "ThingList", List.of(), List.of());
    ResourceType.Serving serving =
        new ResourceType.Serving(
            EnumSet.allOf(Verb.class),
            List.of(),
            new StorageStrategy(
                "/registry/example.com/things", "", false, true, GenerationRule.SPEC),
            List.of(),
            List.of(),
            null);
    return new ResourceType(VERSION, names, true, serving, () -> root);
  }

  private static void merge(JsonObject target, JsonObject change) {
    for (JsonObject.Field field : change) {
      switch (field.value()) {
        case JsonObject object when target.get(field.name()) instanceof JsonObject there ->
            merge(there, object);
        case Json value -> target.set(field.name(), value);
      }
    }
  }
}
