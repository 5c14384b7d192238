package dev.pintle.compat.access;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pintle.compat.harness.Peers;
import dev.pintle.compat.harness.RunningPintle;
import dev.pintle.compat.harness.Tool;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// `./pintle env` prepares a shell for what runs.
class EnvIT {
  private static final Path LAUNCHER = Peers.house().resolve("pintle");

  @TempDir private Path folder;

  private static Tool shell(String script, Path data) {
    return Tool.of(Path.of("/bin/sh"), "-c", script, LAUNCHER.toString(), data.toString());
  }

  @Test
  void anyNameOfAFolderReachesTheShellWhole() {
    Path data = folder.resolve("it's $(touch x) `y` \"z\" \\ \n#*");
    try (RunningPintle _ = RunningPintle.closed(data)) {
      Tool.Result result =
          shell(
                  "eval \"$(\"$0\" env --data \"$1\")\" && printf '%s|%s' \"$KUBECONFIG\" \"$ETCDCTL_KEY\"",
                  data)
              .run();
      assertThat(result.err()).isEmpty();
      assertThat(result.out())
          .isEqualTo(data.resolve("kubeconfig") + "|" + data.resolve("pki/etcd/client.key"));
    }
  }

  @Test
  void bothClientsWorkByIt() {
    Path bin = Peers.require("kubectl").getParent();
    assertThat(Peers.require("etcdctl")).hasParent(bin);
    Path data = folder.resolve("data");
    try (RunningPintle _ = RunningPintle.closed(data)) {
      Tool.Result result =
          shell(
                  "eval \"$(\"$0\" env --data=\"$1\")\" && kubectl get ns && etcdctl get --prefix /registry --keys-only",
                  data)
              .with("PATH", bin + ":" + System.getenv("PATH"))
              .with("HOME", folder.toString())
              .run();
      assertThat(result.exit()).as(result.err()).isZero();
      assertThat(result.out()).contains("kube-system", "/registry/namespaces/default");
    }
  }

  @Test
  void whatIsNotServedIsNotExported() {
    Path data = folder.resolve("open");
    try (RunningPintle pintle = RunningPintle.up(data, "--etcd", "127.0.0.1:0", "--kube", "off")) {
      assertThat(shell("\"$0\" env --data \"$1\"", data).run().out())
          .isEqualTo(
              "export ETCDCTL_ENDPOINTS='%s'\nunset ETCDCTL_CACERT ETCDCTL_CERT ETCDCTL_KEY\n"
                  .formatted(pintle.etcd()));
    }
  }

  @Test
  void whereNothingRunsNothingIsPrinted() throws Exception {
    refused(folder.resolve("absent"));
    refused(Files.createDirectory(folder.resolve("empty")));
    Path killed = folder.resolve("killed");
    try (RunningPintle pintle = RunningPintle.closed(killed)) {
      pintle.child().kill();
    }
    assertThat(killed.resolve("endpoints.json")).exists();
    refused(killed);
  }

  @Test
  void theNumberOfAnotherProgramIsNotTakenForIt() throws Exception {
    Path data = Files.createDirectory(folder.resolve("reused"));
    Files.writeString(
        data.resolve("endpoints.json"),
        "{\"etcd\":\"http://127.0.0.1:1\",\"pid\":%d}\n".formatted(ProcessHandle.current().pid()));
    refused(data);
  }

  private static void refused(Path data) {
    Tool.Result result = shell("exec \"$0\" env --data \"$1\"", data).run();
    assertThat(result.exit()).isEqualTo(5);
    assertThat(result.out()).isEmpty();
    assertThat(result.err())
        .startsWith("pintle: " + data + ": nothing is running there")
        .hasLineCount(1);
  }
}
