package dev.pintle.kube.cel;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pintle.kube.crd.SchemaReader;
import dev.pintle.kube.object.JsonObject;
import dev.pintle.kube.object.YamlReader;
import dev.pintle.kube.scenario.Story;
import dev.pintle.kube.schema.SchemaNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// The stories in `src/test/scenarios/cel-costs`: a schema, rules of it, and what the real server says that each costs at
/// most, or why it refuses it.
final class CostStoriesTest {
  private static final Path FOLDER = Path.of("src/test/scenarios/cel-costs");
  private static final String SCHEMA = "schema ";

  static Stream<Story> stories() throws IOException {
    return Story.in(FOLDER);
  }

  @ParameterizedTest
  @MethodSource("stories")
  void theStoryEndsAsTold(Story story) {
    String schema = story.asked().getFirst().substring(SCHEMA.length());
    SchemaNode node = SchemaReader.read((JsonObject) YamlReader.read(schema));

    assertThat(story.asked().stream().skip(1).map(rule -> told(node, rule)))
        .as(story.claim())
        .isEqualTo(story.expected());
  }

  private static String told(SchemaNode schema, String text) {
    try {
      ValidationRule.Subject subject = new ValidationRule.Subject(schema, false, false, false);
      return Long.toUnsignedString(ValidationRule.of(subject, new SchemaTypes(), text).worstCost());
    } catch (CelException refused) {
      return "refused "
          + String.valueOf(refused.getMessage())
              .lines()
              .filter(line -> !line.startsWith(" | "))
              .map(line -> line.replace("compilation failed: ", "").replace("ERROR: <input>:", ""))
              .collect(Collectors.joining(" & "));
    }
  }
}
