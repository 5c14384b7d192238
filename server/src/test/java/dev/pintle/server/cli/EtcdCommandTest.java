package dev.pintle.server.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pintle.etcd.kv.KvLimits;
import dev.pintle.server.config.Endpoint;
import dev.pintle.server.failure.StartException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class EtcdCommandTest {
  @Test
  void flagsOfEtcdMeanWhatTheyMeanThere() throws Exception {
    EtcdCommand command =
        EtcdCommand.parse(
            List.of(
                "--name=m1",
                "-listen-client-urls",
                "http://127.0.0.1:12379",
                "--advertise-client-urls=http://a:1,http://b:2",
                "--max-request-bytes=1000",
                "--max-txn-ops=7"),
            Map.of());
    assertThat(command.config().name()).isEqualTo("m1");
    assertThat(command.config().data()).isEqualTo(Path.of("m1.etcd"));
    assertThat(command.config().etcd()).contains(new Endpoint("127.0.0.1", 12379));
    assertThat(command.config().kube()).isEmpty();
    assertThat(command.config().advertisedUrls()).containsExactly("http://a:1", "http://b:2");
    assertThat(command.config().limits()).isEqualTo(new KvLimits(1000, 7));
    assertThat(command.notices()).isEmpty();
  }

  @Test
  void theEnvironmentIsReadAndTheFlagWins() throws Exception {
    Map<String, String> environment =
        Map.of("ETCD_NAME", "from-env", "ETCD_DATA_DIR", "/data", "ETCD_UNRELATED", "x");
    EtcdCommand command = EtcdCommand.parse(List.of("--name", "from-flag"), environment);
    assertThat(command.config().name()).isEqualTo("from-flag");
    assertThat(command.config().data()).isEqualTo(Path.of("/data"));
  }

  @Test
  void whatHasNoEffectIsAcceptedWithANotice() throws Exception {
    EtcdCommand command =
        EtcdCommand.parse(
            List.of("--listen-peer-urls=http://127.0.0.1:2380", "--pre-vote", "--snapshot-count=9"),
            Map.of());
    assertThat(command.notices())
        .containsExactly(
            "--listen-peer-urls has no effect here",
            "--pre-vote has no effect here",
            "--snapshot-count has no effect here");
  }

  @Test
  void whatSomebodyWouldRelyOnIsRefused() {
    refused("--cert-file: not served by this release", "--cert-file=server.crt");
    refused("--auto-tls: not served by this release", "--auto-tls");
    refused("--nope: no such flag", "--nope=1");
    refused("(expected: http://HOST:PORT)", "--listen-client-urls=https://127.0.0.1:1");
    refused("(expected: one URL)", "--listen-client-urls=http://a:1,http://b:1");
    refused("max-txn-ops: 0 (expected: 1 or more)", "--max-txn-ops=0");
    refused(
        "--max-concurrent-streams: 4294967296 (expected: 0 to 4294967295)",
        "--max-concurrent-streams=4294967296");
  }

  @Test
  void aSwitchThatIsOffIsNoRequest() throws Exception {
    assertThat(EtcdCommand.parse(List.of("--auto-tls=false", "--cert-file="), Map.of()).notices())
        .isEmpty();
  }

  private static void refused(String text, String... arguments) {
    assertThatThrownBy(() -> EtcdCommand.parse(List.of(arguments), Map.of()))
        .isInstanceOf(StartException.class)
        .hasMessageContaining(text)
        .hasMessageEndingWith("see ./pintle etcd --help");
  }
}
