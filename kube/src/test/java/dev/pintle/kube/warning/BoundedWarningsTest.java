package dev.pintle.kube.warning;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class BoundedWarningsTest {
  private final List<String> taken = new ArrayList<>();
  private final BoundedWarnings warnings = new BoundedWarnings(taken::add);

  @Test
  void whatComesFirstIsTakenInItsOrder() {
    warnings.accept("a");
    warnings.accept("b");

    assertThat(taken).containsExactly("a", "b");
    assertThat(warnings.isFull()).isFalse();
  }

  @Test
  void enoughIsEnough() {
    for (int i = 0; i < 1_000; i++) {
      warnings.accept("w" + i);
    }

    assertThat(warnings.isFull()).isTrue();
    assertThat(taken).hasSize(256).endsWith("w255");
  }
}
