package dev.pintle.kube.verb;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.pintle.kernel.Bytes;
import dev.pintle.kube.object.JsonObject;
import dev.pintle.kube.object.YamlReader;
import dev.pintle.kube.request.Query;
import dev.pintle.kube.request.RequestInfo;
import dev.pintle.kube.request.UserInfo;
import dev.pintle.kube.schema.BuiltInTypes;
import dev.pintle.kube.schema.GroupVersion;
import dev.pintle.kube.schema.ResourceType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class FieldManagersTest {
  private static final ResourceType MAPS =
      requireNonNull(
          BuiltInTypes.load().snapshot().resource(GroupVersion.parse("v1"), "configmaps"));

  private static String manager(String query, String userAgent) {
    RequestInfo target =
        new RequestInfo(
            "create", "/api/v1", GroupVersion.parse("v1"), "ns", "configmaps", "m", "", 0);
    return FieldManagers.manager(
        new ApiRequest(
            target, MAPS, Query.parse(query), UserInfo.ANONYMOUS, "", userAgent, Bytes.EMPTY));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "'' | kubectl/v1.37.2 (linux/amd64) kubernetes/abc | kubectl",
        "'' | Mozilla/5.0 | Mozilla",
        "'' | curl | curl",
        "'' | '' | ''",
        "'' | /v1 | ''",
        "fieldManager=me | kubectl/v1 | me",
        "fieldManager= | kubectl/v1 | kubectl"
      })
  void whoWritesIsNamedByTheRequestOrByItsProgram(String query, String agent, String manager) {
    assertThat(manager(query, agent)).isEqualTo(manager);
  }

  @Test
  void aProgramIsNamedByWhatCanBeShown() {
    assertThat(manager("", "a\u0001b\u007fc\u0085d/1")).isEqualTo("abcd");
  }

  /// Bytes are counted and letters are kept whole.
  @Test
  void aLongNameOfAProgramIsCut() {
    assertThat(manager("", "a".repeat(200))).isEqualTo("a".repeat(128));
    assertThat(manager("", "ä".repeat(100))).isEqualTo("ä".repeat(64));
    assertThat(manager("", "a" + "ä".repeat(100))).isEqualTo("a" + "ä".repeat(63));
    assertThat(manager("", "😀".repeat(40))).isEqualTo("😀".repeat(32));
  }

  private static JsonObject object(String yaml) {
    if (YamlReader.read(yaml) instanceof JsonObject object) {
      return object;
    }
    throw new IllegalArgumentException(yaml + " (expected: an object)");
  }

  private static JsonObject written(String time, String data) {
    return object(
        "{metadata: {name: m, managedFields: [{manager: a, operation: Update, time: \"%s\"}]}, data: {k: %s}}"
            .formatted(time, data));
  }

  @Test
  void aWriteThatChangesNothingButATimeChangesNothing() {
    JsonObject next = written("2026-01-02T00:00:00Z", "v");
    FieldManagers.keepTimes(next, written("2026-01-01T00:00:00Z", "v"));
    assertThat(next).isEqualTo(written("2026-01-01T00:00:00Z", "v"));
  }

  @Test
  void aWriteThatChangesSomethingTellsWhen() {
    JsonObject next = written("2026-01-02T00:00:00Z", "w");
    FieldManagers.keepTimes(next, written("2026-01-01T00:00:00Z", "v"));
    assertThat(next).isEqualTo(written("2026-01-02T00:00:00Z", "w"));
  }
}
