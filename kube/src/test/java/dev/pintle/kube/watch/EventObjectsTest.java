package dev.pintle.kube.watch;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.pintle.kernel.Bytes;
import dev.pintle.kernel.keyspace.KeyValue;
import dev.pintle.kernel.watch.WatchEvent;
import dev.pintle.kube.object.JsonObject;
import dev.pintle.kube.schema.BuiltInTypes;
import dev.pintle.kube.schema.GroupVersion;
import dev.pintle.kube.schema.ResourceType;
import dev.pintle.kube.store.ObjectReader;
import dev.pintle.kube.store.SameVersionOnly;
import dev.pintle.kube.store.StoredForm;
import org.junit.jupiter.api.Test;

final class EventObjectsTest {
  private static final ResourceType MAPS =
      requireNonNull(
          BuiltInTypes.load().snapshot().resource(GroupVersion.parse("v1"), "configmaps"));

  private final EventObjects objects = new EventObjects(new ObjectReader(new SameVersionOnly()));

  private static KeyValue stored(long revision, String label) {
    JsonObject metadata =
        new JsonObject().set("name", "m").set("labels", new JsonObject().set("is", label));
    Bytes value =
        StoredForm.of(MAPS.groupVersionKind()).write(new JsonObject().set("metadata", metadata));
    return new KeyValue(Bytes.utf8("/registry/configmaps/d/m"), 1, revision, 2, 0, value);
  }

  @Test
  void everyWatcherOfAResourceIsGivenTheSameObjects() {
    WatchEvent event = new WatchEvent(WatchEvent.Kind.PUT, stored(2, "new"), stored(1, "old"));
    EventObjects.Change change = objects.of(event, MAPS);
    assertThat(requireNonNull(change.before()).labels()).containsEntry("is", "old");
    assertThat(requireNonNull(change.now()).labels()).containsEntry("is", "new");
    assertThat(objects.of(event, MAPS)).isSameAs(change);
  }

  @Test
  void aNewObjectWasNotThereAndADeletedOneIsGone() {
    KeyValue value = stored(1, "only");
    assertThat(objects.of(new WatchEvent(WatchEvent.Kind.PUT, value, null), MAPS).before())
        .isNull();
    KeyValue tombstone = new KeyValue(value.key(), 0, 2, 0, 0, Bytes.utf8(""));
    assertThat(objects.of(new WatchEvent(WatchEvent.Kind.DELETE, tombstone, value), MAPS).now())
        .isNull();
  }
}
