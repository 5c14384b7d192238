package dev.pintle.kube.admission;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pintle.kube.object.JsonArray;
import dev.pintle.kube.object.JsonObject;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TolerationsTest {
  private static @Nullable JsonArray list(String tolerations) {
    JsonObject holder = AdmissionFixture.yaml("{all: [" + tolerations + "]}");
    return holder.array("all");
  }

  private static JsonArray merged(String first, String second) {
    return Tolerations.merged(list(first), list(second));
  }

  @Test
  void nothingAndNothingIsNothing() {
    assertThat(Tolerations.merged(null, null)).isEqualTo(new JsonArray());
  }

  @Test
  void equalOnesAreOneAndTheFirstStaysInItsPlace() {
    assertThat(
            merged(
                "{key: a, operator: Exists}, {key: b, operator: Exists}",
                "{key: a, operator: Exists}"))
        .isEqualTo(list("{key: a, operator: Exists}, {key: b, operator: Exists}"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{operator: Exists} | {key: a, operator: Equal, value: x, effect: NoExecute}",
        "{key: a, operator: Exists} | {key: a, operator: Equal, value: x, effect: NoSchedule}",
        "{key: a, operator: Exists, effect: NoExecute} | {key: a, operator: Exists, effect: NoExecute, tolerationSeconds: 5}",
        "{key: a, operator: Exists, effect: NoExecute, tolerationSeconds: 9} | {key: a, operator: Exists, effect: NoExecute, tolerationSeconds: 5}",
        "{key: a, operator: Equal, value: x} | {key: a, operator: Equal, value: x, effect: NoSchedule}"
      })
  void theWiderOneIsLeftAloneWhicheverComesFirst(String wide, String narrow) {
    assertThat(merged(wide, narrow)).isEqualTo(list(wide));
    assertThat(merged(narrow, wide)).isEqualTo(list(wide));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{key: a, operator: Exists} | {key: b, operator: Exists}",
        "{key: a, operator: Equal, value: x} | {key: a, operator: Equal, value: y}",
        "{key: a, operator: Exists, effect: NoExecute} | {key: a, operator: Exists, effect: NoSchedule}",
        "{key: a, operator: Exists, effect: NoExecute, tolerationSeconds: 5} | {operator: Exists, effect: NoSchedule}"
      })
  void whatTolerateDifferentTaintsBothStay(String one, String other) {
    assertThat(merged(one, other)).isEqualTo(list(one + ", " + other));
  }

  @Test
  void whatIsMergedIsNotSharedWithWhereItCameFrom() {
    JsonArray first = list("{key: a, operator: Exists}");
    JsonArray all = Tolerations.merged(first, null);
    ((JsonObject) all.at(0)).set("key", "changed");
    assertThat(first).isEqualTo(list("{key: a, operator: Exists}"));
  }
}
