package dev.pintle.compat.etcd;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pintle.compat.harness.Child;
import dev.pintle.compat.harness.Peers;
import dev.pintle.compat.harness.ProgramCommand;
import dev.pintle.compat.harness.RunningEtcd;
import dev.pintle.compat.harness.RunningPintle;
import dev.pintle.compat.harness.Tool;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Stores that leave and come in: what `etcdutl` and the real etcd make of a snapshot of ours, and what we make of theirs.
class SnapshotIT {
  private static final Duration RUN_MAX = Duration.ofMinutes(2);
  private static final int KEYS = 10_000;
  private static final int KEYS_PER_TXN = 100;
  private static final String LEASE = "4d2";
  private static final int EXIT_DATA = 14;
  private static final int PAGE_BYTES = 4096;

  @TempDir private Path folder;

  /// Keys, changed and deleted ones, a key that was made twice, large values, leases, and history of which a part is compacted.
  private static void fill(String url) {
    Etcdctl ctl = Etcdctl.at(url);
    for (int from = 0; from < KEYS; from += KEYS_PER_TXN) {
      StringBuilder puts = new StringBuilder("\n");
      for (int i = from; i < from + KEYS_PER_TXN; i++) {
        puts.append("put key/%05d value-%d-%s%n".formatted(i, i, "x".repeat(i % 300)));
      }
      assertThat(ctl.feed(puts + "\n\n", "txn").exit()).isZero();
    }
    ctl.out("del", "--prefix", "key/000");
    ctl.out("put", "key/00001", "made again");
    for (int i = 0; i < 5; i++) {
      ctl.out("put", "changed", "before the compaction " + i);
    }
    for (int i = 0; i < 3; i++) {
      assertThat(ctl.feed("%d".formatted(i).repeat(1 << 20), "put", "large/" + i).exit()).isZero();
    }
    grant(url);
    ctl.out("put", "--lease", LEASE, "leased/a", "1");
    ctl.out("put", "--lease", LEASE, "leased/b", "2");
    ctl.out("put", "deleted", "soon");
    ctl.out("del", "deleted");
    ctl.out("compact", Long.toString(revision(url)));
    for (int i = 0; i < 5; i++) {
      ctl.out("put", "changed", "after the compaction " + i);
    }
    ctl.out("del", "key/09999");
  }

  /// etcdctl chooses no id.
  private static void grant(String url) {
    Tool.Result granted =
        Tool.of(
                Path.of("curl"),
                "-sS",
                "--fail",
                "-d",
                "{\"ID\":\"1234\",\"TTL\":\"3600\"}",
                url + "/v3/lease/grant")
            .run();
    assertThat(granted.exit()).as(granted.err()).isZero();
  }

  private static long revision(String url) {
    return number("\"revision\":(\\d+)", Etcdctl.at(url).out("get", "x", "-w", "json"));
  }

  private static long number(String pattern, String text) {
    Matcher matcher = Pattern.compile(pattern).matcher(text);
    assertThat(matcher.find()).as("%s in %s", pattern, text).isTrue();
    return Long.parseLong(matcher.group(1));
  }

  /// All that a client can see of a store, without whose it is and what time leases have left.
  private static String seen(String url) {
    Etcdctl ctl = Etcdctl.at(url);
    long revision = revision(url);
    String hash = ctl.out("endpoint", "hashkv", "--rev=" + revision, "-w", "json");
    long compacted = number("\"compact_revision\":(-?\\d+)", hash);
    StringBuilder seen =
        new StringBuilder("revision %d compacted %d".formatted(revision, compacted));
    seen.append(" hash ").append(number("\"hash\":(\\d+)", hash)).append('\n');
    for (long at = compacted; at <= revision; at++) {
      String range = ctl.out("get", "", "--prefix", "-w", "json", "--rev=" + at);
      seen.append(at).append(' ').append(range.substring(range.indexOf("\"kvs\""))).append('\n');
    }
    seen.append(ctl.run("get", "x", "--rev=" + (compacted - 1)).err().replaceAll("\\{.*", ""));
    seen.append(ctl.out("lease", "list"));
    seen.append(
        ctl.out("lease", "timetolive", "--keys", LEASE)
            .replaceAll("remaining\\(\\d+s\\)", "remaining(some)"));
    return seen.toString();
  }

  private Path save(String url) {
    Path file = folder.resolve("saved.db");
    Etcdctl.at(url).out("snapshot", "save", file.toString());
    return file;
  }

  private static Tool.Result pintle(String... arguments) {
    List<String> command = ProgramCommand.of(List.of(), List.of(arguments));
    return Tool.of(Path.of(command.getFirst()), command.stream().skip(1).toArray(String[]::new))
        .within(RUN_MAX)
        .run();
  }

