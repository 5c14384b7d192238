package dev.pintle.kube.ownership;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pintle.kube.object.CompactTexts;
import dev.pintle.kube.object.Json;
import dev.pintle.kube.object.JsonArray;
import dev.pintle.kube.object.JsonObject;
import dev.pintle.kube.object.JsonWriter;
import dev.pintle.kube.schema.Field;
import dev.pintle.kube.schema.FieldTable;
import dev.pintle.kube.schema.ListType;
import dev.pintle.kube.schema.Ownership;
import dev.pintle.kube.schema.SchemaNode;
import dev.pintle.kube.schema.ValueKind;
import dev.pintle.kube.schema.ValueRules;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/// Sets of many texts, which are looked at without an object for each, beside the same sets with one number more, which are not.
class ManyTextsTest {
  private static final long SEED = Long.getLong("pintle.seed", System.nanoTime());
  private static final int ROUNDS = 200;
  private static final Json NUMBER = Json.of(7);

  private final SplittableRandom random = new SplittableRandom(SEED);
  private final MergeGranularity grain = grain();

  private static MergeGranularity grain() {
    SchemaNode.Head head =
        new SchemaNode.Head(
            ValueKind.LIST, "", new Ownership(ListType.SET, List.of(), false), ValueRules.NONE);
    SchemaNode.Parts parts =
        new SchemaNode.Parts(FieldTable.EMPTY, () -> SchemaNode.of(ValueKind.ANY), () -> "");
    return MergeGranularity.of(SchemaNode.of(Field.of("list", new SchemaNode(head, () -> parts))));
  }

  /// Some stand in it twice or more often.
  private JsonArray texts(int count) {
    JsonArray texts = new JsonArray();
    for (int i = 0; i < count; i++) {
      texts.add(Json.of("t" + random.nextInt(4 * CompactTexts.WORTH_IT)));
    }
    return texts;
  }

  private JsonArray changed(JsonArray texts) {
    JsonArray changed = texts.copy();
    changed.removeIf(_ -> random.nextInt(4) == 0);
    texts(random.nextInt(40)).forEach(changed::add);
    return changed;
  }

  private static JsonObject object(JsonArray list) {
    return new JsonObject().set("list", list);
  }

  private static JsonObject withNumber(JsonArray list) {
    JsonArray longer = list.copy();
    longer.add(NUMBER);
    return object(longer);
  }

  @Test
  void aChangeIsTheSame() {
    for (int round = 0; round < ROUNDS; round++) {
      JsonArray old = texts(random.nextInt(2 * CompactTexts.WORTH_IT));
      JsonArray now = changed(old);

      assertThat(Comparison.of(grain, object(old), object(now)))
          .as("-Dpintle.seed=%d", SEED)
          .isEqualTo(Comparison.of(grain, withNumber(old), withNumber(now)));
    }
  }

  @Test
  void whatIsMentionedIsTheSame() {
    FieldSet number =
        FieldSet.of(List.of(List.of(new PathElement.Name("list"), new PathElement.Value(NUMBER))));
    for (int round = 0; round < ROUNDS; round++) {
      JsonArray list = texts(CompactTexts.WORTH_IT + random.nextInt(100));

      assertThat(ObjectFieldSet.in(grain, object(list)))
          .as("-Dpintle.seed=%d", SEED)
          .isEqualTo(ObjectFieldSet.in(grain, withNumber(list)).difference(number));
    }
  }

  @Test
  void complaintsAreTheSame() {
    for (int round = 0; round < ROUNDS; round++) {
      JsonArray list = texts(CompactTexts.WORTH_IT + random.nextInt(100));

      assertThat(TypedValidation.complaint(grain, object(list)))
          .as("-Dpintle.seed=%d", SEED)
          .contains("duplicate entries for key [=\"t")
          .isEqualTo(TypedValidation.complaint(grain, withNumber(list)));
    }
  }

  @Test
  void aFirstWriteIsWrittenAsItIsCompared() {
    for (int round = 0; round < ROUNDS; round++) {
      JsonObject object = object(texts(CompactTexts.WORTH_IT + random.nextInt(100)));
      JsonWriter out = new JsonWriter(64);
      FirstWrite.write(out, grain, new JsonObject(), object, FieldSet.EMPTY);

      FieldSet written = Comparison.of(grain, new JsonObject(), object).written();
      assertThat(new String(out.toBytes(), StandardCharsets.UTF_8))
          .as("-Dpintle.seed=%d", SEED)
          .isEqualTo(JsonWriter.text(FieldsV1.write(written)));
    }
  }
}
