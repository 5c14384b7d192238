package dev.pintle.compat.start;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pintle.compat.harness.Child;
import dev.pintle.compat.harness.KubeClient;
import dev.pintle.compat.harness.RunningPintle;
import io.etcd.jetcd.ByteSequence;
import io.etcd.jetcd.Client;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Each reason not to start has its own exit code and one line that says what to do.
class StartIT {
  private static final Duration END_MAX = Duration.ofSeconds(60);
  private static final String FREE = "127.0.0.1:0";
  private static final String TAKEN =
      """
      {"kind":"IPAddress","apiVersion":"networking.k8s.io/v1",
       "metadata":{"name":"10.0.0.1","uid":"5f0c1d5e-0000-4000-8000-000000000001",
                   "creationTimestamp":"2026-01-01T00:00:00Z"},
       "spec":{"parentRef":{"resource":"services","namespace":"default","name":"other"}}}
      """;

  @TempDir private Path folder;

  private void refused(int code, String text, String... arguments) {
    try (Child child = RunningPintle.start(folder, List.of(arguments))) {
      assertThat(child.awaitExit(END_MAX)).as(child.log()).isEqualTo(code);
      assertThat(child.log()).contains(text).hasLineCount(1);
    }
  }

  @Test
  void aBadFlagIsUsage() {
    refused(2, "--nope: no such flag; see ./pintle up --help", "up", "--nope", "1");
    refused(2, "--etcd: 127.0.0.1 (expected: HOST:PORT", "up", "--etcd", "127.0.0.1");
    refused(2, "--wal-dir: the log lies in --data-dir", "etcd", "--wal-dir=x");
  }

