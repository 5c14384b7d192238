package dev.pintle.kube.decode;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pintle.kube.RequestStory;
import dev.pintle.kube.scenario.Story;
import java.io.IOException;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// The stories in `src/test/scenarios/bodies`: how bodies are read, and what is wrong with them.
final class BodyStoriesTest {
  private static final Path FOLDER = Path.of("src/test/scenarios/bodies");

  static Stream<Story> stories() throws IOException {
    return Story.in(FOLDER);
  }

  @ParameterizedTest
  @MethodSource("stories")
  void theStoryEndsAsTold(Story story) throws InterruptedException {
    assertThat(RequestStory.told(story)).as(story.claim()).isEqualTo(story.expected());
  }
}
