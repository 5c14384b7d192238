package dev.pintle.kube.ownership;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pintle.kube.decode.Canonicalizer;
import dev.pintle.kube.object.Json;
import dev.pintle.kube.object.JsonArray;
import dev.pintle.kube.object.JsonObject;
import dev.pintle.kube.object.JsonWriter;
import dev.pintle.kube.schema.BuiltInTypes;
import dev.pintle.kube.schema.Field;
import dev.pintle.kube.schema.ResourceType;
import dev.pintle.kube.schema.SchemaNode;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/// The claim that what is written straight to bytes is what the comparison with the blank object finds.
class FirstWriteTest {
  private static final int OBJECTS_PER_KIND = 20;
  private static final int DEPTH_MAX = 7;

  private final long seed = System.nanoTime();
  private final SplittableRandom random = new SplittableRandom(seed);
  private final ResetFields resetFields = ResetFields.load();

  @Test
  void everyKindIsWrittenAsItIsCompared() {
    System.out.println("everyKindIsWrittenAsItIsCompared seed=" + seed);
    List<ResourceType> types = BuiltInTypes.load().snapshot().resources();
    assertThat(types.size()).isGreaterThan(50);
    for (ResourceType type : types) {
      JsonObject blank = Canonicalizer.canonical(type.schema(), new JsonObject());
      for (int i = 0; i < OBJECTS_PER_KIND; i++) {
        JsonObject object = Canonicalizer.canonical(type.schema(), object(type.schema(), 0));
        compare(type, blank, object);
      }
    }
  }

  private void compare(ResourceType type, JsonObject blank, JsonObject object) {
    Write write = new Write(type.groupVersionKind(), type.schema(), type.hasStatus(), "", "me");
    FieldSet reset = resetFields.of(write);
    JsonWriter out = new JsonWriter(64);

    boolean any = FirstWrite.write(out, write.grain(), blank, object, reset);

    Comparison change = Comparison.of(write.grain(), blank, object).outside(reset);
    FieldSet owned = UnownedFields.from(change.written());
    assertThat(new String(out.toBytes(), StandardCharsets.UTF_8))
        .as("seed %d: %s %s", seed, type, JsonWriter.text(object))
        .isEqualTo(JsonWriter.text(FieldsV1.write(owned)));
    assertThat(any).isEqualTo(!owned.isEmpty());
  }

  private JsonObject object(SchemaNode node, int depth) {
    JsonObject object = new JsonObject();
    for (Field field : node.fields()) {
      if (random.nextInt(depth < 2 ? 2 : 4) == 0) {
        object.set(field.name(), value(field.node(), depth + 1));
      }
    }
    return object;
  }

  private Json value(SchemaNode node, int depth) {
    boolean deep = depth > DEPTH_MAX;
    return switch (node.kind()) {
      case OBJECT -> deep ? new JsonObject() : object(node, depth);
      case MAP -> map(node, deep ? DEPTH_MAX + 1 : depth);
      case LIST -> list(node, deep ? DEPTH_MAX + 1 : depth);
      case TEXT -> Json.of("t" + random.nextInt(3));
      case INT32, INT64, DOUBLE, INT_OR_STRING -> Json.of(random.nextInt(3));
      case BOOLEAN -> Json.of(random.nextBoolean());
      case BYTES -> Json.of("");
      case TIME -> Json.of("2020-01-01T00:00:00Z");
      case MICRO_TIME -> Json.of("2020-01-01T00:00:00.000000Z");
      case QUANTITY -> Json.of(random.nextInt(3) + "m");
      case ANY -> new JsonObject().set("a", Json.of(1)).set("b", new JsonObject().set("c", "d"));
    };
  }

  private JsonObject map(SchemaNode node, int depth) {
    JsonObject map = new JsonObject();
    int entries = depth > DEPTH_MAX ? 0 : random.nextInt(4);
    for (int i = 0; i < entries; i++) {
      map.set("e" + random.nextInt(9), value(node.items(), depth + 1));
    }
    return map;
  }

  private JsonArray list(SchemaNode node, int depth) {
    JsonArray list = new JsonArray();
    int items = depth > DEPTH_MAX ? 0 : random.nextInt(4);
    for (int i = 0; i < items; i++) {
      list.add(value(node.items(), depth + 1));
    }
    return list;
  }
}
