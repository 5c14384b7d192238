package dev.pintle.server.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pintle.etcd.kv.KvLimits;
import dev.pintle.server.config.Endpoint;
import dev.pintle.server.config.EtcdAccess.LikeEtcd;
import dev.pintle.server.config.EtcdAccess.SelfSigned;
import dev.pintle.server.config.EtcdAccess.TlsFiles;
import dev.pintle.server.config.EtcdServing;
import dev.pintle.server.config.ListenUrl;
import dev.pintle.server.failure.ExitCode;
import dev.pintle.server.failure.StartException;
import dev.pintle.wire.PingLimits;
import dev.pintle.wire.tls.TlsRules;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class EtcdCommandTest {
  private static EtcdCommand parse(String... arguments) throws StartException {
    return EtcdCommand.parse(List.of(arguments), Map.of());
  }

  private static LikeEtcd access(String... arguments) throws StartException {
    return (LikeEtcd) parse(arguments).config().access();
  }

  @Test
  void flagsOfEtcdMeanWhatTheyMeanThere() throws Exception {
    EtcdCommand command =
        parse(
            "--name=m1",
            "-listen-client-urls",
            "http://127.0.0.1:12379",
            "--advertise-client-urls=http://a:1,http://b:2",
            "--max-request-bytes=1000",
            "--max-txn-ops=7");
    assertThat(command.config().name()).isEqualTo("m1");
    assertThat(command.config().data()).contains(Path.of("m1.etcd"));
    assertThat(command.config().etcd()).contains(new Endpoint("127.0.0.1", 12379));
    assertThat(command.config().kube()).isEmpty();
    assertThat(command.config().advertisedUrls()).containsExactly("http://a:1", "http://b:2");
    assertThat(command.config().limits()).isEqualTo(new KvLimits(1000, 7));
    assertThat(command.notices()).isEmpty();
    assertThat(command.warnings()).isEmpty();
  }

  @Test
  void whatHasNoEffectIsAcceptedWithANoticeThatSaysWhy() throws Exception {
    assertThat(
            parse("--listen-peer-urls=http://127.0.0.1:2380", "--pre-vote", "--snapshot-count=9")
                .notices())
        .containsExactly(
            "--snapshot-count has no effect: the store is its own snapshot",
            "--listen-peer-urls has no effect: nobody listens there: there are no peers",
            "--pre-vote has no effect: there are no elections");
  }

  @Test
  void whatSomebodyWouldRelyOnIsRefusedWithTheReason() {
    usage("--wal-dir: the log lies in --data-dir (expected: leave it out)", "--wal-dir=x");
    usage("--enable-pprof: there is no Go to profile", "--enable-pprof");
    usage("--metrics: there are no histograms of calls", "--metrics=extensive");
    usage("--log-outputs: systemd/journal (expected", "--log-outputs=systemd/journal");
    usage(
        "--kube-apiserver on with --listen-client-urls of files alone",
        "--kube-apiserver=on",
        "--listen-client-urls=unix:///s");
    usage("--discovery-srv: there are no peers to find", "--discovery-srv=x");
    usage(
        "--initial-cluster: a, b (expected: this member alone",
        "--initial-cluster=a=http://127.0.0.1:1,b=http://127.0.0.1:2");
  }

  @Test
  void whatSaysWhatIsSoAnywayIsNoRequest() throws Exception {
    assertThat(
            parse(
                    "--enable-pprof=false",
                    "--metrics=basic",
                    "--wal-dir=",
                    "--memory-mlock=F",
                    "--cert-file=")
                .notices())
        .isEmpty();
  }

  @Test
  void aListenerMayHaveManyPlaces() throws Exception {
    EtcdServing serving =
        access(
                "--listen-client-urls=unix:///s,http://127.0.0.1:2,http://127.0.0.1:2,http://[::1]:0",
                "--listen-client-http-urls=http://127.0.0.1:3",
                "--listen-metrics-urls=http://0.0.0.0:4",
                "--socket-reuse-port",
                "--socket-reuse-address")
            .serving();
    assertThat(serving.clients())
        .extracting(ListenUrl::text)
        .containsExactly("http://127.0.0.1:2", "http://[::1]:0", "unix:///s");
    assertThat(serving.http()).extracting(ListenUrl::text).containsExactly("http://127.0.0.1:3");
    assertThat(serving.metrics()).extracting(ListenUrl::text).containsExactly("http://0.0.0.0:4");
    assertThat(serving.reusePort()).isTrue();
    assertThat(parse("--listen-client-urls=unix:///s").config().etcd())
        .contains(new Endpoint("localhost", 0));
  }

  @Test
  void timesAndTheGatewayAreThoseOfTheFlags() throws Exception {
    EtcdServing serving =
        access(
                "--grpc-keepalive-min-time=1s",
                "--grpc-keepalive-interval=1m",
                "--grpc-keepalive-timeout=3s",
                "--watch-progress-notify-interval=1s",
                "--enable-grpc-gateway=false")
            .serving();
    assertThat(serving.pings())
        .isEqualTo(
            new PingLimits(
                Duration.ofSeconds(1), false, Duration.ofMinutes(1), Duration.ofSeconds(3)));
    assertThat(serving.watchProgress()).isEqualTo(Duration.ofSeconds(1));
    assertThat(serving.gateway()).isFalse();
    assertThat(access("--watch-progress-notify-interval=1ms").serving().watchProgress())
        .isEqualTo(Duration.ofMillis(100));
    assertThat(access("--watch-progress-notify-interval=0s").serving().watchProgress())
        .isEqualTo(Duration.ofMinutes(10));
    assertThat(access("--grpc-keepalive-interval=0s", "--grpc-keepalive-min-time=0s").serving())
        .extracting(EtcdServing::pings)
        .isEqualTo(
            new PingLimits(
                Duration.ofMinutes(5), false, Duration.ofHours(2), Duration.ofSeconds(20)));
  }

  @Test
  void withoutFlagsEveryHostAndEveryPageIsHeardAsByEtcd() throws Exception {
    assertThat(access())
        .isEqualTo(new LikeEtcd(Set.of("*"), Set.of("*"), Optional.empty(), EtcdServing.DEFAULT));
  }

  @Test
  void hostsAndOriginsAreThoseOfTheFlags() throws Exception {
    LikeEtcd access = access("--host-whitelist=a,b", "--cors=http://c:80,https://d:443");
    assertThat(access.hosts()).containsExactlyInAnyOrder("a", "b");
    assertThat(access.origins()).containsExactlyInAnyOrder("http://c:80", "https://d:443");
    assertThat(access("--host-whitelist=").hosts()).isEmpty();
    assertThat(access("--cors=*").origins()).containsExactly("*");
  }

  @Test
  void certificatesAreThoseOfTheFlags() throws Exception {
    assertThat(
            access(
                    "--listen-client-urls=https://127.0.0.1:1",
                    "--cert-file=c",
                    "--key-file=k",
                    "--trusted-ca-file=t",
                    "--client-cert-auth")
                .tls())
        .contains(new TlsFiles(Path.of("c"), Path.of("k"), Optional.of(Path.of("t"))));
  }

  @Test
  void certificatesArePassedOverWhereNothingIsSecure() throws Exception {
    EtcdCommand command = parse("--cert-file=c", "--key-file=k", "--client-cert-auth");
    assertThat(command.config().access())
        .extracting(access -> ((LikeEtcd) access).tls())
        .isEqualTo(Optional.empty());
    assertThat(command.warnings())
        .hasSize(2)
        .allMatch(warning -> warning.startsWith("scheme is http or unix while "));
  }

  @Test
  void halfOfACertificateIsRefused() {
    String secure = "--listen-client-urls=https://127.0.0.1:1";
    invalid(
        "TLS key/cert (--cert-file, --key-file) must be provided for client url https://127.0.0.1:1 with HTTPS scheme",
        secure);
    invalid("KeyFile and CertFile must both be present[key: , cert: c]", secure, "--cert-file=c");
    invalid(
        "client TLS key/cert (--cert-file, --key-file) must be provided for metrics secure url",
        "--listen-metrics-urls=https://127.0.0.1:1");
    usage(
        "--client-cert-auth (expected: with --trusted-ca-file",
        secure,
        "--cert-file=c",
        "--key-file=k",
        "--client-cert-auth");
  }

  @Test
  void whichTlsIsSpokenIsThatOfTheFlags() throws Exception {
    String[] secure = {"--listen-client-urls=https://127.0.0.1:1", "--auto-tls"};
    TlsFiles usual = access(secure).tls().orElseThrow();
    assertThat(usual.rules()).isEqualTo(TlsRules.DEFAULT);
    assertThat(usual.made()).contains(new SelfSigned(List.of("127.0.0.1"), 1));
    assertThat(usual.certificate()).isEqualTo(Path.of("default.etcd/fixtures/client/cert.pem"));
    TlsFiles narrow =
        access(
                "--listen-client-urls=https://127.0.0.1:1,https://[::1]:2,unixs:///s",
                "--auto-tls",
                "--self-signed-cert-validity=3",
                "--trusted-ca-file=t",
                "--client-crl-file=r",
                "--client-cert-allowed-hostname=a,b",
                "--tls-max-version=TLS1.2",
                "--cipher-suites=TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305,TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256")
            .tls()
            .orElseThrow();
    assertThat(narrow.made()).contains(new SelfSigned(List.of("127.0.0.1", "::1"), 3));
    assertThat(narrow.revoked()).contains(Path.of("r"));
    assertThat(narrow.rules().versions()).containsExactly(TlsRules.Version.TLS_1_2);
    assertThat(narrow.rules().clientHosts()).containsExactly("a", "b");
    assertThat(narrow.rules().ciphers())
        .containsExactly(
            "TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256", "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256");
  }

  @Test
  void tlsThatCannotBeSpokenIsRefused() {
    invalid(
        "unexpected TLS version \"TLS1.1\" (must be one of: TLS1.2, TLS1.3)",
        "--tls-min-version=TLS1.1");
    invalid(
        "min version (TLS1.3) is greater than max version (TLS1.2)",
        "--tls-min-version=TLS1.3",
        "--tls-max-version=TLS1.2");
    invalid(
        "cipher suites cannot be configured when only TLS1.3 is enabled",
        "--tls-min-version=TLS1.3",
        "--cipher-suites=TLS_RSA_WITH_AES_128_CBC_SHA");
    invalid("unexpected TLS cipher suite \"nope\"", "--cipher-suites=nope");
    usage("--cipher-suites: TLS_RSA_WITH_RC4_128_SHA", "--cipher-suites=TLS_RSA_WITH_RC4_128_SHA");
    String secure = "--listen-client-urls=https://127.0.0.1:1";
    usage("(expected: with --trusted-ca-file", secure, "--auto-tls", "--client-crl-file=r");
    invalid(
        "selfSignedCertValidity is invalid", secure, "--auto-tls", "--self-signed-cert-validity=0");
  }

  private static void usage(String text, String... arguments) {
    EtcdArgumentsTest.refused(ExitCode.USAGE, text, Map.of(), arguments);
  }

  private static void invalid(String text, String... arguments) {
    EtcdArgumentsTest.refused(ExitCode.LIKE_ETCD, text, Map.of(), arguments);
  }
}
