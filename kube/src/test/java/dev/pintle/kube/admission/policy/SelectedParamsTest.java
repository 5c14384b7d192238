package dev.pintle.kube.admission.policy;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pintle.kernel.Bytes;
import dev.pintle.kube.object.JsonObject;
import dev.pintle.kube.object.JsonReader;
import dev.pintle.kube.schema.BuiltInTypes;
import dev.pintle.kube.schema.GroupVersion;
import dev.pintle.kube.schema.ResourceType;
import dev.pintle.kube.store.Keys;
import dev.pintle.kube.store.ObjectReader;
import dev.pintle.kube.store.ObjectView;
import dev.pintle.kube.store.SameVersionOnly;
import dev.pintle.kube.transaction.ObjectTransaction;
import dev.pintle.member.local.LocalMember;
import dev.pintle.member.local.Settings;
import dev.pintle.storage.memory.MemoryKv;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Which parameters the selector of a binding finds, and how many of them.
final class SelectedParamsTest {
  private static final ResourceType MAPS =
      requireNonNull(
          BuiltInTypes.load().snapshot().resource(new GroupVersion("", "v1"), "configmaps"));
  private static final JsonObject SELECTOR =
      (JsonObject)
          JsonReader.read("{\"matchLabels\":{\"a\":\"b\"}}".getBytes(StandardCharsets.UTF_8));
  private static final int MEGABYTE = 1 << 20;

  private final FoundParams known = new FoundParams();
  private final SelectedParams selected = new SelectedParams(known);
  private LocalMember member;

  @BeforeEach
  void open() throws IOException {
    member = LocalMember.inMemory(new MemoryKv(), Settings.DEFAULT);
  }

  @AfterEach
  void close() {
    member.close();
  }

  private void put(String namespace, String name, String label, int bytes) {
    String json =
        "{\"kind\":\"ConfigMap\",\"apiVersion\":\"v1\",\"metadata\":{\"name\":\"%s\",\"namespace\":\"%s\",\"labels\":{\"a\":\"%s\"}},\"data\":{\"k\":\"%s\"}}"
            .formatted(name, namespace, label, "x".repeat(bytes));
    try (ObjectTransaction transaction = new ObjectTransaction()) {
      transaction.put(Keys.object(MAPS, namespace, name), Bytes.utf8(json), 0);
      assertThat(transaction.commit(member)).isPresent();
    }
  }

  private void delete(String namespace, String name) {
    try (ObjectTransaction transaction = new ObjectTransaction()) {
      transaction.delete(Keys.object(MAPS, namespace, name));
      assertThat(transaction.commit(member)).isPresent();
    }
  }

  private ObjectView view() {
    return new ObjectView(member.view(), new ObjectReader(new SameVersionOnly()));
  }

  private List<String> found(String namespace) {
    return selected.find(MAPS, namespace, SELECTOR, view()).stream()
        .map(each -> each.objectOrEmpty("metadata").textOrEmpty("name"))
        .toList();
  }

  @Test
  void whatChangesIsFoundInTheOrderOfNames() {
    put("ns", "b", "b", 1);
    put("ns", "d", "b", 1);
    put("ns", "c", "other", 1);
    put("x", "e", "b", 1);
    assertThat(found("ns")).containsExactly("b", "d");
    put("ns", "a", "b", 1);
    put("ns", "c", "b", 1);
    put("ns", "d", "other", 1);
    delete("ns", "b");
    put("x", "f", "b", 1);
    assertThat(found("ns")).containsExactly("a", "c");
    assertThat(found("")).containsExactly("a", "c", "e", "f");
  }

  @Test
  void moreThanSoManyBytesAreNoAnswerAndNotKept() {
    for (int i = 0; i < 8; i++) {
      put("ns", "m" + i, "b", MEGABYTE - 1_000);
    }
    assertThat(found("ns")).hasSize(8);
    put("ns", "one-more", "b", MEGABYTE);
    for (int i = 0; i < 2; i++) {
      assertThatThrownBy(() -> found("ns"))
          .isInstanceOf(PolicyFault.class)
          .hasMessage(
              "the params that the selector of a policy binding finds have more than 8388608 bytes");
      assertThat(known.bytes()).isLessThan(MEGABYTE);
    }
    delete("ns", "one-more");
    assertThat(found("ns")).hasSize(8);
  }

  @Test
  void theParamsOfAllNamespacesTogetherAreKeptUpToSoManyBytes() {
    for (int i = 0; i < 50; i++) {
      put("n" + i, "m", "b", MEGABYTE);
      assertThat(found("n" + i)).containsExactly("m");
    }
    assertThat(known.bytes())
        .isBetween(FoundParams.BYTES_MAX - 2 * MEGABYTE, FoundParams.BYTES_MAX);
    assertThat(found("n0")).containsExactly("m");
  }
}