  private static Tool.Result etcdutl(String... arguments) {
    return Tool.of(Peers.require("etcdutl"), arguments).within(RUN_MAX).run();
  }

  private static void requireDone(Tool.Result result) {
    assertThat(result.exit()).as("%s %s", result.out(), result.err()).isZero();
  }

  @Test
  void aSnapshotOfPintleIsServedByTheRealEtcd() {
    Peers.require("etcdutl");
    String seen;
    Path file;
    try (RunningPintle pintle = RunningPintle.etcdOnly(folder.resolve("pintle"))) {
      fill(pintle.etcd());
      seen = seen(pintle.etcd());
      file = save(pintle.etcd());
    }
    Tool.Result status = etcdutl("snapshot", "status", file.toString(), "-w", "json");
    requireDone(status);
    assertThat(pintle("snapshot", "status", file.toString(), "-w", "json").out())
        .isEqualTo(status.out());
    requireDone(
        etcdutl(
            "snapshot",
            "restore",
            file.toString(),
            "--data-dir",
            folder.resolve("etcd").toString()));
    try (RunningEtcd etcd = RunningEtcd.start(folder)) {
      assertThat(seen(etcd.url())).isEqualTo(seen);
      Etcdctl.at(etcd.url()).out("put", "key/new", "1");
      Etcdctl.at(etcd.url()).out("lease", "revoke", LEASE);
      assertThat(Etcdctl.at(etcd.url()).out("get", "--prefix", "leased/")).isEmpty();
    }
  }

  @Test
  void aSnapshotOfTheRealEtcdIsServedHere() {
    String seen;
    Path file;
    try (RunningEtcd etcd = RunningEtcd.start(folder)) {
      fill(etcd.url());
      seen = seen(etcd.url());
      file = save(etcd.url());
    }
    Path data = folder.resolve("pintle");
    requireDone(pintle("snapshot", "restore", file.toString(), "--data-dir", data.toString()));
    try (RunningPintle pintle = RunningPintle.etcdOnly(data)) {
      assertThat(seen(pintle.etcd())).isEqualTo(seen);
      Etcdctl.at(pintle.etcd()).out("put", "key/new", "1");
      Etcdctl.at(pintle.etcd()).out("lease", "revoke", LEASE);
      assertThat(Etcdctl.at(pintle.etcd()).out("get", "--prefix", "leased/")).isEmpty();
      assertThat(pintle.child().terminate()).isEqualTo(143);
    }
    Path database = folder.resolve("etcd/member/snap/db");
    Path other = folder.resolve("other");
    Tool.Result unasked =
        pintle("snapshot", "restore", database.toString(), "--data-dir", other.toString());
    assertThat(unasked.exit()).isEqualTo(EXIT_DATA);
    assertThat(unasked.err()).contains("no hash at its end").contains("--skip-hash-check");
    requireDone(
        pintle(
            "snapshot",
            "restore",
            database.toString(),
            "--skip-hash-check",
            "--data-dir",
            other.toString()));
    try (RunningPintle pintle = RunningPintle.etcdOnly(other)) {
      assertThat(Etcdctl.at(pintle.etcd()).out("get", "key/05000")).contains("value-5000-");
    }
    Tool.Result again =
        pintle("snapshot", "restore", file.toString(), "--data-dir", data.toString());
    assertThat(again.exit()).isEqualTo(EXIT_DATA);
    assertThat(again.err()).contains("is there already");
  }

  @Test
  void aRevisionThatIsRaisedIsTheSameAsEtcdutlRaisesIt() {
    Path file;
    try (RunningPintle pintle = RunningPintle.etcdOnly(folder.resolve("pintle"))) {
      Etcdctl.at(pintle.etcd()).out("put", "a", "1");
      Etcdctl.at(pintle.etcd()).out("put", "a", "2");
      file = save(pintle.etcd());
    }
    String[] bump = {"--bump-revision", "1000", "--mark-compacted", "--data-dir"};
    Path here = folder.resolve("here");
    requireDone(pintle(restore(file, bump, here)));
    requireDone(etcdutl(restore(file, bump, folder.resolve("etcd"))));
    String there;
    try (RunningEtcd etcd = RunningEtcd.start(folder)) {
      there = raised(etcd.url());
    }
    try (RunningPintle pintle = RunningPintle.etcdOnly(here)) {
      assertThat(raised(pintle.etcd())).isEqualTo(there).contains("1003");
    }
    Tool.Result alone =
        pintle("snapshot", "restore", file.toString(), "--bump-revision=1", "--data-dir=" + folder);
    assertThat(alone.exit()).isEqualTo(2);
    assertThat(alone.err()).contains("--mark-compacted");
  }

