package dev.pintle.kernel.flow;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pintle.kernel.flow.WorkEstimator.ListWanted;
import org.junit.jupiter.api.Test;

final class WorkEstimatorTest {
  /// `list OBJECTS BYTES LIMIT SINGLE FROM-MEMORY SELECTED SEATS-MAX = SEATS` and
  /// `write WATCHERS SEATS-MAX = SEATS FINAL-SEATS NANOS`.
  @Test
  void aRequestIsTakenToCostWhatUpstreamTakesItToCost() {
    for (String line : Figures.lines("works.txt")) {
      String[] words = line.split(" ", -1);
      WorkEstimate expected;
      WorkEstimate seen;
      if (words[0].equals("list")) {
        expected = new WorkEstimate(Integer.parseInt(words[9]), 0, 0);
        seen = WorkEstimator.list(wanted(words), Integer.parseInt(words[7]));
      } else {
        expected =
            new WorkEstimate(
                Integer.parseInt(words[4]), Integer.parseInt(words[5]), Long.parseLong(words[6]));
        seen = WorkEstimator.write(Integer.parseInt(words[1]), Integer.parseInt(words[2]));
      }
      assertThat(seen).as(line).isEqualTo(expected);
    }
  }

  private static ListWanted wanted(String[] words) {
    return new ListWanted(
        Long.parseLong(words[1]),
        Long.parseLong(words[2]),
        Long.parseLong(words[3]),
        Boolean.parseBoolean(words[4]),
        Boolean.parseBoolean(words[5]),
        Boolean.parseBoolean(words[6]));
  }

  @Test
  void aListThatNobodyCanCountIsAsWideAsOneMayBe() {
    ListWanted all = new ListWanted(1_000_000_000, 1_500_000, 0, false, false, false);
    assertThat(WorkEstimator.list(all, 0).initialSeats()).isEqualTo(100);
    assertThat(WorkEstimator.list(all, 37).initialSeats()).isEqualTo(37);
  }
}
