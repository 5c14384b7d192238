package dev.pintle.server.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.pintle.etcd.maintenance.EtcdVersion;
import dev.pintle.server.failure.ExitCode;
import dev.pintle.server.failure.StartException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Exit codes and words are those of etcd 3.7.3, asked for each.
class EtcdArgumentsTest {
  @TempDir private Path folder;

  static void refused(
      ExitCode code, String text, Map<String, String> environment, String... arguments) {
    StartException refused =
        catchThrowableOfType(
            StartException.class, () -> EtcdCommand.parse(List.of(arguments), environment));
    assertThat(refused).as(String.join(" ", arguments)).isNotNull();
    assertThat(refused).hasMessageContaining(text);
    assertThat(refused.code()).as(refused.getMessage()).isEqualTo(code);
  }

  private static void refused(int code, String text, String... arguments) {
    refused(code == 2 ? ExitCode.USAGE : ExitCode.LIKE_ETCD, text, Map.of(), arguments);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "--nope=1|flag provided but not defined: -nope",
        "--max-txn-ops=x|invalid value \"x\" for flag -max-txn-ops: parse error",
        "--max-txn-ops=99999999999999999999|invalid value \"99999999999999999999\" for flag -max-txn-ops: value out of range",
        "--max-txn-ops=-1|invalid value \"-1\" for flag -max-txn-ops: parse error",
        "--pre-vote=maybe|invalid boolean value \"maybe\" for -pre-vote: parse error",
        "--max-concurrent-streams=4294967296|for flag -max-concurrent-streams: strconv.ParseUint: parsing \"4294967296\": value out of range",
        "--max-concurrent-streams=x|strconv.ParseUint: parsing \"x\": invalid syntax",
        "--grpc-keepalive-interval=5|invalid value \"5\" for flag -grpc-keepalive-interval: parse error",
        "--listen-client-urls=127.0.0.1:1|parse \"127.0.0.1:1\": first path segment in URL cannot contain colon",
        "--listen-client-urls=localhost:1|URL scheme must be http, https, unix, or unixs: localhost:1",
        "--listen-client-urls=http://127.0.0.1|URL address does not have the form \"host:port\": http://127.0.0.1",
        "--listen-client-urls=http://127.0.0.1:1/x|URL must not contain a path: http://127.0.0.1:1/x",
        "--listen-client-urls=ftp://a:1|URL scheme must be http, https, unix, or unixs: ftp://a:1",
        "--cors=|invalid value \"\" for flag -cors: URL scheme must be http, https, unix, or unixs: ",
        "--cors=c|invalid value \"c\" for flag -cors: URL scheme must be http, https, unix, or unixs: c",
        "--log-level=nope|unrecognized level: \"nope\"",
        "--feature-gates=X=true|invalid value \"X=true\" for flag -feature-gates: unrecognized feature gate: X",
        "--feature-gates=AllAlpha|missing bool value for AllAlpha",
        "--feature-gates=AllAlpha=x|invalid value of AllAlpha=x, err: strconv.ParseBool: parsing \"x\": invalid syntax",
        "--initial-cluster-state=x|invalid value \"x\" for flag -initial-cluster-state: invalid value",
        "--v2-deprecation=x|invalid value \"x\" for flag -v2-deprecation: invalid value \"x\"",
        "--name|flag needs an argument: -name",
        "-=x|bad flag syntax: -=x",
        "---x|bad flag syntax: ---x",
      })
  void aFlagThatCannotBeReadIsUsage(String argument, String text) {
    refused(2, text.stripTrailing(), argument);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "x|\"x\" is not a valid flag",
        "--pre-vote false|\"false\" is not a valid flag",
        "--listen-client-urls=http://example.com:1|expected IP in URL for binding (http://example.com:1)",
        "--listen-client-urls=http://:1|expected IP in URL for binding (http://:1)",
        "--advertise-client-urls=http://:1|--advertise-client-urls \"http://:1\" must be in the format \"host:port\", \"unix:/path/to/socket\" or \"unixs:/path/to/socket\" (unexpected empty host (http://:1))",
        "--log-format=xml|unknown log format: xml, supported values json, console",
        "--logger=capnslog|--logger=capnslog is removed in v3.5",
        "--logger=log|unknown logger option \"log\"",
        "--log-outputs=default,stderr|multi logoutput for \"default\" is not supported yet",
        "--enable-log-rotation|--log-outputs requires a single file path when --log-rotate-config-json is defined",
        "--enable-log-rotation --log-outputs=a,b|requires a single file path",
        "--enable-log-rotation --log-outputs=a --log-rotation-config-json=x|improperly formatted log rotation config: ",
        "--enable-log-rotation --log-outputs=a --log-rotation-config-json={\"maxsize\":true}|invalid log rotation config: json: cannot unmarshal bool into Go struct field logRotationConfig.Logger.maxsize of type int",
        "--auto-compaction-mode=|undefined auto-compaction-mode",
        "--auto-compaction-mode=x|unknown auto-compaction-mode \"x\"",
        "--auto-compaction-retention=x|error parsing CompactionRetention: time: invalid duration \"x\"",
        "--heartbeat-interval=0|--heartbeat-interval must be >0 (set to 0ms)",
        "--election-timeout=100|--election-timeout[100ms] should be at least as 5 times as --heartbeat-interval[100ms]",
        "--election-timeout=60000|--election-timeout[60000ms] is too long, and should be set less than 50000ms",
        "--feature-gates=LeaseCheckpointPersist=true|enabling feature gate LeaseCheckpointPersist requires enabling feature gate LeaseCheckpoint",
        "--compact-hash-check-time=0s|--compact-hash-check-time must be >0 (set to 0s)",
        "--config-file=/nonexistent|open /nonexistent: no such file or directory",
      })
  void whatCannotBeAsAWholeEndsWithOne(String arguments, String text) {
    refused(1, text.stripTrailing(), arguments.split(" "));
  }

  @Test
  void numbersAndSwitchesAreReadAsGoReadsThem() throws Exception {
    assertThat(EtcdCommand.parse(List.of("--max-txn-ops=0x1_0"), Map.of()).config().limits())
        .extracting(limits -> limits.txnOperationsMax())
        .isEqualTo(16);
    assertThat(EtcdArguments.read(List.of("--pre-vote=T", "--"), Map.of()).flags().isOn("pre-vote"))
        .isTrue();
    assertThat(EtcdArguments.read(List.of("--force", "-v"), Map.of()).remarks()).isEmpty();
  }

  @Test
  void theEnvironmentIsRead() throws Exception {
    Map<String, String> environment =
        Map.of(
            "ETCD_NAME", "from-env", "ETCD_DATA_DIR", "/data", "ETCD_NOPE", "x", "ETCDCTL_X", "y");
    EtcdCommand command = EtcdCommand.parse(List.of(), environment);
    assertThat(command.config().name()).isEqualTo("from-env");
    assertThat(command.config().data()).contains(Path.of("/data"));
    assertThat(command.warnings()).containsExactly("unrecognized environment variable: ETCD_NOPE");
    assertThat(EtcdCommand.parse(List.of(), Map.of("ETCD_VERSION", "v3.7.3")).warnings())
        .containsExactly("cannot set special environment variable: ETCD_VERSION");
  }

  @Test
  void aFlagAndItsVariableTogetherAreRefused() {
    refused(
        ExitCode.LIKE_ETCD,
        "conflicting environment variable \"ETCD_NAME\" is shadowed by corresponding command-line flag",
        Map.of("ETCD_NAME", "b"),
        "--name=a");
    refused(
        ExitCode.LIKE_ETCD,
        "invalid value \"x\" for ETCD_MAX_TXN_OPS: parse error",
        Map.of("ETCD_MAX_TXN_OPS", "x"));
    refused(
        ExitCode.LIKE_ETCD,
        "open /nonexistent: no such file or directory",
        Map.of("ETCD_CONFIG_FILE", "/nonexistent"));
  }

  @Test
  void aFileSaysEverythingAndFlagsBesideItArePassedOver() throws Exception {
    EtcdCommand command =
        parse(
            """
            name: m1
            Data-Dir: /data
            listen-client-urls: http://127.0.0.1:1,unix:///s
            listen-metrics-urls: http://127.0.0.1:2
            max-txn-ops: 7
            pre-vote: false
            enable-grpc-gateway: false
            watch-progress-notify-interval: 2000000000
            log-outputs: [stdout]
            cors: ""
            host-whitelist: a,b
            snapshot-count: 5
            socket-options: {reuse-port: true}
            client-transport-security: {cert-file: c, key-file: k, allowed-cn: [x, z]}
            peer-transport-security: {auto-tls: true}
            unknown: {a: 1}
            """,
            "--name=other",
            "--kube-apiserver=on");
    assertThat(command.config().name()).isEqualTo("m1");
    assertThat(command.config().data()).contains(Path.of("/data"));
    assertThat(command.config().limits().txnOperationsMax()).isEqualTo(7);
    assertThat(command.log().outputs()).containsExactly("stdout");
    assertThat(command.apiServers()).isTrue();
    assertThat(command.notices())
        .containsExactly(
            "--snapshot-count has no effect: the store is its own snapshot",
            "--pre-vote has no effect: there are no elections",
            "--peer-auto-tls has no effect: there are no peers");
    assertThat(command.warnings())
        .anyMatch(warning -> warning.contains("other flags and variables are passed over"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "max-txn-ops: x|cannot unmarshal string into Go struct field configYAML.Config.max-txn-ops of type uint",
        "max-txn-ops: -1|cannot unmarshal number -1 into Go struct field configYAML.Config.max-txn-ops of type uint",
        "max-txn-ops: 1.5|cannot unmarshal number 1.5 into Go struct field configYAML.Config.max-txn-ops of type uint",
        "name: 12|cannot unmarshal number into Go struct field configYAML.Config.name of type string",
        "watch-progress-notify-interval: 10m|cannot unmarshal string into Go struct field configYAML.Config.watch-progress-notify-interval of type time.Duration",
        "pre-vote: 1|cannot unmarshal number into Go struct field configYAML.Config.pre-vote of type bool",
        "log-outputs: stderr|cannot unmarshal string into Go struct field configYAML.Config.log-outputs of type []string",
        "client-transport-security: x|cannot unmarshal string into Go struct field configYAML.configJSON.client-transport-security of type embed.securityConfig",
        "client-transport-security: {cert-file: 1}|cannot unmarshal number into Go struct field securityConfig.configJSON.client-transport-security.cert-file of type string",
        "- a|error unmarshaling JSON: while decoding JSON: json: cannot unmarshal array into Go value of type embed.configYAML",
        "listen-client-urls: ftp://x|unexpected error setting up listen-client-urls: URL scheme must be http, https, unix, or unixs: ftp://x",
        "feature-gates: X=true|unrecognized feature gate: X",
        "cipher-suites: TLS_X|cannot unmarshal string into Go struct field configYAML.Config.cipher-suites of type []string",
        "host-whitelist: [a]|cannot unmarshal array into Go struct field configYAML.configJSON.host-whitelist of type string",
        "max-concurrent-streams: 4294967296|cannot unmarshal number 4294967296 into Go struct field configYAML.Config.max-concurrent-streams of type uint32",
        "a: [|error converting YAML to JSON: yaml: line 1: did not find expected node content",
      })
  void aFileThatCannotBeReadIsRefusedInItsWords(String yaml, String text) throws IOException {
    Path file = Files.writeString(folder.resolve("c.yaml"), yaml + "\n");
    refused(1, text, "--config-file=" + file);
  }

  @Test
  void everyFlagOfTheTableIsReadByItsKind() throws Exception {
    List<String> all = new ArrayList<>();
    for (EtcdFlag flag : EtcdFlag.upstream().values()) {
      String value =
          switch (flag.kind()) {
            case SWITCH -> "false";
            case TEXT, LIST, PASSED_OVER -> "";
            case URLS -> "";
            case ORIGINS -> "*";
            case UINT, UINT32, UINT64, INT, INT64 -> "5";
            case DURATION -> "1s";
            case GATES -> "AllAlpha=false";
            case CHOICE -> flag.choices().getFirst();
          };
      all.add("--%s=%s".formatted(flag.name(), value));
    }
    all.removeIf(flag -> flag.startsWith("--auto-compaction-mode") || flag.startsWith("--logger"));
    all.replaceAll(flag -> flag.equals("--log-outputs=") ? "--log-outputs=stderr" : flag);
    all.replaceAll(flag -> flag.startsWith("--election-timeout") ? "--election-timeout=25" : flag);
    assertThat(EtcdCommand.parse(all, Map.of()).notices()).isNotEmpty();
  }

  @Test
  void thePageOfHelpIsWhatTheTableSays() throws IOException {
    assertThat(Files.readString(Path.of("../launcher/help/etcd.txt"))).contains(EtcdFlag.page());
  }

  /// Which says its version without a JVM.
  @Test
  void theLauncherSaysTheVersionOfTheSurface() throws IOException {
    assertThat(Files.readString(Path.of("../launcher/etcd.sh")))
        .contains("\netcd_version=%s\n".formatted(EtcdVersion.SERVER));
  }

  private EtcdCommand parse(String yaml, String... more) throws IOException, StartException {
    Path file = Files.writeString(folder.resolve("c.yaml"), yaml);
    List<String> arguments = new ArrayList<>(List.of("--config-file=" + file));
    arguments.addAll(List.of(more));
    return EtcdCommand.parse(arguments, Map.of());
  }
}
