package dev.pintle.kube.cel;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pintle.kube.crd.SchemaReader;
import dev.pintle.kube.object.Json;
import dev.pintle.kube.object.JsonObject;
import dev.pintle.kube.object.JsonReader;
import dev.pintle.kube.scenario.Story;
import dev.pintle.kube.schema.SchemaNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// The stories in `src/test/scenarios/cel`: rules, one a line, and what the real server makes of each for the same schema and
/// value.
///
/// ```
/// # What they show.
/// self.n == 7
/// self.n / 0 == 1
/// self.nope == 1
/// ----
/// true (worst 2, cost 3)
/// fails division by zero (worst 3, cost 2)
/// refused 1:5: undefined field 'nope'
/// ```
final class ExpressionStoriesTest {
  private static final Path FOLDER = Path.of("src/test/scenarios/cel");
  private static final SchemaNode SCHEMA =
      SchemaReader.read(
          (JsonObject)
              JsonReader.read(
                  """
                  {"type": "object", "properties": {
                    "n": {"type": "integer"}, "f": {"type": "number"}, "b": {"type": "boolean"},
                    "s": {"type": "string", "maxLength": 100},
                    "for": {"type": "string"}, "a-b": {"type": "string"},
                    "when": {"type": "string", "format": "date-time"},
                    "span": {"type": "string", "format": "duration"},
                    "by": {"type": "string", "format": "byte"},
                    "any": {"x-kubernetes-int-or-string": true},
                    "list": {"type": "array", "maxItems": 10, "items": {"type": "integer"}},
                    "names": {"type": "array", "maxItems": 10, "items": {"type": "string", "maxLength": 10}},
                    "map": {"type": "object", "maxProperties": 10,
                      "additionalProperties": {"type": "string", "maxLength": 20}},
                    "obj": {"type": "object", "properties": {"x": {"type": "integer"}, "y": {"type": "string"}}},
                    "objs": {"type": "array", "maxItems": 5, "items": {"type": "object", "properties": {
                      "x": {"type": "integer"}, "y": {"type": "string", "maxLength": 7}}}}}}
                  """));
  private static final Json VALUE =
      JsonReader.read(
          """
          {"n": 7, "f": 2, "b": true, "s": "hello world", "for": "x", "a-b": "y",
           "when": "2024-05-06T07:08:09Z", "span": "90m", "by": "aGVsbG8=", "any": 5,
           "list": [3, 1, 2], "names": ["aa", "b", "ccc"], "map": {"k": "v", "l": "ww"},
           "obj": {"x": 1, "y": "q"}, "objs": [{"x": 1, "y": "z"}, {"x": 2}]}
          """);

  static Stream<Story> stories() throws IOException {
    return Story.in(FOLDER);
  }

  @ParameterizedTest
  @MethodSource("stories")
  void theStoryEndsAsTold(Story story) {
    assertThat(story.asked().stream().map(ExpressionStoriesTest::told))
        .as(story.claim())
        .isEqualTo(story.expected());
  }

  private static String told(String text) {
    ValidationRule rule;
    try {
      rule =
          ValidationRule.of(
              new ValidationRule.Subject(SCHEMA, false, false, false), new SchemaTypes(), text);
    } catch (CelException refused) {
      return "refused " + mistakes(String.valueOf(refused.getMessage()));
    }
    ValidationRule.Result result = rule.run(VALUE, null, Effort.FULL);
    return "%s (worst %s, cost %d)"
        .formatted(
            result.problem().isEmpty()
                ? String.valueOf(result.holds())
                : "fails " + result.problem(),
            Long.toUnsignedString(rule.worstCost()),
            result.cost());
  }

  /// What is told, without the text that it points into.
  private static String mistakes(String message) {
    return message
        .lines()
        .filter(line -> !line.startsWith(" | "))
        .map(line -> line.replace("compilation failed: ", "").replace("ERROR: <input>:", ""))
        .collect(Collectors.joining(" & "));
  }
}
