package dev.pintle.member.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pintle.kernel.Bytes;
import dev.pintle.kernel.command.Command;
import dev.pintle.kernel.keyspace.StorageFailure;
import dev.pintle.member.ReopenedKv;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// History that is read while the store is opened anew.
class HistoryReadTest {
  private static final int WRITES = 5;
  private final ReopenedKv store = new ReopenedKv();
  private final List<String> visited = new ArrayList<>();
  private LocalMember member;

  @BeforeEach
  void open() throws IOException {
    member = LocalMember.inMemory(store, Settings.DEFAULT);
    for (int i = 0; i < WRITES; i++) {
      member.execute(Command.Put.of(Bytes.utf8("k" + i), Bytes.utf8("v")));
    }
  }

  @AfterEach
  void close() {
    member.close();
  }

  private void read() {
    assertThat(
            member
                .view()
                .history(member.view().revision(), (_, kv, _) -> visited.add(kv.key().utf8())))
        .isNull();
  }

  @Test
  void aReadThatTheStoreWasOpenedAnewUnderIsMadeAgainAndSeesEachWriteOnce() {
    store.reopenings.set(2);
    read();
    assertThat(visited).containsExactly("k0", "k1", "k2", "k3", "k4");
    assertThat(store.reopenings).hasValue(0);
  }

  @Test
  void itIsNotMadeAgainForEver() {
    store.reopenings.set(Integer.MAX_VALUE);
    assertThatThrownBy(this::read)
        .isInstanceOfSatisfying(
            StorageFailure.class,
            failure -> assertThat(failure.kind()).isEqualTo(StorageFailure.Kind.REOPENED));
    assertThat(visited).isEmpty();
  }
}