  private static String[] restore(Path file, String[] flags, Path data) {
    String[] all =
        Arrays.copyOf(new String[] {"snapshot", "restore", file.toString()}, 4 + flags.length);
    System.arraycopy(flags, 0, all, 3, flags.length);
    all[all.length - 1] = data.toString();
    return all;
  }

  private static String raised(String url) {
    Etcdctl ctl = Etcdctl.at(url);
    String now = "%d %s".formatted(revision(url), ctl.out("get", "a"));
    String before = ctl.run("get", "a", "--rev=1002").err().replaceAll("\\{.*", "");
    ctl.out("put", "a", "3");
    return now + before + revision(url);
  }

  /// Goal: a snapshot is of the moment at which it was asked for, and writes do not wait for it.
  @Test
  void writesGoOnWhileASnapshotIsSentNoFasterThanItsFlagAllows() {
    Path file = folder.resolve("slow.db");
    try (RunningPintle pintle =
        RunningPintle.etcdOnly(folder.resolve("slow"), "--snapshot-bytes-per-second=1000000")) {
      Etcdctl ctl = Etcdctl.at(pintle.etcd());
      for (int i = 0; i < 4; i++) {
        assertThat(ctl.feed("%d".formatted(i).repeat(1 << 20), "put", "large/" + i).exit())
            .isZero();
      }
      long before = revision(pintle.etcd());
      long began = System.nanoTime();
      int written = 0;
      try (Child save =
          Child.start(
              List.of(
                  Peers.require("etcdctl").toString(),
                  "--endpoints=" + pintle.etcd(),
                  "snapshot",
                  "save",
                  file.toString()),
              folder.resolve("save.log"))) {
        save.await("a part", RUN_MAX, () -> present(folder.resolve("slow.db.part")));
        while (save.isAlive()) {
          ctl.out("put", "meanwhile/" + written++, "1");
        }
        assertThat(save.awaitExit(RUN_MAX)).as(save.log()).isZero();
      } catch (IOException e) {
        throw new AssertionError(e);
      }
      assertThat(Duration.ofNanos(System.nanoTime() - began)).isGreaterThan(Duration.ofSeconds(4));
      assertThat(written).isGreaterThan(10);
      assertThat(pintle("snapshot", "status", file.toString()).out())
          .contains(", %d, 4, ".formatted(before))
          .endsWith(" bytes, 3.7.0\n");
    }
  }

  /// Whether something has come.
  private static Optional<Boolean> present(Path path) {
    try {
      return Files.exists(path) && Files.size(path) > 0 ? Optional.of(true) : Optional.empty();
    } catch (IOException renamed) {
      return Optional.empty();
    }
  }

  @Test
  void theGatewayStreamsTheSame() {
    try (RunningPintle pintle = RunningPintle.etcdOnly(folder.resolve("pintle"))) {
      Etcdctl.at(pintle.etcd()).feed("x".repeat(50_000), "put", "a");
      Tool.Result answer =
          Tool.of(Path.of("curl"), "-sS", "-d", "{}", pintle.etcd() + "/v3/maintenance/snapshot")
              .run();
      List<String> lines =
          answer.out().lines().map(line -> line.replaceAll("\"blob\":\"[^\"]*\"", "BLOB")).toList();
      assertThat(lines.getFirst())
          .matches("\\{\"result\":\\{\"remaining_bytes\":\"\\d+\",BLOB,\"version\":\"3.7.0\"}}");
      assertThat(lines.getLast()).isEqualTo("{\"result\":{BLOB,\"version\":\"3.7.0\"}}");
    }
  }

  /// Users with passwords, by certificate only and without either; roles for a key, a range and all that follows.
  private static void guard(String url) {
    Etcdctl ctl = Etcdctl.at(url);
    ctl.out("put", "a", "1");
    ctl.out("put", "k/1", "2");
    ctl.out("user", "add", "root:secret");
    ctl.out("user", "add", "u:pw");
    ctl.out("user", "add", "nobody:pw");
    ctl.out("user", "add", "--no-password", "n");
    ctl.out("role", "add", "r");
    ctl.out("role", "add", "s");
    ctl.out("role", "grant-permission", "r", "read", "a");
    ctl.out("role", "grant-permission", "r", "readwrite", "k/", "k0");
    ctl.out("role", "grant-permission", "--from-key", "s", "write", "x");
    ctl.out("user", "grant-role", "root", "root");
    ctl.out("user", "grant-role", "u", "s");
    ctl.out("user", "grant-role", "u", "r");
    ctl.out("auth", "enable");
  }