  @Test
  void aPortInUseIsNamed() throws IOException {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      String address = "127.0.0.1:" + taken.getLocalPort();
      refused(
          10,
          "--etcd " + address + ": cannot listen",
          "up",
          "--data",
          folder.resolve("a").toString(),
          "--etcd",
          address,
          "--kube",
          "off");
    }
  }

  @Test
  void aSecondStartOnTheSameFolderIsRefusedAndTheFirstGoesOn() {
    Path data = folder.resolve("b");
    try (RunningPintle first = RunningPintle.etcdOnly(data)) {
      refused(
          11,
          "in use by process " + first.child().pid(),
          "up",
          "--data",
          data.toString(),
          "--etcd",
          FREE,
          "--kube",
          "off");
      assertThat(first.child().isAlive()).isTrue();
      assertThat(data.resolve("endpoints.json")).exists();
    }
  }

  @Test
  void aFolderOfANewerFormatIsLeftAlone() throws IOException {
    Path data = privateFolder("c");
    Files.writeString(data.resolve("format"), "pintle 2\n");
    refused(
        12,
        "format 2 (expected: at most 1)",
        "up",
        "--data",
        data.toString(),
        "--etcd",
        FREE,
        "--kube",
        "off");
    assertThat(data.resolve("format")).hasContent("pintle 2\n");
  }

  @Test
  void aFolderThatIsAFileIsNamed() throws IOException {
    Path file = Files.writeString(folder.resolve("d"), "x");
    refused(14, "is a file (expected: a folder)", "up", "--data", file.toString());
  }

  @Test
  void everyFileIsForTheOwnerOnlyAndTheProgramStopsWithinSeconds() throws IOException {
    Path data = folder.resolve("e");
    try (RunningPintle pintle = RunningPintle.closed(data)) {
      assertThat(everythingIn(data))
          .contains(data.resolve("pki/etcd/client.key"), data.resolve("kubeconfig"))
          .hasSizeGreaterThan(20)
          .allMatch(file -> mode(file).equals(Files.isDirectory(file) ? "rwx------" : "rw-------"));
      assertThat(data.resolve("pki/admin.token")).doesNotExist();
      assertThat(Files.readString(pintle.kubeconfig())).doesNotContain("token:");
      long started = System.nanoTime();
      assertThat(pintle.child().terminate()).isEqualTo(143);
      assertThat(Duration.ofNanos(System.nanoTime() - started)).isLessThan(Duration.ofSeconds(10));
      assertThat(data.resolve("endpoints.json")).doesNotExist();
      assertThat(pintle.child().log()).contains("Pintle is ready.");
      assertThat(pintle.child().warnings()).isEmpty();
    }
  }

  @Test
  void nothingIsKeptWithMemory() {
    Path data = folder.resolve("f");
    try (RunningPintle pintle =
        RunningPintle.up(data, "--memory", "--etcd", FREE, "--kube", "off")) {
      assertThat(pintle.child().terminate()).isEqualTo(143);
    }
    assertThat(data.resolve("member")).doesNotExist();
  }

  @Test
  void aFolderThatOthersMayWriteIsRefused() throws IOException {
    Path data = privateFolder("g");
    Files.setPosixFilePermissions(data, PosixFilePermissions.fromString("rwxrwxrwx"));
    refused(14, "chmod 700 '" + data + "'", "up", "--data", data.toString());
    assertThat(data).isEmptyDirectory();
  }

  @Test
  void aLockThatIsALinkLeavesWhatIsBehindItAlone() throws IOException {
    Path data = privateFolder("h");
    Path precious = Files.writeString(folder.resolve("precious"), "text");
    Files.createSymbolicLink(data.resolve("lock"), precious);
    refused(14, "lock: is a symbolic link", "up", "--data", data.toString());
    assertThat(precious).hasContent("text");
  }

  @Test
  void clearTextIsNotServedToOtherMachines() {
    refused(
        2,
        "--etcd-insecure with --etcd 0.0.0.0:0 (expected: an address of this machine alone",
        "up",
        "--etcd-insecure",
        "--etcd",
        "0.0.0.0:0");
  }

  @Test
  void withoutMemoryItEndsWithACodeAndALineOfItsOwn() {
    List<String> little = List.of("-Xms10m", "-Xmn4m", "-Xmx10m");
    List<String> up =
        List.of("up", "--data", folder.resolve("i").toString(), "--etcd", FREE, "--kube", FREE);
    try (Child child = RunningPintle.start(folder, little, up)) {
      assertThat(child.awaitExit(END_MAX)).as(child.log()).isEqualTo(154);
      assertThat(child.log()).contains("pintle: out of memory, so the program ends");
    }
  }

  /// Somebody else has the address of the service by which pods find this server.
  @Test
  void anObjectOfTheFirstStartThatCannotBeMadeEndsTheProgramWithTheReason() throws Exception {
    Path data = folder.resolve("j");
    String key = "/registry/ipaddresses/10.0.0.1";
    store(data, client -> client.getKVClient().put(text(key), text(TAKEN)));
    try (Child child =
        RunningPintle.start(
            data, List.of("up", "--data", data.toString(), "--etcd", FREE, "--kube", FREE))) {
      assertThat(child.awaitExit(END_MAX)).as(child.log()).isEqualTo(14);
      assertThat(child.log())
          .contains("pintle: what a cluster starts with could not be made: ")
          .contains("failed to allocate IP 10.0.0.1: provided IP is already allocated")
          .doesNotContain("\tat ");
    }
    assertThat(data.resolve("endpoints.json")).doesNotExist();

    store(data, client -> client.getKVClient().delete(text(key)));
    try (RunningPintle again = RunningPintle.up(data, "--etcd", FREE, "--kube", FREE);
        KubeClient client = KubeClient.of(again)) {
      assertThat(
              again
                  .child()
                  .await(
                      "the service",
                      END_MAX,
                      () ->
                          Optional.of(client.get("/api/v1/namespaces/default/services/kubernetes"))
                              .filter(answer -> answer.code() == 200))
                  .text())
          .contains("\"clusterIP\":\"10.0.0.1\"");
    }
  }

  @Test
  void aPageTellsEveryFlagOfTheStart() {
    Path data = folder.resolve("k");
    try (RunningPintle pintle =
            RunningPintle.up(
                data, "--etcd", FREE, "--kube", FREE, "--etcd-compaction-interval", "90s");
        KubeClient client = KubeClient.of(pintle)) {
      assertThat(client.get("/flagz").text())
          .contains(
              "\nadmin-token:on\nadmission-control-config-file:\nadvertise-address:\nallow-privileged:false\naudit-log-batch-buffer-size:10000\naudit-log-batch-max-size:1\naudit-log-batch-max-wait:0s\naudit-log-batch-throttle-burst:0\naudit-log-batch-throttle-enable:false\naudit-log-batch-throttle-qps:0\naudit-log-compress:false\naudit-log-format:json\naudit-log-maxage:366\naudit-log-maxbackup:100\naudit-log-maxsize:100\naudit-log-mode:blocking\naudit-log-path:\naudit-log-truncate-enabled:false\naudit-log-truncate-max-batch-size:10485760\naudit-log-truncate-max-event-size:102400\naudit-log-version:audit.k8s.io/v1\naudit-policy-file:\naudit-webhook-batch-buffer-size:10000\naudit-webhook-batch-initial-backoff:10s\naudit-webhook-batch-max-size:400\naudit-webhook-batch-max-wait:30s\naudit-webhook-batch-throttle-burst:15\naudit-webhook-batch-throttle-enable:true\naudit-webhook-batch-throttle-qps:10\naudit-webhook-config-file:\naudit-webhook-initial-backoff:10s\naudit-webhook-mode:batch\naudit-webhook-truncate-enabled:false\naudit-webhook-truncate-max-batch-size:10485760\naudit-webhook-truncate-max-event-size:102400\naudit-webhook-version:audit.k8s.io/v1\nauthorization-mode:RBAC\nbackend:\nbackend-plugins:\ncontrollers:*\ndata:%s\ndisable-admission-plugins:\nenable-admission-plugins:\nenable-priority-and-fairness:true\nencryption-key-file:\nendpoint-reconciler-type:lease\netcd:127.0.0.1:0\netcd-compaction-interval:1m30s\netcd-fair-queuing:off\netcd-insecure:true\netcd-quota-backend-bytes:0\nevent-ttl:1h0m0s\nkube:127.0.0.1:0\nmax-list-bytes-inflight:0\nmax-mutating-requests-inflight:200\nmax-requests-inflight:400\nmemory:false\npriority-and-fairness-learned-times:false\npriority-and-fairness-names:false\nrequest-timeout:1m0s\nruntime-config:\n"
                  .formatted(data));
    }
  }

  /// Lets the store alone run over a folder, and changes it.
  private static void store(Path data, Function<Client, CompletableFuture<?>> change)
      throws Exception {
    try (RunningPintle pintle = RunningPintle.etcdOnly(data);
        Client client = Client.builder().endpoints(pintle.etcd()).build()) {
      change.apply(client).get(END_MAX.toSeconds(), TimeUnit.SECONDS);
      assertThat(pintle.child().terminate()).isEqualTo(143);
    }
  }

  private static ByteSequence text(String text) {
    return ByteSequence.from(text, StandardCharsets.UTF_8);
  }

  private Path privateFolder(String name) throws IOException {
    return Files.createDirectory(
        folder.resolve(name),
        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
  }

  private static List<Path> everythingIn(Path data) throws IOException {
    try (Stream<Path> files = Files.walk(data)) {
      return files.toList();
    }
  }

  private static String mode(Path file) {
    try {
      return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
