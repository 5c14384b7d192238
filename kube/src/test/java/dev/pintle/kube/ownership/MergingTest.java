package dev.pintle.kube.ownership;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pintle.kube.object.Json;
import dev.pintle.kube.object.JsonArray;
import dev.pintle.kube.object.JsonObject;
import dev.pintle.kube.schema.Field;
import dev.pintle.kube.schema.FieldTable;
import dev.pintle.kube.schema.ListType;
import dev.pintle.kube.schema.Ownership;
import dev.pintle.kube.schema.SchemaNode;
import dev.pintle.kube.schema.ValueKind;
import dev.pintle.kube.schema.ValueRules;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;

class MergingTest {
  private static final SchemaNode TEXT = SchemaNode.of(ValueKind.TEXT);

  @Test
  void itemsStandInTheOrderOfTheConfiguration() {
    assertThat(merged("a b c", "c a")).isEqualTo("b c a");
  }

  @Test
  void itemsThatAreNotNamedStayWhereTheyStoodBetweenTheOthers() {
    assertThat(merged("a x b y c", "a b c")).isEqualTo("a x b y c");
  }

  @Test
  void newItemsComeWhereTheConfigurationHasThem() {
    assertThat(merged("a b", "a n b")).isEqualTo("a n b");
    assertThat(merged("a b", "n")).isEqualTo("a b n");
    assertThat(merged("", "b a")).isEqualTo("b a");
  }

  @Test
  void nothingAppliedChangesNothing() {
    assertThat(merged("b a", "")).isEqualTo("b a");
  }

  @Test
  void anAtomicListIsTheAppliedOne() {
    MergeGranularity grain = grain(ListType.ATOMIC);

    JsonObject merged = Merging.of(grain, object("a b"), object("c"));

    assertThat(text(merged)).isEqualTo("c");
  }

  @Test
  void mapsAreMergedByEntry() {
    MergeGranularity grain = MergeGranularity.of(SchemaNode.of(ValueKind.MAP, TEXT));

    JsonObject merged =
        Merging.of(
            grain,
            new JsonObject().set("a", "1").set("b", "1"),
            new JsonObject().set("b", "2").set("c", "2"));

    assertThat(merged).isEqualTo(new JsonObject().set("a", "1").set("b", "2").set("c", "2"));
  }

  @Test
  void neitherSideIsTouched() {
    JsonObject live = object("a b");
    JsonObject applied = object("c");

    Merging.of(grain(ListType.SET), live, applied).array("list");

    assertThat(live).isEqualTo(object("a b"));
    assertThat(applied).isEqualTo(object("c"));
  }

  private static String merged(String live, String applied) {
    return text(Merging.of(grain(ListType.SET), object(live), object(applied)));
  }

  private static MergeGranularity grain(ListType type) {
    SchemaNode.Head head =
        new SchemaNode.Head(
            ValueKind.LIST, "", new Ownership(type, List.of(), false), ValueRules.NONE);
    SchemaNode.Parts parts = new SchemaNode.Parts(FieldTable.EMPTY, () -> TEXT, () -> "");
    return MergeGranularity.of(SchemaNode.of(Field.of("list", new SchemaNode(head, () -> parts))));
  }

  private static JsonObject object(String items) {
    JsonArray list = new JsonArray();
    for (String item : items.split(" ", -1)) {
      if (!item.isEmpty()) {
        list.add(Json.of(item));
      }
    }
    return list.isEmpty() ? new JsonObject() : new JsonObject().set("list", list);
  }

  private static String text(JsonObject object) {
    JsonArray list = object.array("list");
    JsonArray items = list == null ? new JsonArray() : list;
    return StreamSupport.stream(items.spliterator(), false)
        .map(item -> ((Json.Text) item).value())
        .collect(Collectors.joining(" "));
  }
}
