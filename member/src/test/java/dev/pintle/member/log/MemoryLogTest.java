package dev.pintle.member.log;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class MemoryLogTest extends CommitLogContract {
  @Override
  CommitLog create() {
    return new MemoryLog();
  }

  @Test
  void oneThatBeginsAtAPositionGoesOnThere() throws IOException {
    try (CommitLog log = MemoryLog.after(41)) {
      assertThat(log.firstIndex()).isEqualTo(42);
      assertThat(log.lastIndex()).isEqualTo(41);
      LogBatch batch = new LogBatch();
      batch.add(new byte[] {1}, 0, 1);
      assertThat(log.append(batch)).isEqualTo(42);
      List<Long> replayed = new ArrayList<>();
      log.replay(42, (index, _) -> replayed.add(index));
      assertThat(replayed).containsExactly(42L);
    }
  }
}
