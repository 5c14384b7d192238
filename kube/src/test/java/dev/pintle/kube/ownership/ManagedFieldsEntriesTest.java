package dev.pintle.kube.ownership;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pintle.kube.object.Json;
import dev.pintle.kube.object.JsonArray;
import dev.pintle.kube.object.JsonObject;
import dev.pintle.kube.object.JsonReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ManagedFieldsEntriesTest {
  @Test
  void thoseThatApplyComeFirstAndTheOldestFirst() {
    ManagedFieldsEntries owners = new ManagedFieldsEntries();
    put(owners, Writer.updating("late", "v1", ""), "2020-01-02T00:00:00Z");
    put(owners, Writer.updating("early", "v1", ""), "2020-01-01T00:00:00Z");
    put(owners, Writer.updating("unknown", "v1", ""), null);
    put(owners, Writer.applying("applies", ""), "2020-01-03T00:00:00Z");

    assertThat(managers(owners.write())).containsExactly("applies", "unknown", "early", "late");
  }

  @Test
  void tenThatUpdateAreKept() {
    ManagedFieldsEntries owners = updating(ManagedFieldsEntries.UPDATING_MAX);

    owners.cap();

    assertThat(owners.writers()).hasSize(ManagedFieldsEntries.UPDATING_MAX);
    assertThat(managers(owners.write())).doesNotContain(ManagedFieldsEntries.ANCIENT);
  }

  @Test
  void theOldestOfMoreAreFoldedTogether() {
    ManagedFieldsEntries owners = updating(ManagedFieldsEntries.UPDATING_MAX + 1);

    owners.cap();

    assertThat(managers(owners.write()))
        .hasSize(ManagedFieldsEntries.UPDATING_MAX)
        .contains(ManagedFieldsEntries.ANCIENT)
        .doesNotContain("m00", "m01");
    assertThat(owners.time(Writer.updating(ManagedFieldsEntries.ANCIENT, "v1", "")))
        .isEqualTo("2020-01-01T00:00:01Z");
  }

  @Test
  void thoseThatApplyAreNeverFolded() {
    ManagedFieldsEntries owners = new ManagedFieldsEntries();
    for (int i = 0; i < 3 * ManagedFieldsEntries.UPDATING_MAX; i++) {
      put(owners, Writer.applying("a" + i, ""), null);
    }

    owners.cap();

    assertThat(owners.writers()).hasSize(3 * ManagedFieldsEntries.UPDATING_MAX);
  }

  @Test
  void whatIsWrittenIsReadBack() {
    ManagedFieldsEntries owners = updating(3);
    put(owners, Writer.applying("a", "status"), null);

    assertThat(ManagedFieldsEntries.read(owners.write()).write()).isEqualTo(owners.write());
  }

  @Test
  void whatIsNoEntryIsRefused() {
    refused("[1]", "managedFields[0]: Whole[value=1] (expected: an object)");
    refused("[{}]", "managedFields[0].operation:  (expected: Apply or Update)");
    refused("[{\"operation\":\"Update\"}]", "managedFields[0].apiVersion:  (expected: a version)");
    refused(
        "[{\"operation\":\"Update\",\"apiVersion\":\"v1\",\"fieldsType\":\"X\"}]",
        "managedFields[0].fieldsType: X (expected: FieldsV1)");
  }

  @Test
  void aWriterIsShownWithWhatTellsItFromOthers() {
    assertThat(Writer.applying("a", "").shown()).isEqualTo("\"a\"");
    assertThat(Writer.updating("a", "apps/v1", "status").shown())
        .isEqualTo("\"a\" with subresource \"status\" using apps/v1");
    assertThat(Writer.updating("", "v1", "").shown()).isEqualTo("\"unknown\" using v1");
  }

  private static void refused(String json, String message) {
    JsonArray entries = (JsonArray) JsonReader.read(json.getBytes(StandardCharsets.UTF_8));
    assertThatThrownBy(() -> ManagedFieldsEntries.read(entries))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(message);
  }

  private static ManagedFieldsEntries updating(int count) {
    ManagedFieldsEntries owners = new ManagedFieldsEntries();
    for (int i = 0; i < count; i++) {
      put(
          owners,
          Writer.updating(String.format(Locale.ROOT, "m%02d", i), "v1", ""),
          String.format(Locale.ROOT, "2020-01-01T00:00:%02dZ", i));
    }
    return owners;
  }

  private static void put(ManagedFieldsEntries owners, Writer writer, @Nullable String time) {
    owners.put(writer, FieldSet.of(List.of(PathElement.names("f" + writer.manager()))), "v1");
    owners.time(writer, time);
  }

  private static List<String> managers(JsonArray entries) {
    List<String> managers = new ArrayList<>();
    for (Json entry : entries) {
      managers.add(String.valueOf(((JsonObject) entry).text("manager")));
    }
    return managers;
  }
}
