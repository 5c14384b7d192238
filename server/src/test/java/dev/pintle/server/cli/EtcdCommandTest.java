package dev.pintle.server.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pintle.etcd.kv.KvLimits;
import dev.pintle.server.config.Endpoint;
import dev.pintle.server.config.EtcdAccess;
import dev.pintle.server.config.EtcdAccess.LikeEtcd;
import dev.pintle.server.config.EtcdAccess.TlsFiles;
import dev.pintle.server.failure.StartException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
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
    assertThat(command.config().data()).contains(Path.of("m1.etcd"));
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
    assertThat(command.config().data()).contains(Path.of("/data"));
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
    refused("--auto-tls: not served by this release", "--auto-tls");
    refused("--wal-dir: not served by this release", "--wal-dir=x");
    refused("--nope: no such flag", "--nope=1");
    refused("(expected: http://HOST:PORT or https://HOST:PORT)", "--listen-client-urls=unix://a:1");
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

  @Test
  void withoutFlagsEveryHostAndEveryPageIsHeardAsByEtcd() throws Exception {
    assertThat(access()).isEqualTo(new LikeEtcd(Set.of("*"), Set.of("*"), Optional.empty()));
  }

  @Test
  void hostsAndOriginsAreThoseOfTheFlags() throws Exception {
    assertThat(access("--host-whitelist=a,b", "--cors=http://c:80,https://d:443"))
        .isEqualTo(
            new LikeEtcd(
                Set.of("a", "b"), Set.of("http://c:80", "https://d:443"), Optional.empty()));
    assertThat(access("--host-whitelist=", "--cors="))
        .isEqualTo(new LikeEtcd(Set.of(), Set.of("*"), Optional.empty()));
    refused("--cors: c (expected: *, or http://HOST:PORT", "--cors=c");
    refused("--cors: http://c:80/p (expected", "--cors=http://c:80/p");
  }

  @Test
  void certificatesAreThoseOfTheFlags() throws Exception {
    String[] all = {
      "--listen-client-urls=https://127.0.0.1:1",
      "--cert-file=c",
      "--key-file=k",
      "--trusted-ca-file=t",
      "--client-cert-auth"
    };
    assertThat(access(all))
        .isEqualTo(
            new LikeEtcd(
                Set.of("*"),
                Set.of("*"),
                Optional.of(new TlsFiles(Path.of("c"), Path.of("k"), Optional.of(Path.of("t"))))));
  }

  @Test
  void halfOfACertificateIsRefused() {
    String secure = "--listen-client-urls=https://127.0.0.1:1";
    refused("(expected: with --cert-file and --key-file)", secure);
    refused("(expected: both or neither)", secure, "--cert-file=c");
    refused(
        "(expected: https://HOST:PORT)",
        "--listen-client-urls=http://a:1",
        "--cert-file=c",
        "--key-file=k");
    refused("(expected: with --listen-client-urls https://", "--cert-file=c", "--key-file=k");
    refused("--client-cert-auth (expected: with --trusted-ca-file)", "--client-cert-auth");
    refused("--trusted-ca-file (expected: with", "--trusted-ca-file=t");
  }

  private static EtcdAccess access(String... arguments) throws StartException {
    return EtcdCommand.parse(List.of(arguments), Map.of()).config().access();
  }

  private static void refused(String text, String... arguments) {
    assertThatThrownBy(() -> EtcdCommand.parse(List.of(arguments), Map.of()))
        .isInstanceOf(StartException.class)
        .hasMessageContaining(text)
        .hasMessageEndingWith("see ./pintle etcd --help");
  }
}
