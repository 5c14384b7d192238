package dev.pintle.kube.validation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pintle.kube.object.Json;
import dev.pintle.kube.object.JsonArray;
import dev.pintle.kube.object.JsonObject;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Where something is wrong, and in which words: as Go's `field.Path` and `field.Error` write it.
final class FieldPathTest {
  @Test
  void aPathIsWrittenAsPeopleReadIt() {
    FieldPath path = FieldPath.of("spec.containers").index(0).child("env").index(12).child("name");
    assertThat(path).hasToString("spec.containers[0].env[12].name");
    assertThat(FieldPath.of("metadata").child("labels").key("a.b/c"))
        .hasToString("metadata.labels[a.b/c]");
  }

  @Test
  void aPathThatGoesOnLeavesTheOneBefore() {
    FieldPath spec = FieldPath.of("spec");
    spec.child("a");
    spec.index(1);
    assertThat(spec).hasToString("spec");
  }

  @Test
  void onlyThePlaceOfTheWholeIsTheRoot() {
    assertThat(FieldPath.ROOT.isRoot()).isTrue();
    assertThat(FieldPath.of("a").isRoot()).isFalse();
  }

  @Test
  void aDeepPathIsWrittenWhole() {
    FieldPath path = FieldPath.ROOT;
    for (int i = 0; i < 5_000; i++) {
      path = path.child("a");
    }
    assertThat(path.toString()).hasSize(5_000 * 2 - 1);
  }

  @ParameterizedTest
  @CsvSource({
    "1, may not be more than 1 byte, must have at most 1 item",
    "0, may not be more than 0 bytes, must have at most 0 items",
    "2, may not be more than 2 bytes, must have at most 2 items"
  })
  void oneIsOne(int most, String bytes, String items) {
    assertThat(FieldError.tooLong(FieldPath.of("a"), most).message())
        .isEqualTo("Too long: " + bytes);
    assertThat(FieldError.tooMany(FieldPath.of("a"), 5, most).message())
        .isEqualTo("Too many: 5: " + items);
  }

  @Test
  void aValueIsShownAsGoShowsIt() {
    FieldPath path = FieldPath.of("a");
    assertThat(FieldError.invalid(path, Json.of("x\"\n"), "no").message())
        .isEqualTo("Invalid value: \"x\\\"\\n\": no");
    assertThat(FieldError.invalid(path, Json.of(7), "no").message())
        .isEqualTo("Invalid value: 7: no");
    assertThat(FieldError.invalid(path, Json.NULL, "no").message())
        .isEqualTo("Invalid value: null: no");
    JsonObject map = new JsonObject().set("l", JsonArray.of(Json.of("v")));
    assertThat(FieldError.invalid(path, map, "").message())
        .isEqualTo("Invalid value: {\"l\":[\"v\"]}");
  }

  @Test
  void someFaultsHideWhatIsThere() {
    FieldPath path = FieldPath.of("a");
    assertThat(FieldError.required(path, "").message()).isEqualTo("Required value");
    assertThat(FieldError.required(path, "why").message()).isEqualTo("Required value: why");
    assertThat(FieldError.forbidden(path, "why").message()).isEqualTo("Forbidden: why");
    assertThat(FieldError.duplicate(path, Json.of("v")).message())
        .isEqualTo("Duplicate value: \"v\"");
    assertThat(FieldError.notFound(path, Json.of("v")).message()).isEqualTo("Not found: \"v\"");
    assertThat(FieldError.notSupported(path, Json.of("c"), List.of("a", "b")).message())
        .isEqualTo("Unsupported value: \"c\": supported values: \"a\", \"b\"");
  }

  private static FieldError fault(int number) {
    return FieldError.invalid(FieldPath.of("a" + number), Json.of(number), "no");
  }

  @Test
  void aFaultThatWasToldIsNotToldAgain() {
    FieldErrorList faults = new FieldErrorList();
    assertThat(
            faults.of(() -> {
              faults.add(fault(1));
              faults.add(fault(2));
              faults.add(fault(1));
            }))
        .containsExactly(fault(1), fault(2));
  }

  /// What it costs to look on grows with what was sent.
  @Test
  void nobodyLooksOnAfterAThousandFaults() {
    FieldErrorList faults = new FieldErrorList();
    List<Integer> looked = new ArrayList<>();
    List<FieldError> told =
        faults.of(() -> {
          for (int i = 0; i < 1_000_000; i++) {
            looked.add(i);
            faults.add(fault(i));
          }
        });
    assertThat(told).hasSize(1_000);
    assertThat(looked).hasSize(1_000);
  }
}
