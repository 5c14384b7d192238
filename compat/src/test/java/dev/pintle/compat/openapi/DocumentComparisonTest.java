package dev.pintle.compat.openapi;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.ObjectMapper;

final class DocumentComparisonTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Places explained = new Places();

  private List<String> unexplained(String real, String ours) {
    return new DocumentComparison("doc", explained).of(definition(real), definition(ours));
  }

  private static tools.jackson.databind.JsonNode definition(String field) {
    return JSON.readTree("{\"definitions\":{\"A\":{\"properties\":{\"b\":%s}}}}".formatted(field));
  }

  @Test
  void whatDiffersBesideADescriptionIsTold() {
    assertThat(unexplained("{\"type\":\"string\"}", "{\"type\":\"integer\"}"))
        .containsExactly("doc definitions A properties b type real: \"string\" ours: \"integer\"");
    assertThat(unexplained("{\"x\":[1]}", "{\"x\":[1,2]}")).hasSize(1);
    assertThat(unexplained("{\"x\":1}", "{}"))
        .containsExactly("doc definitions A properties b x real: 1 ours: absent");
  }

  @Test
  void anotherTextIsAReasonAndNothingElseIs() {
    assertThat(unexplained("{\"description\":\"x\"}", "{\"description\":\"y\"}")).isEmpty();
    assertThat(explained.count(Reason.TEXT_OF_ANOTHER_RELEASE)).isEqualTo(1);
    assertThat(unexplained("{\"description\":\"x\",\"a\":1}", "{}")).hasSize(1);
  }

  @Test
  void aTextThatIsMissingLeavesAReferenceAlone() {
    assertThat(
            unexplained("{\"description\":\"x\",\"allOf\":[{\"$ref\":\"r\"}]}", "{\"$ref\":\"r\"}"))
        .isEmpty();
    assertThat(
            unexplained("{\"description\":\"x\",\"allOf\":[{\"$ref\":\"r\"}]}", "{\"$ref\":\"s\"}"))
        .hasSize(1);
  }

  @Test
  void valuesWithoutTheirMeaningAreAReason() {
    String real = "One.\n\nPossible enum values:\n - `\"A\"` is a.\n - `\"B\"`";
    assertThat(DocumentComparison.withoutMeanings(real))
        .isEqualTo("One.\n\nPossible enum values:\n - `\"A\"`\n - `\"B\"`");
    assertThat(DocumentComparison.withoutMeanings("One.")).isEqualTo("One.");
  }

  @Test
  void placesAreComparedBothWays() {
    explained.add(Reason.MEANING_OF_VALUES, "A.b");
    Places expected = new Places();
    expected.add(Reason.MEANING_OF_VALUES, "A.c");
    assertThat(explained.differences(expected)).hasSize(2);
    assertThat(explained.differences(explained)).isEmpty();
  }
}
