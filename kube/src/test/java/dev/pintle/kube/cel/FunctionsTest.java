package dev.pintle.kube.cel;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class FunctionsTest {
  // Done by the evaluation itself.
  private static final Set<String> BUILT_IN =
      Set.of(
          "_?_:_",
          "_[_]",
          "_[?_]",
          "_?._",
          "@not_strictly_false",
          "cel.@mapInsert",
          "or",
          "orValue");

  @Test
  void whatIsDeclaredIsDoneAndTheReverse() {
    Set<String> declared = new TreeSet<>(Environment.RULES.functions());
    declared.removeAll(BUILT_IN);

    assertThat(new TreeSet<>(Functions.names())).isEqualTo(declared);
  }
}
