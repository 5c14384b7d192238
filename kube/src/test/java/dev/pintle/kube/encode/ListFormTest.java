package dev.pintle.kube.encode;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.pintle.kernel.Bytes;
import dev.pintle.kernel.keyspace.KeyValue;
import dev.pintle.kube.negotiation.MediaType;
import dev.pintle.kube.negotiation.Representation;
import dev.pintle.kube.negotiation.Representation.Form;
import dev.pintle.kube.object.JsonObject;
import dev.pintle.kube.object.JsonReader;
import dev.pintle.kube.object.JsonWriter;
import dev.pintle.kube.schema.BuiltInTypes;
import dev.pintle.kube.schema.GroupVersion;
import dev.pintle.kube.schema.ResourceType;
import dev.pintle.kube.store.StoredForm;
import dev.pintle.kube.store.StoredObject;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class ListFormTest {
  private static final ResourceType MAPS =
      requireNonNull(
          BuiltInTypes.load().snapshot().resource(GroupVersion.parse("v1"), "configmaps"));
  private static final int ITEMS = 500;

  private final CountingRows rows = new CountingRows();

  private ListForm form(MediaType mediaType, Form form, ListMeta meta) {
    Representation wanted = new Representation(mediaType, form, "v1", false);
    return new ListForm(new Forms(UnreadProtobuf.KIND, rows), wanted, "None", MAPS, meta);
  }

  private static List<StoredObject> items(int count) {
    return IntStream.range(0, count).mapToObj(ListFormTest::item).toList();
  }

  private static StoredObject item(int number) {
    StoredForm form = StoredForm.of(MAPS.groupVersionKind());
    JsonObject metadata =
        new JsonObject()
            .set("name", "m" + number)
            .set("uid", "u" + number)
            .set("creationTimestamp", "t");
    Bytes value = form.write(new JsonObject().set("metadata", metadata));
    return StoredObject.of(form, new KeyValue(Bytes.utf8("/k" + number), 1, 7, 1, 0, value));
  }

  private static byte[] inPieces(ListForm form, List<StoredObject> items) {
    JsonWriter out = new JsonWriter(1_024);
    form.begin(out);
    for (int i = 0; i < items.size(); i++) {
      if (i > 0) {
        out.raw(',');
      }
      form.item(out, items.get(i));
    }
    ListForm.end(out);
    return out.toBytes();
  }

  @Test
  void theColumnsOfATableAreMadeOnceHoweverManyRowsItHas() {
    ListForm form = form(MediaType.JSON, Form.TABLE, new ListMeta(9, "", -1));
    inPieces(form, items(ITEMS));
    assertThat(rows.columnsMade()).isOne();
    assertThat(rows.rowsMade()).isEqualTo(ITEMS);
  }

  @Test
  void theColumnsOfATableThatIsMadeWholeAreMadeOnceToo() {
    form(MediaType.YAML, Form.TABLE, new ListMeta(9, "", -1)).whole(items(ITEMS));
    assertThat(rows.columnsMade()).isOne();
    assertThat(rows.rowsMade()).isEqualTo(ITEMS);
  }

  @Test
  void whoWantsNoTablePaysForNone() {
    for (Form shape : List.of(Form.OBJECT, Form.METADATA)) {
      inPieces(form(MediaType.JSON, shape, new ListMeta(9, "", -1)), items(3));
    }
    assertThat(rows.columnsMade() + rows.rowsMade()).isZero();
  }

  /// The two ways to write a list are each other's twins.
  @ParameterizedTest
  @EnumSource(Form.class)
  void aListInPiecesSaysWhatAWholeOneSays(Form shape) {
    for (ListMeta meta :
        List.of(new ListMeta(9, "", -1), new ListMeta(9, "next", 3), new ListMeta(9, "", 0))) {
      // The metadata of none is written whole only.
      int fewest = shape == Form.METADATA || shape == Form.METADATA_LIST ? 1 : 0;
      for (int count : new int[] {fewest, 1, 2, 25}) {
        ListForm form = form(MediaType.JSON, shape, meta);
        assertThat(JsonReader.read(inPieces(form, items(count))))
            .as("%s of %d with %s", shape, count, meta)
            .isEqualTo(JsonReader.read(form.whole(items(count))));
      }
    }
  }

  @Test
  void theMetadataOfNoneIsNull() {
    ListForm form = form(MediaType.JSON, Form.METADATA_LIST, new ListMeta(9, "", -1));
    assertThat(new String(form.whole(items(0)), StandardCharsets.UTF_8)).contains("\"items\":null");
  }

  @Test
  void itemsOfABuiltInKindLeaveWithoutTheirKindAndWithTheirVersion() {
    ListForm form = form(MediaType.JSON, Form.OBJECT, new ListMeta(9, "next", 41));
    assertThat(new String(inPieces(form, items(1)), StandardCharsets.UTF_8))
        .isEqualTo(
            "{\"kind\":\"ConfigMapList\",\"apiVersion\":\"v1\","
                + "\"metadata\":{\"resourceVersion\":\"9\",\"continue\":\"next\",\"remainingItemCount\":41},"
                + "\"items\":[{\"metadata\":{\"name\":\"m0\",\"uid\":\"u0\",\"resourceVersion\":\"7\",\"creationTimestamp\":\"t\"}}]}\n");
  }

  @Test
  void onlyPlainJsonLeavesInPieces() {
    ListMeta meta = new ListMeta(9, "", -1);
    assertThat(form(MediaType.JSON, Form.TABLE, meta).isInPieces()).isTrue();
    assertThat(form(MediaType.YAML, Form.OBJECT, meta).isInPieces()).isFalse();
    assertThat(form(MediaType.PROTOBUF, Form.OBJECT, meta).isInPieces()).isFalse();
  }
}
