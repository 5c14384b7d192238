package dev.pintle.kube.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pintle.kube.status.StatusError;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ConnectionExecutorTest {
  private static final SocketAddress ONE = InetSocketAddress.createUnresolved("client", 1);
  private static final SocketAddress OTHER = InetSocketAddress.createUnresolved("client", 2);
  private static final int RUNNING_MAX = 2;

  /// Started and not yet run: a test runs each when it likes.
  private final ArrayDeque<Runnable> started = new ArrayDeque<>();

  private final List<Integer> ran = new ArrayList<>();
  private final ConnectionExecutor executor = new ConnectionExecutor(started::add, RUNNING_MAX);

  private void execute(SocketAddress connection, int number) {
    executor.execute(connection, () -> ran.add(number));
  }

  private void endAll() {
    while (!started.isEmpty()) {
      started.remove().run();
    }
  }

  @Test
  void soManyOfAConnectionRunAtOnceAndTheOthersFollowInOrder() {
    for (int i = 0; i < 5; i++) {
      execute(ONE, i);
    }
    assertThat(started).hasSize(RUNNING_MAX);

    started.remove().run();
    assertThat(started).hasSize(RUNNING_MAX);

    endAll();
    assertThat(ran).containsExactly(0, 1, 2, 3, 4);
  }

  @Test
  void anotherConnectionDoesNotWaitForOneThatHasMuch() {
    for (int i = 0; i < 5; i++) {
      execute(ONE, i);
    }
    execute(OTHER, 5);

    assertThat(started).hasSize(RUNNING_MAX + 1);
    started.removeLast().run();
    assertThat(ran).containsExactly(5);
  }

  @Test
  void whatNobodyCanBeWaitingForIsRefusedUntilOthersEnded() {
    int most = RUNNING_MAX + 4 * RUNNING_MAX;
    for (int i = 0; i < most; i++) {
      execute(ONE, i);
    }
    assertThatThrownBy(() -> execute(ONE, most))
        .isInstanceOfSatisfying(
            StatusError.class, refused -> assertThat(refused.status().code()).isEqualTo(429));
    execute(OTHER, -1);

    endAll();
    execute(ONE, most);
    endAll();
    assertThat(ran).hasSize(most + 2).endsWith(most);
  }

  @Test
  void oneThatFailsMakesRoomAsWell() {
    for (int i = 0; i < RUNNING_MAX; i++) {
      executor.execute(
          ONE,
          () -> {
            throw new IllegalStateException("a bug");
          });
    }
    execute(ONE, 7);
    for (int i = 0; i < RUNNING_MAX; i++) {
      assertThatThrownBy(() -> started.remove().run()).hasMessage("a bug");
    }

    endAll();
    assertThat(ran).containsExactly(7);
  }
}
