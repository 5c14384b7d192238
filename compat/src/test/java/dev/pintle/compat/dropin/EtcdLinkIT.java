package dev.pintle.compat.dropin;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pintle.compat.harness.AssetsFolder;
import dev.pintle.compat.harness.Child;
import dev.pintle.compat.harness.FreePort;
import dev.pintle.compat.harness.Peers;
import dev.pintle.compat.harness.Tool;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A link named etcd to the launcher, run as harnesses run an etcd: with next to no environment.
class EtcdLinkIT {
  private static final Duration START_MAX = Duration.ofSeconds(60);

  @TempDir private Path folder;
  private Path etcd;

  @BeforeEach
  void link() throws Exception {
    Path launcher = AssetsFolder.launcher(folder.resolve("installed"));
    etcd = Files.createDirectory(folder.resolve("bin")).resolve("etcd");
    Files.createSymbolicLink(etcd, launcher);
  }

  private List<String> bare(String... arguments) {
    List<String> command = new ArrayList<>(List.of("env", "-i", "PATH=/usr/bin:/bin"));
    for (String argument : arguments) {
      command.add(argument);
    }
    return command;
  }

  private Tool.Result run(String... arguments) {
    List<String> command = bare(etcd.toString());
    command.addAll(List.of(arguments));
    return new Tool(command, Map.of(), Tool.TIME_MAX).run();
  }

  @Test
  void theVersionIsToldAsHarnessesReadItAndWithoutAJvm() {
    assertThat(run("--version").out())
        .matches(
            "etcd Version: 3\\.7\\.\\d+\nGit SHA: \\S+\nGo Version: .+\nGo OS/Arch: \\w+/\\w+\n");
    assertThat(run("-version").exit()).isZero();
    assertThat(run("--help").out()).contains("--snapshot-catchup-entries", "--listen-client-urls");
  }

  @Test
  void itServesAndTheProcessTakesSignals() throws Exception {
    String url = "http://127.0.0.1:" + FreePort.next();
    Path log = folder.resolve("log");
    List<String> command = bare("ETCD_NAME=m1", etcd.toString());
    command.addAll(
        List.of(
            "--data-dir=" + folder.resolve("data"),
            "--listen-client-urls=" + url,
            "--advertise-client-urls=" + url,
            "--listen-peer-urls=http://127.0.0.1:2380",
            "--initial-advertise-peer-urls=http://127.0.0.1:2380",
            "--initial-cluster=m1=http://127.0.0.1:2380",
            "--initial-cluster-state=new",
            "--initial-cluster-token=t",
            "--snapshot-count=10000"));
    try (Child child = Child.start(command, log)) {
      child.await(
          "ready line",
          START_MAX,
          () -> Optional.of(child.log()).filter(text -> text.contains("\"msg\":\"ready to serve")));
      Tool.Result put =
          Tool.of(Peers.require("etcdctl"), "--endpoints=" + url, "put", "a", "b").run();
      assertThat(put.out()).isEqualTo("OK\n");
      assertThat(child.log().lines())
          .allMatch(line ->
              line.startsWith("{\"level\":\"")
                  && line.contains("\",\"caller\":\"")
                  && line.endsWith("}"));
      assertThat(child.log()).contains("\"name\":\"m1\"");
      assertThat(child.warnings()).isEmpty();
      assertThat(child.terminate()).isEqualTo(143);
    }
  }

  @Test
  void whatCannotBeReadEndsWithTwoAndTheRestWithOne() {
    Tool.Result unknown = run("--nope");
    assertThat(unknown.exit()).isEqualTo(2);
    assertThat(unknown.err()).contains("flag provided but not defined: -nope").hasLineCount(1);
    Tool.Result bad = run("--auto-compaction-mode=x");
    assertThat(bad.exit()).isEqualTo(1);
    assertThat(bad.err())
        .contains("\"msg\":\"failed to verify flags\"", "\"error\":\"unknown auto-compaction-mode");
  }
}
