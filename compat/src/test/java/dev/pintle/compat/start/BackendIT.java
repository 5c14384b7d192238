package dev.pintle.compat.start;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pintle.compat.harness.Child;
import dev.pintle.compat.harness.Peers;
import dev.pintle.compat.harness.RunningPintle;
import io.etcd.jetcd.ByteSequence;
import io.etcd.jetcd.Client;
import io.etcd.jetcd.KeyValue;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What keeps the store of the real program: the choice of a backend, plugins, encryption, and the move from one to another.
class BackendIT {
  private static final Duration END_MAX = Duration.ofSeconds(60);
  private static final String SECRET = "nobody-reads-this-off-the-disk";
  private static final int KEYS = 50;

  @TempDir private Path folder;

  @Test
  void everyBackendKeepsWhatItAcknowledgedOverAKill() throws Exception {
    for (String backend : List.of("rocksdb", "sqlite", "sqlite:cache-bytes=1000000")) {
      Path data = folder.resolve(backend.replace(':', '-'));
      try (RunningPintle pintle = RunningPintle.etcdOnly(data, "--backend", backend)) {
        write(pintle, "1");
        pintle.child().kill();
      }
      // Without the flag it is the one that the folder remembers.
      try (RunningPintle pintle = RunningPintle.etcdOnly(data)) {
        requireWritten(pintle, "1");
      }
    }
  }

  @Test
  void nothingOfTheBackendInMemoryIsThereAfterwards() throws Exception {
    Path data = folder.resolve("memory");
    try (RunningPintle pintle = RunningPintle.etcdOnly(data, "--backend=memory")) {
      write(pintle, "1");
    }
    assertThat(data.resolve("member")).doesNotExist();
  }

  @Test
  void whatCannotBeOpenedIsRefusedByName() throws IOException {
    Path data = folder.resolve("made");
    RunningPintle.etcdOnly(data, "--backend=sqlite").close();
    String at = data.toString();
    refused(
        1,
        "was made with the backend sqlite, not with rocksdb",
        "etcd",
        "--data-dir",
        at,
        "--backend=rocksdb");
    refused(
        1,
        "--backend: bolt: no such backend (expected: memory, rocksdb, s3, sqlite)",
        "etcd",
        "--data-dir",
        at,
        "--backend=bolt");
    refused(
        1,
        "--backend: sqlite: cache: no such option (expected: cache-bytes)",
        "etcd",
        "--data-dir",
        at,
        "--backend=sqlite:cache=1");
    refused(
        1,
        "cache-bytes=1 (expected: a number, at least 65536)",
        "etcd",
        "--data-dir",
        at,
        "--backend=sqlite:cache-bytes=1");
    refused(
        2, "--memory with --backend sqlite", "up", "--data", at, "--memory", "--backend=sqlite");
    refused(
        1,
        "nowhere: NoSuchFile",
        "etcd",
        "--data-dir",
        at,
        "--backend-plugins",
        folder.resolve("nowhere").toString());
    refused(
        1,
        "is not encrypted",
        "etcd",
        "--data-dir",
        at,
        "--encryption-key-file",
        keys("k", 1).toString());
    refused(
        1,
        "holds no key",
        "etcd",
        "--data-dir",
        folder.resolve("new").toString(),
        "--encryption-key-file",
        keys("none").toString());
  }

  private void refused(int code, String text, String... arguments) {
    try (Child child = RunningPintle.start(folder, List.of(arguments))) {
      assertThat(child.awaitExit(END_MAX)).as(child.log()).isEqualTo(code);
      // Before it there may be what was done so far.
      assertThat(child.log().lines().toList().getLast()).contains(text);
    }
  }

