package dev.pintle.rules;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class TestHabitsTest {
  @TempDir Path folder;

  @Test
  void aSleepingTestIsFound() throws Exception {
    assertThat(brokenBy("void t() throws Exception { Thread.sleep(1); }")).hasSize(1);
  }

  @Test
  void aTestThatIsSwitchedOffIsFound() throws Exception {
    assertThat(brokenBy("@org.junit.jupiter.api.Disabled void t() {}")).hasSize(1);
  }

  @Test
  void anOrdinaryTestIsLeftAlone() throws Exception {
    assertThat(brokenBy("@org.junit.jupiter.api.Test void t() {}")).isEmpty();
  }

  private java.util.stream.Stream<Finding> brokenBy(String member) throws Exception {
    var module =
        Planted.module(folder, "member")
            .test("package dev.pintle.member; class ATest { " + member + " }")
            .built();
    return new TestHabits().broken(module);
  }
}
