package dev.pintle.server.failure;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.Test;

class MemoryExhaustionTest {
  @Test
  void whateverFailsForWantOfMemoryIsKnownByItsCauses() {
    OutOfMemoryError none = new OutOfMemoryError("Java heap space");
    assertThat(MemoryExhaustion.isCauseOf(none)).isTrue();
    assertThat(MemoryExhaustion.isCauseOf(new IllegalStateException(new ExecutionException(none))))
        .isTrue();
    assertThat(
            MemoryExhaustion.isCauseOf(
                new StartException(ExitCode.DATA, "what a cluster starts with", none)))
        .isTrue();
    assertThat(MemoryExhaustion.isCauseOf(new IllegalStateException(new StackOverflowError())))
        .isFalse();
  }

  /// Causes may go round in a circle.
  @Test
  void causesAreFollowedForALimitedWayOnly() {
    IllegalStateException one = new IllegalStateException("one");
    IllegalStateException other = new IllegalStateException("other", one);
    one.initCause(other);
    assertThat(MemoryExhaustion.isCauseOf(one)).isFalse();
  }
}
