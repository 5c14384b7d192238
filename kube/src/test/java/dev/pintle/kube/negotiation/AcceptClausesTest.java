package dev.pintle.kube.negotiation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

final class AcceptClausesTest {
  private static List<String> types(String header) {
    return AcceptClauses.of(header).stream()
        .map(clause -> clause.type() + "/" + clause.subtype())
        .toList();
  }

  @Test
  void theBetterQualityComesFirstThenTheMoreExactType() {
    assertThat(types("a/b;q=0.2, c/d;q=0.9")).containsExactly("c/d", "a/b");
    assertThat(types("*/*, a/*, a/b")).containsExactly("a/b", "a/*", "*/*");
    assertThat(types("a/b, c/d")).containsExactly("a/b", "c/d");
  }

  @Test
  void nothingAsksForAnything() {
    assertThat(types("")).containsExactly("*/*");
    assertThat(types("*")).containsExactly("*/*");
  }

  @Test
  void whatIsNoMediaTypeIsLeftOut() {
    assertThat(types("garbage, ,a/b/c, a/")).isEmpty();
  }

  @Test
  void aQualityThatIsNoNumberIsNothing() {
    assertThat(AcceptClauses.of("a/b;q=bad").getFirst().quality()).isZero();
    assertThat(AcceptClauses.of("a/b;q=1d").getFirst().quality()).isZero();
    assertThat(AcceptClauses.of("a/b;x=1;q=0.5").getFirst().quality()).isEqualTo(0.5);
  }

  @Test
  void aClauseTakesWhatItNamesOrLeavesOpen() {
    AcceptClauses.Clause open = AcceptClauses.of("*/json").getFirst();
    assertThat(open.takes("application/json")).isTrue();
    assertThat(open.takes("application/yaml")).isFalse();
  }

  @Test
  void clausesBeyondTheMostAreNotRead() {
    assertThat(AcceptClauses.of("a/b,".repeat(1000))).hasSizeLessThan(40);
  }
}
