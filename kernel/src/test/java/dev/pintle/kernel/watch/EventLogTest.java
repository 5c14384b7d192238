package dev.pintle.kernel.watch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pintle.kernel.Bytes;
import dev.pintle.kernel.InvariantViolation;
import dev.pintle.kernel.keyspace.KeyValue;
import dev.pintle.kernel.watch.EventLog.Limits;
import java.util.List;
import org.junit.jupiter.api.Test;

final class EventLogTest {
  private final EventLog log = new EventLog(new Limits(100, 1_000_000), 7);

  @Test
  void aNewLogReachesOnlyWhatIsToCome() {
    assertThat(log.reaches(6)).isFalse();
    assertThat(log.reaches(7)).isTrue();
    assertThat(log.nextRevision()).isEqualTo(7);
  }

  @Test
  void theNewestDeltasAreHeldUpToTheirNumber() {
    for (long revision = 7; revision < 1_007; revision++) {
      log.append(delta(revision, 10));
    }
    assertThat(log.firstRevision()).isEqualTo(907);
    assertThat(log.reaches(906)).isFalse();
    for (long revision = 907; revision < 1_007; revision++) {
      assertThat(log.get(revision).revision()).isEqualTo(revision);
    }
    assertThatThrownBy(() -> log.get(906)).hasMessageContaining("expected: in [907, 1007)");
    assertThatThrownBy(() -> log.get(1_007)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void theNewestDeltasAreHeldUpToTheirBytesAndTheLastOneAlways() {
    for (long revision = 7; revision < 27; revision++) {
      log.append(delta(revision, 100_000));
      assertThat(log.sizeBytes()).isLessThanOrEqualTo(1_000_000);
    }
    assertThat(log.firstRevision()).isEqualTo(18);
    log.append(delta(27, 2_000_000));
    assertThat(log.firstRevision()).isEqualTo(27);
    assertThat(log.get(27).revision()).isEqualTo(27);
  }

  @Test
  void aGapIsABrokenPromise() {
    log.append(delta(7, 1));
    assertThatThrownBy(() -> log.append(delta(9, 1))).isInstanceOf(InvariantViolation.class);
  }

  @Test
  void whatIsCompactedIsForgotten() {
    log.append(delta(7, 1));
    log.append(delta(8, 1));
    log.forgetBefore(8);
    assertThat(log.firstRevision()).isEqualTo(8);
    log.forgetBefore(100);
    assertThat(log.firstRevision()).isEqualTo(9);
    assertThat(log.sizeBytes()).isZero();
  }

  private static Delta delta(long revision, int valueBytes) {
    KeyValue entry =
        new KeyValue(Bytes.utf8("k"), revision, revision, 1, 0, Bytes.wrap(new byte[valueBytes]));
    return new Delta(revision, List.of(new WatchEvent(WatchEvent.Kind.PUT, entry, null)));
  }
}
