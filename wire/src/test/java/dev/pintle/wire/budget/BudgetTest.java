package dev.pintle.wire.budget;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pintle.wire.AnswerRoom.Grant;
import dev.pintle.wire.SharedLimit;
import dev.pintle.wire.ShedCounts;
import org.junit.jupiter.api.Test;

class BudgetTest {
  private final ShedCounts shed = new ShedCounts();
  private final Budget all = new Budget(SharedLimit.ANSWER_BYTES, 1000, shed);
  private final Budget client = all.part(SharedLimit.CLIENT_ANSWER_BYTES, 600);

  @Test
  void aClientTakesUpToItsShareAndAllTakeUpToTheWhole() {
    Budget other = all.part(SharedLimit.CLIENT_ANSWER_BYTES, 600);
    assertThat(client.take(600, true)).isNull();
    assertThat(client.take(1, true)).isEqualTo(SharedLimit.CLIENT_ANSWER_BYTES);
    assertThat(other.take(401, true)).isEqualTo(SharedLimit.ANSWER_BYTES);
    assertThat(other.take(400, true)).isNull();
    client.give(600);
    assertThat(other.take(200, true)).isNull();
    assertThat(all.used()).isEqualTo(600);
  }

  @Test
  void aRefusalLeavesNothingTaken() {
    assertThat(client.take(601, true)).isEqualTo(SharedLimit.CLIENT_ANSWER_BYTES);
    assertThat(shed.of(SharedLimit.CLIENT_ANSWER_BYTES)).isOne();
    assertThat(client.used()).isZero();
    assertThat(all.used()).isZero();
  }

  @Test
  void whatIsInUseAlreadyIsCountedBeyondTheBound() {
    client.use(700);
    assertThat(client.exhausted(true)).isEqualTo(SharedLimit.CLIENT_ANSWER_BYTES);
    assertThat(all.exhausted(true)).isNull();
    client.give(700);
    assertThat(all.used()).isZero();
  }

  @Test
  void aConnectionsOwnShareIsThereWhenNothingElseIs() {
    all.use(1000);
    Allowance allowance = new Allowance(client, 100, 50, () -> true);
    assertThat(allowance.tryTake(100)).isTrue();
    assertThat(allowance.tryTake(1)).isFalse();
    assertThat(allowance.isExhausted()).isTrue();
    allowance.give(100);
    assertThat(allowance.isExhausted()).isFalse();
    assertThat(all.used()).isEqualTo(1000);
  }

  @Test
  void anAllowanceTakesInStepsAndGivesThemBack() {
    Allowance allowance = new Allowance(client, 100, 50, () -> true);
    assertThat(allowance.tryTake(101)).isTrue();
    assertThat(client.used()).isEqualTo(50);
    allowance.set(260);
    assertThat(client.used()).isEqualTo(200);
    allowance.set(0);
    assertThat(client.used()).isZero();
  }

  @Test
  void whatEndsAfterItsConnectionIsNotGivenBackTwice() {
    Allowance allowance = new Allowance(client, 100, 50, () -> true);
    allowance.add(400);
    allowance.close();
    assertThat(client.used()).isZero();
    allowance.give(400);
    allowance.add(400);
    assertThat(client.used()).isZero();
  }

  @Test
  void anAnswerBeyondItsClientsShareIsTooLargeAndOneBesideOthersHasToWait() {
    Budget large = new Budget(SharedLimit.ANSWER_BYTES, 1 << 20, shed);
    ReservedRoom first = new ReservedRoom(large, () -> true);
    assertThat(first.take(2 << 20)).isEqualTo(Grant.ANSWER_TOO_LARGE);
    ReservedRoom second = new ReservedRoom(large, () -> true);
    assertThat(second.take(900 << 10)).isEqualTo(Grant.GIVEN);
    ReservedRoom third = new ReservedRoom(large, () -> true);
    assertThat(third.take(500 << 10)).isEqualTo(Grant.BUDGET_EXHAUSTED);
    second.close();
    second.close();
    assertThat(third.take(1)).isEqualTo(Grant.GIVEN);
    third.close();
    assertThat(large.used()).isZero();
  }

  @Test
  void theLastEighthIsForThoseWhoComeFirst() {
    assertThat(client.take(525, false)).isNull();
    assertThat(client.take(1, false)).isEqualTo(SharedLimit.CLIENT_ANSWER_BYTES);
    assertThat(client.exhausted(false)).isEqualTo(SharedLimit.CLIENT_ANSWER_BYTES);
    assertThat(client.exhausted(true)).isNull();
    assertThat(client.take(75, true)).isNull();
    assertThat(client.take(1, true)).isEqualTo(SharedLimit.CLIENT_ANSWER_BYTES);
  }

  @Test
  void whoIsRefusedIsToldTheLimitAndCounted() {
    all.use(1000);
    Allowance allowance = new Allowance(client, 100, 50, () -> false);
    assertThat(allowance.refuses()).isFalse();
    assertThat(allowance.tryTake(101)).isFalse();
    assertThat(allowance.refusedBy()).isEqualTo(SharedLimit.ANSWER_BYTES);
    allowance.add(100);
    assertThat(allowance.refuses()).isTrue();
    assertThat(shed.metrics()).contains("pintle_shed_total{limit=\"answer-bytes-max\"} 2\n");
  }

  @Test
  void roomThatIsGivenBackForGoodIsThereForOthers() {
    Budget large = new Budget(SharedLimit.ANSWER_BYTES, 1 << 20, shed);
    ReservedRoom room = new ReservedRoom(large, () -> true);
    assertThat(room.take(900 << 10)).isEqualTo(Grant.GIVEN);
    room.giveBack(800 << 10);
    assertThat(new ReservedRoom(large, () -> true).take(700 << 10)).isEqualTo(Grant.GIVEN);
    room.close();
  }

  @Test
  void aSmallAnswerTakesNothing() {
    ReservedRoom room = new ReservedRoom(client, () -> true);
    assertThat(room.take(4096)).isEqualTo(Grant.GIVEN);
    assertThat(client.used()).isZero();
  }

  @Test
  void whoeverCollectsForACallThatEndedIsToldToStop() {
    Budget large = new Budget(SharedLimit.ANSWER_BYTES, 1 << 20, shed);
    ReservedRoom room = new ReservedRoom(large, () -> true);
    room.take(100_000);
    room.close();
    assertThat(room.take(1)).isEqualTo(Grant.BUDGET_EXHAUSTED);
    assertThat(large.used()).isZero();
  }
}
