package dev.pintle.sim.linear;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pintle.sim.linear.ClientOperation.Action;
import dev.pintle.sim.linear.ClientOperation.Delete;
import dev.pintle.sim.linear.ClientOperation.Get;
import dev.pintle.sim.linear.ClientOperation.Put;
import dev.pintle.sim.linear.ClientOperation.Swap;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class LinearizabilityTest {
  @Test
  void oneAfterTheOtherIsFine() {
    assertThat(holds(op(1, 2, put("a", 5)), op(3, 4, get("a", 5)), op(5, 6, new Delete(true))))
        .isTrue();
  }

  @Test
  void aReadOfTheOverwrittenAfterTheWriteWasAnsweredIsStale() {
    assertThat(holds(op(1, 2, put("a", 5)), op(3, 4, put("b", 6)), op(5, 6, get("a", 5))))
        .isFalse();
  }

  @Test
  void aReadDuringAWriteMaySeeEither() {
    assertThat(holds(op(1, 2, put("a", 5)), op(3, 9, put("b", 6)), op(4, 5, get("a", 5)))).isTrue();
    assertThat(holds(op(1, 2, put("a", 5)), op(3, 9, put("b", 6)), op(4, 5, get("b", 6)))).isTrue();
  }

  @Test
  void twoReadsDuringAWriteMayNotSeeItComeAndGo() {
    assertThat(
            holds(
                op(1, 2, put("a", 5)),
                op(3, 9, put("b", 6)),
                op(4, 5, get("b", 6)),
                op(6, 7, get("a", 5))))
        .isFalse();
  }

  @Test
  void onlyOneOfTwoSwapsOfTheSameRevisionCanSucceed() {
    Action first = new Swap(5, "b", null, 6);
    Action second = new Swap(5, "c", null, 7);
    assertThat(holds(op(1, 2, put("a", 5)), op(3, 9, first), op(3, 9, second))).isFalse();
    Action refused = new Swap(5, "c", new Register("b", 6), 0);
    assertThat(holds(op(1, 2, put("a", 5)), op(3, 9, refused), op(4, 8, first))).isTrue();
  }

  @Test
  void aWriteWithoutAnAnswerMayHappenLateOrNever() {
    ClientOperation lost = op(1, ClientOperation.NEVER, put("lost", 0));
    assertThat(holds(lost, op(2, 3, getAbsent()), op(4, 5, get("lost", 9)))).isTrue();
    assertThat(holds(lost, op(2, 3, getAbsent()), op(4, 5, getAbsent()))).isTrue();
    assertThat(holds(lost, op(2, 3, get("lost", 9)), op(4, 5, getAbsent()))).isFalse();
  }

  @Test
  void revisionsThatGoBackAreRefused() {
    assertThat(holds(op(1, 2, put("a", 5)), op(3, 4, put("b", 4)))).isFalse();
  }

  /// Histories made by doing things one after the other, and then stretching their times, are always explained; with one
  /// answer changed they hardly ever are.
  @Test
  void historiesThatHappenedAreExplained() {
    for (int seed = 0; seed < 200; seed++) {
      List<ClientOperation> history = history(new Random(seed));
      assertThat(Linearizability.holds(history, Register.ABSENT)).as("seed %d", seed).isTrue();
    }
  }

  private static List<ClientOperation> history(Random random) {
    List<ClientOperation> history = new ArrayList<>();
    Register state = Register.ABSENT;
    for (int i = 1; i <= 60; i++) {
      Action action;
      switch (random.nextInt(4)) {
        case 0 -> {
          action = put("v" + i, i);
          state = new Register("v" + i, i);
        }
        case 1 -> {
          action = new Delete(state.value() != null);
          state = Register.ABSENT;
        }
        case 2 -> {
          long expected = random.nextBoolean() ? state.modRevision() : 1_000_000;
          boolean holds = expected == state.modRevision();
          action = new Swap(expected, "s" + i, holds ? null : state, holds ? i : 0);
          state = holds ? new Register("s" + i, i) : state;
        }
        default -> action = new Get(state);
      }
      long happened = 100L * i;
      history.add(op(happened - random.nextInt(500), happened + random.nextInt(500), action));
    }
    Collections.shuffle(history, random);
    return history;
  }

  private static ClientOperation op(long called, long answered, Action action) {
    return new ClientOperation(action, called, answered);
  }

  private static Action put(String value, long revision) {
    return new Put(value, revision);
  }

  private static Action get(String value, long revision) {
    return new Get(new Register(value, revision));
  }

  private static Action getAbsent() {
    return new Get(Register.ABSENT);
  }

  private static boolean holds(ClientOperation... operations) {
    return Linearizability.holds(List.of(operations), Register.ABSENT);
  }
}
