package dev.pintle.bench.storm;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

final class StormTablesTest {
  @Test
  void everyRowHasAsManyCellsAsItsHead() {
    StormTables tables = new StormTables(Storms.OURS, Storms.four());
    for (String table : List.of(tables.bursts(), tables.classes(), tables.bars())) {
      assertThat(
              table.lines().map(line -> line.chars().filter(one -> one == '|').count()).distinct())
          .as(table)
          .hasSize(1);
    }
  }

  @Test
  void aBurstIsARow() {
    assertThat(new StormTables(Storms.OURS, Storms.four()).bursts())
        .contains("| Ours | tuned | 5,000 | 60 | 60 | 60 | 1 | 1.0 | 3.0 | 0 | 0 | 500 | 300 |");
  }

  @Test
  void aClassIsARowWithWhatWasTurnedAway() {
    StormRun run = Storms.run(Storms.OURS, Fairness.OFF, 10, 90);
    run.of(Traffic.HEARTBEAT).attempt(1, true);
    run.of(Traffic.HEARTBEAT).failure("503");
    assertThat(new StormTables(Storms.OURS, List.of(run)).classes())
        .contains("| node heartbeats | 9.0 / 9.0 / 9.0 of 1, 1 × 429, **1 failed** |");
  }

  @Test
  void barsAreHeldToTheOtherWithTheSameFairness() {
    assertThat(new StormTables(Storms.OURS, Storms.four()).bars())
        .contains("| Jobs/s at least 4× the pair's | 5.0×: met | 2.5×: **missed** |")
        .contains(
            "| p99 of a create at most 12 % of the pair's | 0.10 of it: met | 0.20 of it: **missed** |")
        .contains("| p99 of a heartbeat at most 50 ms | 8.0 ms: met | 6.0 ms: met |");
  }

  @Test
  void withoutTheOtherThereIsNoRatio() {
    StormRun alone = Storms.run(Storms.OURS, Fairness.TUNED, 10, 9);
    assertThat(new StormTables(Storms.OURS, List.of(alone)).bars())
        .contains("| Jobs/s at least 4× the pair's | – |");
  }

  @Test
  void whatFailedIsTold() {
    StormRun run = Storms.run(Storms.OURS, Fairness.OFF, 10, 9);
    run.of(Traffic.FOLLOW_UP).failure("PUT x: 409\nconflict");
    assertThat(new StormTables(Storms.OURS, List.of(run)).all())
        .contains("- Ours, off, pods and their status: PUT x: 409 conflict");
  }
}
