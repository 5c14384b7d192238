package dev.pintle.kube.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pintle.kernel.Bytes;
import dev.pintle.kernel.keyspace.KeyValue;
import dev.pintle.kube.object.JsonObject;
import dev.pintle.kube.object.JsonReader;
import dev.pintle.kube.object.JsonWriter;
import dev.pintle.kube.schema.GroupVersionKind;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class StoredObjectTest {
  private static final StoredForm FORM = StoredForm.of(GroupVersionKind.of("v1", "Pod"));
  private static final String SENT =
      "{\"kind\":\"Pod\",\"apiVersion\":\"v1\",\"metadata\":{\"name\":\"p\",\"namespace\":\"n\",\"uid\":\"u\","
          + "\"resourceVersion\":\"3\",\"creationTimestamp\":\"t\",\"labels\":{\"a\":\"b\"}},\"status\":{\"phase\":\"Running\"}}";

  private static StoredObject stored(long revision) {
    Bytes value = FORM.write((JsonObject) JsonReader.read(SENT));
    return StoredObject.of(
        FORM, new KeyValue(Bytes.utf8("/registry/pods/n/p"), 1, revision, 1, 0, value));
  }

  private static String shown(StoredObject object) {
    JsonWriter out = new JsonWriter(16);
    object.writeTo(out);
    return new String(out.toBytes(), StandardCharsets.UTF_8);
  }

  @Test
  void theVersionIsNotStored() {
    assertThat(new String(stored(1).storedBytes(), StandardCharsets.UTF_8))
        .doesNotContain("resourceVersion");
  }

  @Test
  void theVersionIsSplicedInAfterTheUid() {
    assertThat(shown(stored(42)))
        .isEqualTo(SENT.replace("\"resourceVersion\":\"3\"", "\"resourceVersion\":\"42\""));
  }

  @Test
  void anItemLeavesWithoutItsKind() {
    JsonWriter out = new JsonWriter(16);
    stored(7).writeItemTo(out);

    assertThat(new String(out.toBytes(), StandardCharsets.UTF_8))
        .startsWith("{\"metadata\":{\"name\":\"p\"");
  }

  @Test
  void factsAreReadFromTheBytes() {
    StoredObject object = stored(1);

    assertThat(object.labels()).containsEntry("a", "b");
    assertThat(object.name()).isEqualTo("p");
    assertThat(object.uid()).isEqualTo("u");
    assertThat(object.text("status.phase")).isEqualTo("Running");
    assertThat(object.text("status.podIP")).isEmpty();
    assertThat(object.isBeingDeleted()).isFalse();
  }

  @Test
  void factsOfMetadataAreFoundByOneLook() {
    ObjectFacts facts =
        facts(
            "\"deletionTimestamp\":\"2026-01-02T03:04:05Z\",\"labels\":{\"a\":\"b\"},\"annotations\":{\"finalizers\":\"no\"},"
                + "\"ownerReferences\":[{\"kind\":\"ReplicaSet\",\"uid\":\"o1\"},{\"uid\":\"o2\"}],"
                + "\"finalizers\":[\"x/y\",\"z\"],\"managedFields\":[{\"manager\":\"m\"}]");
    assertThat(facts.deletionTimestamp()).isEqualTo("2026-01-02T03:04:05Z");
    assertThat(facts.labels()).containsExactly(java.util.Map.entry("a", "b"));
    assertThat(facts.ownerUids()).containsExactly("o1", "o2");
    assertThat(facts.finalizers()).containsExactly("x/y", "z");
  }

  @Test
  void anObjectThatSaysNothingHasNoFacts() {
    ObjectFacts facts = facts("\"finalizers\":[],\"labels\":{},\"ownerReferences\":null");
    assertThat(facts)
        .isEqualTo(
            new ObjectFacts(
                java.util.Map.of(),
                java.util.List.of(),
                java.util.List.of(),
                java.util.List.of(),
                ""));
  }

  @Test
  void whatWasAskedForBeforeIsAnsweredAlike() {
    StoredObject object = stored(1);
    for (int i = 0; i < 2; i++) {
      assertThat(object.text("status.phase")).isEqualTo("Running");
      assertThat(object.text("metadata.name")).isEqualTo("p");
      assertThat(object.text("spec.nodeName")).isEmpty();
    }
    assertThat(object.facts()).isSameAs(object.facts());
  }

  private static ObjectFacts facts(String metadata) {
    String json =
        "{\"kind\":\"Pod\",\"apiVersion\":\"v1\",\"metadata\":{\"name\":\"p\"," + metadata + "}}";
    return ObjectFacts.of(json.getBytes(StandardCharsets.UTF_8));
  }
}
