package dev.pintle.wire.budget;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pintle.wire.AnswerRoom.Grant;
import org.junit.jupiter.api.Test;

class BudgetTest {
  private final Budget all = new Budget(1000);
  private final Budget client = all.part(600);

  @Test
  void aClientTakesUpToItsShareAndAllTakeUpToTheWhole() {
    Budget other = all.part(600);
    assertThat(client.tryTake(600)).isTrue();
    assertThat(client.tryTake(1)).isFalse();
    assertThat(other.tryTake(401)).isFalse();
    assertThat(other.tryTake(400)).isTrue();
    client.give(600);
    assertThat(other.tryTake(200)).isTrue();
    assertThat(all.used()).isEqualTo(600);
  }

  @Test
  void aRefusalLeavesNothingTaken() {
    assertThat(client.tryTake(601)).isFalse();
    assertThat(client.used()).isZero();
    assertThat(all.used()).isZero();
  }

  @Test
  void whatIsInUseAlreadyIsCountedBeyondTheBound() {
    client.take(700);
    assertThat(client.isExhausted()).isTrue();
    assertThat(all.isExhausted()).isFalse();
    client.give(700);
    assertThat(all.used()).isZero();
  }

  @Test
  void aConnectionsOwnShareIsThereWhenNothingElseIs() {
    all.take(1000);
    Allowance allowance = new Allowance(client, 100, 50);
    assertThat(allowance.tryTake(100)).isTrue();
    assertThat(allowance.tryTake(1)).isFalse();
    assertThat(allowance.isExhausted()).isTrue();
    allowance.give(100);
    assertThat(allowance.isExhausted()).isFalse();
    assertThat(all.used()).isEqualTo(1000);
  }

  @Test
  void anAllowanceTakesInStepsAndGivesThemBack() {
    Allowance allowance = new Allowance(client, 100, 50);
    assertThat(allowance.tryTake(101)).isTrue();
    assertThat(client.used()).isEqualTo(50);
    allowance.set(260);
    assertThat(client.used()).isEqualTo(200);
    allowance.set(0);
    assertThat(client.used()).isZero();
  }

  @Test
  void whatEndsAfterItsConnectionIsNotGivenBackTwice() {
    Allowance allowance = new Allowance(client, 100, 50);
    allowance.add(400);
    allowance.close();
    assertThat(client.used()).isZero();
    allowance.give(400);
    allowance.add(400);
    assertThat(client.used()).isZero();
  }

  @Test
  void anAnswerBeyondItsClientsShareIsTooLargeAndOneBesideOthersHasToWait() {
    Budget large = new Budget(1 << 20);
    ReservedRoom first = new ReservedRoom(large);
    assertThat(first.take(2 << 20)).isEqualTo(Grant.ANSWER_TOO_LARGE);
    ReservedRoom second = new ReservedRoom(large);
    assertThat(second.take(900 << 10)).isEqualTo(Grant.GIVEN);
    ReservedRoom third = new ReservedRoom(large);
    assertThat(third.take(500 << 10)).isEqualTo(Grant.BUDGET_EXHAUSTED);
    second.close();
    second.close();
    assertThat(third.take(1)).isEqualTo(Grant.GIVEN);
    third.close();
    assertThat(large.used()).isZero();
  }

  @Test
  void aSmallAnswerTakesNothing() {
    ReservedRoom room = new ReservedRoom(client);
    assertThat(room.take(4096)).isEqualTo(Grant.GIVEN);
    assertThat(client.used()).isZero();
  }

  @Test
  void whoeverCollectsForACallThatEndedIsToldToStop() {
    Budget large = new Budget(1 << 20);
    ReservedRoom room = new ReservedRoom(large);
    room.take(100_000);
    room.close();
    assertThat(room.take(1)).isEqualTo(Grant.BUDGET_EXHAUSTED);
    assertThat(large.used()).isZero();
  }
}
