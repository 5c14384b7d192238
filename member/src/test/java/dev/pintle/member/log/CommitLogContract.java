package dev.pintle.member.log;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// The promises of every log, whether a disk or a majority decides.
abstract class CommitLogContract {
  private CommitLog log;

  /// A new log.
  abstract CommitLog create() throws IOException;

  @BeforeEach
  void createLog() throws IOException {
    log = create();
  }

  @AfterEach
  void closeLog() throws IOException {
    log.close();
  }

  @Test
  void aNewLogHasNoEntries() throws IOException {
    assertThat(log.firstIndex()).isEqualTo(1);
    assertThat(log.lastIndex()).isZero();
    assertThat(log.readIndex()).isZero();
    assertThat(replayed(log, 1)).isEmpty();
  }

  @Test
  void entriesAreNumberedFromOneWithoutAGap() throws IOException {
    assertThat(append(log, "a", "b")).isEqualTo(2);
    assertThat(append(log, "c")).isEqualTo(3);
    assertThat(log.lastIndex()).isEqualTo(3);
    assertThat(replayed(log, 1)).containsExactly("1:a", "2:b", "3:c");
  }

  @Test
  void replayBeginsInTheMiddleOfABatch() throws IOException {
    append(log, "a", "b", "c");
    append(log, "d");
    assertThat(replayed(log, 2)).containsExactly("2:b", "3:c", "4:d");
    assertThat(replayed(log, 5)).isEmpty();
  }

  @Test
  void anEmptyEntryIsAnEntry() throws IOException {
    append(log, "", "b");
    assertThat(replayed(log, 1)).containsExactly("1:", "2:b");
  }

  @Test
  void whatWasAnsweredIsCoveredByTheReadIndex() throws IOException {
    long answered = append(log, "a", "b");
    assertThat(log.readIndex()).isGreaterThanOrEqualTo(answered);
  }

  @Test
  void forgettingKeepsEverythingFromItsIndexOn() throws IOException {
    for (int i = 1; i <= 100; i++) {
      append(log, "x".repeat(200) + i);
    }
    log.forgetBefore(60);
    assertThat(log.firstIndex()).isBetween(2L, 60L);
    assertThat(log.lastIndex()).isEqualTo(100);
    assertThat(replayed(log, 60)).hasSize(41).first().asString().startsWith("60:");
  }

  @Test
  void forgettingGivesRoomBack() throws IOException {
    for (int i = 1; i <= 100; i++) {
      append(log, "x".repeat(200));
    }
    long before = log.sizeBytes();
    log.forgetBefore(101);
    assertThat(log.sizeBytes()).isLessThan(before / 2);
    append(log, "more");
    assertThat(log.lastIndex()).isEqualTo(101);
  }

  static long append(CommitLog log, String... entries) throws IOException {
    return log.append(batch(entries));
  }

  static LogBatch batch(String... entries) {
    LogBatch batch = new LogBatch();
    for (String entry : entries) {
      batch.add(entry.getBytes(StandardCharsets.UTF_8));
    }
    return batch;
  }

  static List<String> replayed(CommitLog log, long from) throws IOException {
    List<String> seen = new ArrayList<>();
    log.replay(
        from, (index, entry) -> seen.add(index + ":" + new String(entry, StandardCharsets.UTF_8)));
    return seen;
  }
}
