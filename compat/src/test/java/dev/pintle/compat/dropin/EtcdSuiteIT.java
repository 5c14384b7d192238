package dev.pintle.compat.dropin;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pintle.compat.harness.AssetsFolder;
import dev.pintle.compat.harness.PeerSource;
import dev.pintle.compat.harness.Peers;
import dev.pintle.compat.harness.Tool;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// etcd's own suite `tests/common`, as far as one member can answer it, with a link to the launcher as the etcd of its folder.
class EtcdSuiteIT {
  private static final Duration SUITE_MAX = Duration.ofMinutes(8);

  /// Those of one member that need neither users nor quotas.
  private static final List<String> JUDGES =
      List.of(
          "TestAlarmlistOnMemberRestart",
          "TestCompact",
          "TestVerifyHashKVAfterCompact",
          "TestVerifyHashKVAfterTwoCompactsOnTombstone",
          "TestVerifyHashKVAfterCompactOnLastTombstone",
          "TestKVPut",
          "TestKVGet",
          "TestKVDelete",
          "TestLeaseGrantTimeToLive",
          "TestLeaseGrantAndList",
          "TestLeaseGrantTimeToLiveExpired",
          "TestLeaseGrantKeepAliveOnce",
          "TestLeaseGrantRevoke",
          "TestMemberList",
          "TestStatus",
          "TestTxnSucc",
          "TestTxnFail",
          "TestWaitLeader",
          "TestWatch");

  private static final String PASSED = "--- PASS: ";

  @TempDir private Path folder;

  @Test
  void oneMemberAnswersAsEtcdsOwnSuiteExpects() throws IOException {
    Path suite = Peers.require("etcd-common.test");
    Path etcdctl = Peers.require("etcdctl");
    PeerSource source = PeerSource.require("etcd-tests", "go.etcd.io/etcd/tests/v3");
    source.copy("fixtures", folder.resolve("tests/fixtures"));
    Path common = Files.createDirectories(folder.resolve("tests/common"));
    Path bin = Files.createDirectory(folder.resolve("bin"));
    Files.createSymbolicLink(
        bin.resolve("etcd"), AssetsFolder.launcher(folder.resolve("installed")));
    Files.createSymbolicLink(bin.resolve("etcdctl"), etcdctl);
    String chosen = JUDGES.stream().collect(Collectors.joining("|", "^(", ")$/^NoTLS$"));
    Tool.Result ran =
        Tool.of(
                Path.of("/bin/sh"),
                "-c",
                "cd \"$1\" && exec \"$2\" -test.v -test.timeout=8m -bin-dir \"$3\" -test.run \"$4\"",
                "sh",
                common.toString(),
                suite.toString(),
                bin.toString(),
                chosen)
            .with("E2E_TEST_MINIMAL", "true")
            .within(SUITE_MAX)
            .run();
    assertThat(ran.exit()).as(ran.out() + ran.err()).isZero();
    Set<String> passed =
        ran.out()
            .lines()
            .filter(line -> line.startsWith(PASSED))
            .map(line -> line.substring(PASSED.length()).split(" ", 2)[0])
            .collect(Collectors.toSet());
    assertThat(passed).containsAll(JUDGES);
  }
}
