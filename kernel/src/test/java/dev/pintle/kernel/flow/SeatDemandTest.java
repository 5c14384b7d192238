package dev.pintle.kernel.flow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

final class SeatDemandTest {
  private static final long SECOND = 1_000_000_000;
  private static final Offset<Double> EXACT = within(1e-6);

  /// A line is a history of periods. `nanos:seats` sets the demand that long after what came before, and
  /// `nanos=seconds/average/deviation/max/smoothed` ends a period.
  @Test
  void aPeriodIsObservedAndSmoothedAsUpstreamDoes() {
    for (String line : Figures.lines("demands.txt")) {
      SeatDemand demand = new SeatDemand(0);
      DemandHistory history = new DemandHistory();
      long now = 0;
      for (String step : line.split(" ", -1)) {
        int end = step.indexOf('=');
        int at = end < 0 ? step.indexOf(':') : end;
        now += Long.parseLong(step, 0, at, 10);
        if (end < 0) {
          demand.set(Integer.parseInt(step, at + 1, step.length(), 10), now);
          continue;
        }
        double[] expected =
            Arrays.stream(step.substring(end + 1).split("/", -1))
                .mapToDouble(Double::parseDouble)
                .toArray();
        SeatDemand.Observed observed = demand.reset(now);
        history.note(observed);
        assertThat(observed.seconds()).as(line).isCloseTo(expected[0], EXACT);
        if (expected[0] > 0) {
          assertThat(observed.average()).as(line).isCloseTo(expected[1], EXACT);
          assertThat(observed.deviation()).as(line).isCloseTo(expected[2], EXACT);
        }
        assertThat(observed.max()).as(line).isEqualTo(expected[3]);
        assertThat(history.smoothed()).as(line).isCloseTo(expected[4], EXACT);
        assertThat(history.highWatermark()).as(line).isEqualTo((int) expected[3]);
      }
    }
  }

  @Test
  void aDemandThatDoesNotVaryHasNoDeviation() {
    SeatDemand demand = new SeatDemand(0);
    demand.set(0.1, 0);
    for (long second = 1; second <= 100; second++) {
      demand.set(0.1, second * SECOND / 7);
    }
    assertThat(demand.reset(15 * SECOND).deviation()).isCloseTo(0, EXACT);
  }

  @Test
  void theDemandAtTheEndOfAPeriodIsTheMostOfTheNextOneAtFirst() {
    SeatDemand demand = new SeatDemand(0);
    demand.set(90, 0);
    demand.set(20, SECOND);
    assertThat(demand.reset(2 * SECOND).max()).isEqualTo(90);
    assertThat(demand.reset(3 * SECOND)).isEqualTo(new SeatDemand.Observed(1, 20, 0, 20));
  }

  @Test
  void aPeriodWithoutTimeKeepsWhatIsKnownButForTheMost() {
    DemandHistory history = new DemandHistory();
    history.note(new SeatDemand.Observed(10, 40, 5, 60));
    history.note(new SeatDemand.Observed(0, 0, 0, 7));
    assertThat(history.highWatermark()).isEqualTo(7);
    assertThat(history.average()).isEqualTo(40);
    assertThat(history.deviation()).isEqualTo(5);
    assertThat(history.smoothed()).isEqualTo(45);
  }

  @Test
  void theSmoothedDemandRisesAtOnceAndIsHalfAfterFiveMinutes() {
    DemandHistory history = new DemandHistory();
    history.note(new SeatDemand.Observed(10, 100, 0, 100));
    assertThat(history.smoothed()).isEqualTo(100);
    for (int period = 0; period < 30; period++) {
      history.note(new SeatDemand.Observed(10, 0, 0, 0));
    }
    assertThat(history.smoothed()).isCloseTo(50, within(1.0));
  }
}