  @Test
  void anEncryptedStoreIsReadableWithItsKeysOnlyAndTheKeysCanBeChanged() throws Exception {
    Path data = folder.resolve("sealed");
    String first = keys("first", 1).toString();
    try (RunningPintle pintle = RunningPintle.etcdOnly(data, "--encryption-key-file", first)) {
      write(pintle, SECRET);
      pintle.child().kill();
    }
    requireNothingInClear(data.resolve("member"));
    refused(1, "is encrypted (expected: its keys", "etcd", "--data-dir", data.toString());
    refused(
        1,
        "nothing was changed",
        "etcd",
        "--data-dir",
        data.toString(),
        "--encryption-key-file",
        keys("wrong", 3).toString());
    String both = keys("both", 2, 1).toString();
    try (RunningPintle pintle = RunningPintle.etcdOnly(data, "--encryption-key-file", both)) {
      requireWritten(pintle, SECRET);
      pintle
          .child()
          .await(
              "the end of the rotation",
              END_MAX,
              () -> Optional.of(true).filter(_ -> rotationIsOver(data)));
      pintle.child().kill();
    }
    String second = keys("second", 2).toString();
    try (RunningPintle pintle = RunningPintle.etcdOnly(data, "--encryption-key-file", second)) {
      requireWritten(pintle, SECRET);
    }
    requireNothingInClear(data.resolve("member"));
  }

  /// The file of epochs names the second key alone.
  private static boolean rotationIsOver(Path data) {
    try {
      return Files.readAllLines(data.resolve("member/seals")).size() == 2;
    } catch (IOException beingReplaced) {
      return false;
    }
  }

  @Test
  void aStoreMovesFromOneBackendToAnotherAndIntoEncryption() throws Exception {
    Path data = folder.resolve("moved");
    String key = keys("key", 1).toString();
    try (RunningPintle pintle = RunningPintle.etcdOnly(data)) {
      write(pintle, SECRET);
      pintle.child().kill();
    }
    String verified = store("verify", data);
    assertThat(verified).contains("verified ");
    assertThat(
            hash(
                store(
                    "migrate",
                    data,
                    "--from=rocksdb",
                    "--to=sqlite",
                    "--encryption-key-file",
                    key)))
        .isEqualTo(hash(verified));
    requireNothingInClear(data.resolve("member"));
    try (RunningPintle pintle = RunningPintle.etcdOnly(data, "--encryption-key-file", key)) {
      requireWritten(pintle, SECRET);
    }
    store(
        "migrate",
        data,
        "--from=sqlite",
        "--to=rocksdb",
        "--encryption-key-file",
        key,
        "--decrypt");
    try (RunningPintle pintle = RunningPintle.etcdOnly(data, "--backend=rocksdb")) {
      requireWritten(pintle, SECRET);
    }
    refused(
        14,
        "was made with the backend rocksdb, not with sqlite",
        "store",
        "migrate",
        "--data",
        data.toString(),
        "--from=sqlite",
        "--to=rocksdb");
    refused(2, "--data: missing", "store", "verify");
  }

  @Test
  void aMoveThatIsKilledLeavesAFolderThatStarts() throws Exception {
    long seed = System.nanoTime();
    SplittableRandom random = new SplittableRandom(seed);
    Path data = folder.resolve("killed");
    try (RunningPintle pintle = RunningPintle.etcdOnly(data)) {
      write(pintle, "1");
    }
    for (int kill = 0; kill < Integer.getInteger("pintle.move.kills", 3); kill++) {
      String made =
          Files.readAllLines(data.resolve("member/backend")).get(1).substring("backend ".length());
      String other = made.equals("sqlite") ? "rocksdb" : "sqlite";
      try (Child child =
          RunningPintle.start(
              folder,
              List.of(
                  "store", "migrate", "--data", data.toString(), "--from", made, "--to", other))) {
        awaitLines(child, random.nextInt(1, 3));
        child.kill();
      }
      try (RunningPintle pintle = RunningPintle.etcdOnly(data)) {
        requireWritten(pintle, "1");
      } catch (AssertionError lost) {
        throw new AssertionError("seed %d kill %d".formatted(seed, kill), lost);
      }
    }
  }

  /// A small store may be moved before anybody has looked.
  private static void awaitLines(Child child, int lines) {
    try {
      child.await(
          "progress",
          END_MAX,
          () -> Optional.of(true).filter(_ -> child.log().lines().count() >= lines));
    } catch (AssertionError ended) {
      if (child.awaitExit(END_MAX) != 0) {
        throw ended;
      }
    }
  }

