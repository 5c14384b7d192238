package dev.pintle.kube.allocation;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.pintle.kube.schema.BuiltInTypes;
import dev.pintle.kube.schema.GroupVersion;
import dev.pintle.kube.schema.ResourceType;
import dev.pintle.kube.store.ObjectReader;
import dev.pintle.kube.store.ObjectView;
import dev.pintle.kube.store.SameVersionOnly;
import dev.pintle.kube.transaction.ObjectTransaction;
import dev.pintle.member.local.LocalMember;
import dev.pintle.member.local.Settings;
import dev.pintle.storage.memory.MemoryKv;
import java.io.IOException;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class NodePortsTest {
  private static final ResourceType SERVICES =
      requireNonNull(
          BuiltInTypes.load().snapshot().resource(new GroupVersion("", "v1"), "services"));
  private static final long PORT = 30_005;
  private static final int SEEN_MAX = 3;

  private LocalMember member;
  private NodePorts ports;

  @BeforeEach
  void open() throws IOException {
    member = LocalMember.inMemory(new MemoryKv(), Settings.DEFAULT);
    ports = new NodePorts(new Range(30_000, 30_100, 16), SERVICES, this::view);
  }

  @AfterEach
  void close() {
    member.close();
  }

  private ObjectView view() {
    return new ObjectView(member.view(), new ObjectReader(new SameVersionOnly()));
  }

  private void commit(Consumer<ObjectTransaction> change) {
    try (ObjectTransaction transaction = new ObjectTransaction()) {
      change.accept(transaction);
      if (!transaction.isEmpty()) {
        assertThat(transaction.commit(member)).isPresent();
      }
    }
  }

  private void take() {
    commit(transaction -> ports.change(transaction, bitmap -> bitmap.take(PORT)));
  }

  private boolean isTaken() {
    return ports.at(view()).isTaken(PORT);
  }

  @Test
  void aPortThatNoServiceHasIsGivenBackOnlyAfterSomeRounds() {
    take();
    for (int round = 1; round < SEEN_MAX; round++) {
      commit(ports::repair);
      assertThat(isTaken()).as("round %d", round).isTrue();
    }
    commit(ports::repair);
    assertThat(isTaken()).isFalse();
  }

  @Test
  void aPortThatWasFreeInBetweenIsSeenAnew() {
    take();
    commit(ports::repair);
    commit(transaction -> ports.change(transaction, bitmap -> bitmap.release(PORT)));
    commit(ports::repair);
    take();
    for (int round = 1; round < SEEN_MAX; round++) {
      commit(ports::repair);
      assertThat(isTaken()).as("round %d", round).isTrue();
    }
  }

  @Test
  void whatIsRightIsNotWrittenAgain() {
    take();
    long revision = member.view().revision();
    commit(ports::repair);
    assertThat(member.view().revision()).isEqualTo(revision);
  }

  @Test
  void twoChangesOfOneTransactionSeeEachOther() {
    commit(transaction -> {
      ports.change(transaction, bitmap -> bitmap.take(PORT));
      ports.change(transaction, bitmap -> assertThat(bitmap.isTaken(PORT)).isTrue());
    });
    assertThat(isTaken()).isTrue();
  }
}
