package dev.pintle.kube.transaction;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pintle.kube.status.StatusError;
import dev.pintle.kube.status.StatusErrors;
import dev.pintle.kube.store.ObjectReader;
import dev.pintle.kube.store.ObjectView;
import dev.pintle.kube.store.SameVersionOnly;
import dev.pintle.kube.transaction.GuaranteedUpdate.Attempts;
import dev.pintle.member.local.LocalMember;
import dev.pintle.member.local.Settings;
import dev.pintle.storage.memory.MemoryKv;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

final class GuaranteedUpdateTest {
  private final List<ObjectView> seen = new ArrayList<>();
  private LocalMember member;
  private GuaranteedUpdate updates;

  @BeforeEach
  void start() throws IOException {
    member = LocalMember.inMemory(new MemoryKv(), Settings.DEFAULT);
    updates = new GuaranteedUpdate(this::view, () -> StatusErrors.badRequest("a crowd"));
  }

  @AfterEach
  void stop() {
    member.close();
  }

  private ObjectView view() {
    return new ObjectView(member.view(), new ObjectReader(new SameVersionOnly()));
  }

  /// Succeeds at the attempt of a number.
  private Optional<String> overtakenUntil(int number, ObjectView view) {
    seen.add(view);
    return seen.size() < number ? Optional.empty() : Optional.of("done");
  }

  @Test
  void theFirstAttemptSeesWhatTheRequestSaw() {
    ObjectView first = view();
    String done = updates.run(Attempts.PATCH, first, view -> overtakenUntil(1, view));
    assertThat(done).isEqualTo("done");
    assertThat(seen).containsExactly(first);
  }

  @Test
  void whoWasOvertakenLooksAgain() {
    ObjectView first = view();
    updates.run(Attempts.PATCH, first, view -> overtakenUntil(3, view));
    assertThat(seen).hasSize(3).doesNotHaveDuplicates().startsWith(first);
  }

  @ParameterizedTest
  @EnumSource(Attempts.class)
  void theLastAttemptMayStillSucceed(Attempts attempts) {
    String done = updates.run(attempts, view(), view -> overtakenUntil(attempts.max(), view));
    assertThat(done).isEqualTo("done");
  }

  @ParameterizedTest
  @EnumSource(Attempts.class)
  void whoWasOvertakenByACrowdIsToldSo(Attempts attempts) {
    assertThatThrownBy(() -> updates.run(attempts, view(), view -> overtakenUntil(1_000, view)))
        .isInstanceOf(StatusError.class)
        .hasMessage("a crowd");
    assertThat(seen).hasSize(attempts.max());
  }

  @ParameterizedTest
  @CsvSource({"PATCH, 5", "GENERATED_NAME, 8", "EVICTION, 20"})
  void someAreTriedAsOftenAsUpstreamTriesThem(Attempts attempts, int max) {
    assertThat(attempts.max()).isEqualTo(max);
  }

  @Test
  void whatIsRefusedIsNotTriedAgain() {
    assertThatThrownBy(() ->
            updates.run(
                Attempts.UNCONDITIONAL,
                view(),
                view -> {
                  seen.add(view);
                  throw StatusErrors.badRequest("no");
                }))
        .hasMessage("no");
    assertThat(seen).hasSize(1);
  }
}