  @Test
  void aBackendOfAPluginKeepsTheStore() throws Exception {
    Path plugins = plugin();
    Path data = folder.resolve("plugged");
    String[] flags = {"--backend=snapshots", "--backend-plugins=" + plugins};
    try (RunningPintle pintle = RunningPintle.etcdOnly(data, flags)) {
      write(pintle, "1");
      pintle.child().kill();
    }
    try (RunningPintle pintle = RunningPintle.etcdOnly(data, flags)) {
      requireWritten(pintle, "1");
    }
    refused(1, "--backend: snapshots: no such backend", "etcd", "--data-dir", data.toString());
    store("migrate", data, "--from=snapshots", "--to=rocksdb", "--backend-plugins=" + plugins);
    try (RunningPintle pintle = RunningPintle.etcdOnly(data)) {
      requireWritten(pintle, "1");
    }
  }

  /// The example, as a jar.
  private Path plugin() throws IOException {
    Path example = Peers.house().resolve("examples/backend/src/main");
    Path classes = Files.createDirectories(folder.resolve("classes"));
    String classPath =
        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
    List<String> arguments =
        new ArrayList<>(List.of("-proc:none", "-cp", classPath, "-d", classes.toString()));
    try (Stream<Path> sources = Files.walk(example.resolve("java"))) {
      sources.map(Path::toString).filter(file -> file.endsWith(".java")).forEach(arguments::add);
    }
    assertThat(
            ToolProvider.getSystemJavaCompiler()
                .run(null, null, null, arguments.toArray(String[]::new)))
        .isZero();
    Path plugins = Files.createDirectories(folder.resolve("plugins"));
    try (OutputStream file = Files.newOutputStream(plugins.resolve("snapshots.jar"));
        JarOutputStream jar = new JarOutputStream(file)) {
      for (Path root : List.of(classes, example.resolve("resources"))) {
        try (Stream<Path> files = Files.walk(root)) {
          for (Path each : files.filter(Files::isRegularFile).toList()) {
            jar.putNextEntry(new JarEntry(root.relativize(each).toString()));
            Files.copy(each, jar);
          }
        }
      }
    }
    return plugins;
  }

  private String store(String action, Path data, String... flags) {
    List<String> arguments = new ArrayList<>(List.of("store", action, "--data", data.toString()));
    arguments.addAll(List.of(flags));
    try (Child child = RunningPintle.start(folder, arguments)) {
      assertThat(child.awaitExit(END_MAX)).as(child.log()).isZero();
      return child.log();
    }
  }

  private static String hash(String said) {
    return said.substring(said.indexOf("sha256 ")).strip();
  }

  private static void write(RunningPintle pintle, String value) throws Exception {
    try (Client client = Client.builder().endpoints(pintle.etcd()).build()) {
      for (int i = 0; i < KEYS; i++) {
        client.getKVClient().put(text(SECRET + i), text(value)).get(60, TimeUnit.SECONDS);
      }
    }
  }

  private static void requireWritten(RunningPintle pintle, String value) throws Exception {
    try (Client client = Client.builder().endpoints(pintle.etcd()).build()) {
      for (int i = 0; i < KEYS; i += 7) {
        List<KeyValue> found =
            client.getKVClient().get(text(SECRET + i)).get(60, TimeUnit.SECONDS).getKvs();
        assertThat(found).hasSize(1);
        assertThat(found.getFirst().getValue()).isEqualTo(text(value));
      }
    }
  }

  private static ByteSequence text(String text) {
    return ByteSequence.from(text, StandardCharsets.UTF_8);
  }

  private Path keys(String name, int... numbers) throws IOException {
    StringBuilder lines = new StringBuilder("# of a test\n");
    for (int number : numbers) {
      byte[] key = new byte[32];
      key[31] = (byte) number;
      lines.append(Base64.getEncoder().encodeToString(key)).append('\n');
    }
    return Files.writeString(folder.resolve(name), lines);
  }

  private static void requireNothingInClear(Path member) throws IOException {
    try (Stream<Path> files = Files.walk(member)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        assertThat(new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1))
            .as(file.toString())
            .doesNotContain(SECRET);
      }
    }
  }
}