  /// What each user is allowed and refused, in the words of the client.
  private static String allowed(String url) {
    Etcdctl ctl = Etcdctl.at(url);
    StringBuilder seen = new StringBuilder();
    for (String user : List.of("root:secret", "root:wrong", "u:pw", "nobody:pw", "n:", "none:x")) {
      for (List<String> asked :
          List.of(
              List.of("get", "a"),
              List.of("get", "--prefix", "k/"),
              List.of("get", "--from-key", "k/"),
              List.of("put", "a", "3"),
              List.of("put", "k/1", "3"),
              List.of("put", "y", "3"),
              List.of("get", "y"),
              List.of("user", "list"),
              List.of("user", "get", "u"),
              List.of("user", "get", "n"),
              List.of("role", "list"),
              List.of("role", "get", "r"),
              List.of("role", "get", "s"))) {
        List<String> all = new ArrayList<>(asked);
        all.addFirst("--user=" + user);
        seen.append(user).append(' ').append(asked).append(": ");
        seen.append(told(ctl.run(all.toArray(String[]::new)))).append('\n');
      }
    }
    seen.append("nobody: ").append(told(ctl.run("get", "a")));
    return seen.append(revisionOfAuth(ctl)).toString();
  }

  private static String revisionOfAuth(Etcdctl ctl) {
    String status = ctl.out("--user=root:secret", "auth", "status", "-w", "json");
    return "auth revision " + number("\"authRevision\":(\\d+)", status);
  }

  /// Without the clock of the client's log line.
  private static String told(Tool.Result result) {
    return "%d %s%s".formatted(result.exit(), result.out(), result.err().replaceAll("\\{.*", ""));
  }

  @Test
  void aSnapshotOfPintleKeepsItsUsersInTheRealEtcd() {
    Path file = folder.resolve("guarded.db");
    String allowed;
    try (RunningPintle pintle = RunningPintle.etcdOnly(folder.resolve("pintle"))) {
      guard(pintle.etcd());
      Etcdctl.at(pintle.etcd()).out("--user=root:secret", "snapshot", "save", file.toString());
      allowed = allowed(pintle.etcd());
    }
    requireDone(
        etcdutl(
            "snapshot",
            "restore",
            file.toString(),
            "--data-dir",
            folder.resolve("etcd").toString()));
    try (RunningEtcd etcd = RunningEtcd.start(folder)) {
      assertThat(allowed(etcd.url())).isEqualTo(allowed);
    }
  }

  @Test
  void aSnapshotOfTheRealEtcdKeepsItsUsersHereUnlessItIsOpenedByWord() {
    Path file = folder.resolve("guarded.db");
    String allowed;
    try (RunningEtcd etcd = RunningEtcd.start(folder)) {
      guard(etcd.url());
      Etcdctl.at(etcd.url()).out("--user=root:secret", "snapshot", "save", file.toString());
      allowed = allowed(etcd.url());
    }
    Path data = folder.resolve("guarded");
    requireDone(pintle("snapshot", "restore", file.toString(), "--data-dir", data.toString()));
    try (RunningPintle pintle = RunningPintle.etcdOnly(data)) {
      assertThat(allowed(pintle.etcd())).isEqualTo(allowed);
    }
    Path open = folder.resolve("open");
    requireDone(
        pintle(
            "snapshot",
            "restore",
            file.toString(),
            "--without-auth",
            "--data-dir",
            open.toString()));
    try (RunningPintle pintle = RunningPintle.etcdOnly(open)) {
      Etcdctl ctl = Etcdctl.at(pintle.etcd());
      assertThat(ctl.out("get", "a")).isEqualTo("a\n1\n");
      assertThat(ctl.out("user", "list")).isEqualTo("n\nnobody\nroot\nu\n");
      ctl.out("auth", "enable");
      assertThat(ctl.run("get", "a").exit()).isNotZero();
      assertThat(ctl.out("--user=u:pw", "get", "a")).isEqualTo("a\n1\n");
    }
  }

