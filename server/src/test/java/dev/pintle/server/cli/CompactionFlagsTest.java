package dev.pintle.server.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pintle.etcd.compaction.AutoCompaction;
import dev.pintle.etcd.compaction.AutoCompaction.Off;
import dev.pintle.etcd.compaction.AutoCompaction.Periodic;
import dev.pintle.etcd.compaction.AutoCompaction.Revisions;
import dev.pintle.server.failure.StartException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CompactionFlagsTest {
  private static AutoCompaction etcd(String... flags) throws StartException {
    return EtcdCommand.parse(List.of(flags), Map.of()).config().compaction().auto();
  }

  private static AutoCompaction retention(String mode, String retention) throws StartException {
    return etcd("--auto-compaction-mode=" + mode, "--auto-compaction-retention=" + retention);
  }

  private static Duration interval(String... flags) throws StartException {
    return UpCommand.parse(List.of(flags)).compaction().apiServerInterval();
  }

  @Test
  void withoutFlagsTheStoreAloneKeepsAllAndTheApiServerFiveMinutes() throws StartException {
    assertThat(etcd()).isEqualTo(new Off());
    assertThat(interval()).isEqualTo(Duration.ofMinutes(5));
    assertThat(UpCommand.parse(List.of()).compaction().auto()).isEqualTo(new Off());
  }

  @Test
  void aBareRetentionCountsHoursOrRevisions() throws StartException {
    assertThat(etcd("--auto-compaction-retention=1")).isEqualTo(new Periodic(Duration.ofHours(1)));
    assertThat(retention("periodic", "+72")).isEqualTo(new Periodic(Duration.ofDays(3)));
    assertThat(retention("periodic", "1h30m5.5s"))
        .isEqualTo(new Periodic(Duration.ofMillis(5_405_500)));
    assertThat(retention("revision", "1000")).isEqualTo(new Revisions(1000));
  }

  @Test
  void nothingToKeepTurnsItOff() throws StartException {
    for (String nothing : List.of("0", "", "0s", "-0", "+0h", "0000")) {
      assertThat(retention("periodic", nothing)).as(nothing).isEqualTo(new Off());
      assertThat(retention("revision", nothing)).as(nothing).isEqualTo(new Off());
    }
  }

  /// What etcd 3.7 does with it.
  @Test
  void aTimeWhereRevisionsAreCountedIsItsNanoseconds() throws StartException {
    assertThat(retention("revision", "5us")).isEqualTo(new Revisions(5_000));
  }

  @Test
  void whatEtcdRefusesIsRefusedInItsWords() {
    refused("unknown auto-compaction-mode \"daily\"", "daily", "1");
    refused("undefined auto-compaction-mode", "", "1");
    String parsing = "error parsing CompactionRetention: time: ";
    refused(parsing + "invalid duration \"x\"", "periodic", "x");
    refused(parsing + "missing unit in duration \"-1\"", "periodic", "-1");
    refused(parsing + "missing unit in duration \"1.5\"", "revision", "1.5");
    refused(parsing + "unknown unit \"d\" in duration \"1d\"", "periodic", "1d");
    refused(
        parsing + "invalid duration \"%s\"".formatted("9".repeat(20)), "periodic", "9".repeat(20));
  }

  /// etcd takes these, and then ends, or compacts without a pause.
  @Test
  void whatEtcdCouldNotLiveWithIsRefused() {
    refused("--auto-compaction-retention: -5m (expected: hours", "periodic", "-5m");
    refused("--auto-compaction-retention: 9ns (expected: hours", "periodic", "9ns");
    refused(
        "--auto-compaction-retention: 2562048 (expected: at most 2562047", "periodic", "2562048");
    refused("--auto-compaction-retention: -5m (expected: revisions", "revision", "-5m");
  }

  @Test
  void theIntervalIsReadAsKubeApiserverReadsIt() throws StartException {
    assertThat(interval("--etcd-compaction-interval=90s")).isEqualTo(Duration.ofSeconds(90));
    assertThat(interval("--etcd-compaction-interval", "0")).isEqualTo(Duration.ZERO);
    assertThatThrownBy(() -> interval("--etcd-compaction-interval=5"))
        .hasMessageStartingWith(
            "invalid argument \"5\" for \"--etcd-compaction-interval\" flag: time: missing unit in duration \"5\"");
    assertThatThrownBy(() -> interval("--etcd-compaction-interval=-1s"))
        .hasMessageStartingWith("--etcd-compaction-interval: -1s (expected: such as 5m");
  }

  private static void refused(String text, String mode, String retention) {
    assertThatThrownBy(() -> retention(mode, retention))
        .isInstanceOf(StartException.class)
        .hasMessageStartingWith(text);
  }
}
