package dev.pintle.kube.request;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pintle.kube.RequestStory;
import dev.pintle.kube.scenario.Story;
import java.io.IOException;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// The stories in `src/test/scenarios/options`: how the options of requests are read, and which are refused.
final class OptionStoriesTest {
  private static final Path FOLDER = Path.of("src/test/scenarios/options");

  static Stream<Story> stories() throws IOException {
    return Story.in(FOLDER);
  }

  @ParameterizedTest
  @MethodSource("stories")
  void theStoryEndsAsTold(Story story) throws InterruptedException {
    assertThat(RequestStory.told(story)).as(story.claim()).isEqualTo(story.expected());
  }
}
