package dev.pintle.compat.dropin;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pintle.compat.harness.Child;
import dev.pintle.compat.harness.Peers;
import dev.pintle.compat.harness.RunningPintle;
import dev.pintle.compat.harness.Tool;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The page of help, which is the table of flags, beside the real etcd's, and a start with all of them.
class EtcdFlagsIT {
  private static final Duration START_MAX = Duration.ofSeconds(60);

  /// Its first column: a name, and what it takes.
  private static final Pattern FLAG = Pattern.compile("(?m)^  --([a-z0-9-]+)( [^ \n]+)?");

  @TempDir private Path folder;

  private static String page() throws IOException {
    return Files.readString(Peers.house().resolve("launcher/help/etcd.txt"));
  }

  @Test
  void everyFlagOfTheRealEtcdIsOnThePage() throws IOException {
    String real = Tool.of(Peers.require("etcd"), "--help").run().out();
    TreeSet<String> wanted = new TreeSet<>();
    FLAG.matcher(real).results().forEach(found -> wanted.add(found.group(1)));
    assertThat(wanted).hasSizeGreaterThan(110);
    String page = page();
    TreeSet<String> told = new TreeSet<>();
    FLAG.matcher(page.substring(page.indexOf("These do what they do in etcd:")))
        .results()
        .forEach(found -> told.add(found.group(1)));
    told.removeAll(List.of("config-file", "version"));
    wanted.removeAll(List.of("config-file", "version"));
    assertThat(told).isEqualTo(wanted);
  }

  @Test
  void aStartWithEveryFlagThatIsTakenServes() throws IOException {
    String page = page();
    String taken =
        page.substring(
            page.indexOf("These do what they do in etcd:"), page.indexOf("These are refused"));
    List<String> arguments = new ArrayList<>(List.of("etcd"));
    FLAG.matcher(taken)
        .results()
        .forEach(found -> {
          Optional<String> value = value(found.group(1), found.group(2));
          value.ifPresent(given -> arguments.add("--%s=%s".formatted(found.group(1), given)));
        });
    assertThat(arguments).hasSizeGreaterThan(100);
    try (Child child = RunningPintle.start(folder, arguments)) {
      child.await(
          "ready line",
          START_MAX,
          () -> Optional.of(child.log()).filter(log -> log.contains("ready to serve client")));
      assertThat(Files.readString(folder.resolve("log"))).contains("has no effect: there are no");
      assertThat(child.terminate()).isEqualTo(143);
    }
  }

  private Optional<String> value(String name, String takes) {
    return switch (name) {
      case "config-file", "version" -> Optional.empty();
      case "data-dir" -> Optional.of(folder.resolve("data").toString());
      case "listen-client-urls" -> Optional.of("http://127.0.0.1:0,unix://" + folder + "/c.sock");
      case "listen-client-http-urls", "listen-metrics-urls" -> Optional.of("http://127.0.0.2:0");
      case "log-outputs" -> Optional.of("stderr," + folder.resolve("log"));
      case "enable-log-rotation" -> Optional.of("true");
      case "log-rotation-config-json" -> Optional.of("{\"maxsize\": 1}");
      case "logger" -> Optional.of("zap");
      case "log-level" -> Optional.of("info");
      case "log-format" -> Optional.of("json");
      case "auto-compaction-mode" -> Optional.of("periodic");
      case "auto-compaction-retention" -> Optional.of("1h");
      case "election-timeout" -> Optional.of("1000");
      case "heartbeat-interval" -> Optional.of("100");
      case "initial-cluster" -> Optional.of("x=http://127.0.0.1:2380");
      case "tls-min-version", "tls-max-version" -> Optional.of("TLS1.2");
      case "cipher-suites" -> Optional.of("TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256");
      case "initial-cluster-state" -> Optional.of("new");
      case "auth-token" -> Optional.of("simple");
      case "quota-backend-bytes" -> Optional.of("100000000");
      case "v2-deprecation" -> Optional.of("gone");
      case "cors" -> Optional.of("*");
      case "trusted-ca-file", "client-crl-file", "client-cert-allowed-hostname" ->
          Optional.of("/nowhere");
      default ->
          Optional.of(
              switch (takes == null ? "" : takes.strip()) {
                case "" -> "true";
                case "N" -> "5";
                case "TIME" -> "5s";
                case "URL[,URL]" -> "http://127.0.0.1:2380";
                case "GATE=true|false[,...]" -> "AllBeta=true";
                default -> "word";
              });
    };
  }
}