  @Test
  void anAlarmOfASnapshotStaysUntilItIsDisarmedHereAndThere() {
    Path file = folder.resolve("alarmed.db");
    String alarms;
    try (RunningPintle pintle = RunningPintle.etcdOnly(folder.resolve("pintle"))) {
      Etcdctl ctl = Etcdctl.at(pintle.etcd());
      ctl.out("put", "a", "1");
      requireDone(
          Tool.of(
                  Path.of("curl"),
                  "-sS",
                  "--fail",
                  "-d",
                  "{\"action\":\"ACTIVATE\",\"memberID\":\"77\",\"alarm\":\"NOSPACE\"}",
                  pintle.etcd() + "/v3/maintenance/alarm")
              .run());
      alarms = ctl.out("alarm", "list");
      ctl.out("snapshot", "save", file.toString());
    }
    assertThat(alarms).contains("NOSPACE");
    Path here = folder.resolve("here");
    requireDone(pintle("snapshot", "restore", file.toString(), "--data-dir", here.toString()));
    requireDone(
        etcdutl(
            "snapshot",
            "restore",
            file.toString(),
            "--data-dir",
            folder.resolve("etcd").toString()));
    try (RunningPintle pintle = RunningPintle.etcdOnly(here);
        RunningEtcd etcd = RunningEtcd.start(folder)) {
      for (String url : List.of(pintle.etcd(), etcd.url())) {
        Etcdctl ctl = Etcdctl.at(url);
        assertThat(ctl.out("alarm", "list")).isEqualTo(alarms);
        assertThat(ctl.run("put", "a", "2").err()).contains("database space exceeded");
        ctl.out("alarm", "disarm");
        ctl.out("put", "a", "2");
      }
    }
  }

  @Test
  void aDamagedSnapshotIsToldApartAndLeavesNothing() throws IOException {
    Path file;
    try (RunningEtcd etcd = RunningEtcd.start(folder)) {
      Etcdctl.at(etcd.url()).out("put", "a", "1");
      file = save(etcd.url());
    }
    byte[] whole = Files.readAllBytes(file);
    byte[] flipped = whole.clone();
    int page = leafWithKeys(whole);
    flipped[page * PAGE_BYTES] ^= 64;
    assertThat(refusal(flipped)).contains("damaged: its SHA-256 is");
    assertThat(refusal(flipped, "--skip-hash-check"))
        .contains("page %d, of kind leaf: calls itself page".formatted(page));
    assertThat(refusal(Arrays.copyOf(whole, whole.length / 2), "--skip-hash-check"))
        .contains("cut off");
    assertThat(
            refusal(
                "kind: ConfigMap\n".repeat(1000).getBytes(StandardCharsets.US_ASCII),
                "--skip-hash-check"))
        .contains("not a bbolt file");
  }

  /// The newest root.
  private static int leafWithKeys(byte[] file) {
    int first = word(file, 16 + 16);
    int second = word(file, PAGE_BYTES + 16 + 16);
    return word(file, 16 + 48) > word(file, PAGE_BYTES + 16 + 48) ? first : second;
  }

  private static int word(byte[] file, int at) {
    return (file[at] & 0xff) | (file[at + 1] & 0xff) << 8 | (file[at + 2] & 0xff) << 16;
  }

  private String refusal(byte[] bytes, String... flags) throws IOException {
    Path file = Files.write(folder.resolve("damaged"), bytes);
    Path data = folder.resolve("never");
    String[] all = Arrays.copyOf(flags, flags.length + 1);
    all[flags.length] = "--data-dir";
    Tool.Result result = pintle(restore(file, all, data));
    assertThat(result.exit()).as(result.err()).isEqualTo(EXIT_DATA);
    assertThat(data).doesNotExist();
    assertThat(folder.resolve("never.restoring")).doesNotExist();
    return result.err();
  }

  @Test
  void aRestoreThatIsKilledLeavesNothingThatLooksWholeAndTheNextOneSucceeds() {
    Path file;
    String seen;
    try (RunningPintle pintle = RunningPintle.etcdOnly(folder.resolve("pintle"))) {
      fill(pintle.etcd());
      seen = seen(pintle.etcd());
      file = save(pintle.etcd());
    }
    Path data = folder.resolve("data");
    String[] arguments = restore(file, new String[] {"--data-dir"}, data);
    for (String moment : List.of("format", "member/store", "member/log")) {
      Path sign = folder.resolve("data.restoring").resolve(moment);
      try (Child child = RunningPintle.start(data, List.of(arguments))) {
        child.await(
            moment,
            RUN_MAX,
            () -> Files.exists(sign) || Files.exists(data) ? Optional.of(true) : Optional.empty());
        child.kill();
      }
      if (!Files.exists(data)) {
        assertThat(folder.resolve("data.restoring")).exists();
      }
    }
    if (!Files.exists(data)) {
      requireDone(pintle(arguments));
    }
    try (RunningPintle pintle = RunningPintle.etcdOnly(data)) {
      assertThat(seen(pintle.etcd())).isEqualTo(seen);
    }
  }
}
