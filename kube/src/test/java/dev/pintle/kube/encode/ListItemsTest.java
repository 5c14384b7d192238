package dev.pintle.kube.encode;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pintle.kernel.Bytes;
import dev.pintle.kernel.keyspace.KeyValue;
import dev.pintle.kube.schema.GroupVersionKind;
import dev.pintle.kube.store.StoredForm;
import dev.pintle.kube.store.StoredObject;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ListItemsTest {
  private static final StoredForm FORM = StoredForm.of(GroupVersionKind.of("v1", "ConfigMap"));
  private static final int OBJECT_BYTES = 20_000;

  private static List<StoredObject> objects(int count) {
    List<StoredObject> objects = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      KeyValue kv =
          new KeyValue(
              Bytes.utf8("/registry/configmaps/default/m" + i),
              1,
              i + 1,
              1,
              0,
              Bytes.wrap(new byte[OBJECT_BYTES]));
      objects.add(StoredObject.of(FORM, kv));
    }
    return objects;
  }

  @Test
  void aPageOfLongObjectsIsHandedOutPieceByPiece() {
    List<StoredObject> all = objects(100);
    ListItems items = ListItems.of(all);
    List<StoredObject> seen = new ArrayList<>();
    for (List<StoredObject> some = items.next(); !some.isEmpty(); some = items.next()) {
      assertThat(some.size() * OBJECT_BYTES).isLessThan((256 << 10) + OBJECT_BYTES);
      seen.addAll(some);
    }
    assertThat(seen).isEqualTo(all);
  }

  @Test
  void nothingIsHandedOutOfNothing() {
    assertThat(ListItems.of(List.of()).next()).isEmpty();
  }
}
