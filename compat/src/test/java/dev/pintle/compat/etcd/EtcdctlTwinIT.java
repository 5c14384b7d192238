package dev.pintle.compat.etcd;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pintle.compat.harness.RunningEtcd;
import dev.pintle.compat.harness.RunningPintle;
import dev.pintle.compat.harness.Tool;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The same etcdctl commands, in the same order, to the real etcd and to Pintle: same exit code, same words, in every output
/// form.
class EtcdctlTwinIT {
  private static final List<String> FORMS = List.of("simple", "json", "fields");

  @TempDir private Path data;

  private final List<Step> steps = new ArrayList<>();

  private record Step(String name, Function<Etcdctl, Tool.Result> action) {}

  private void run(String... arguments) {
    steps.add(new Step(String.join(" ", arguments), etcdctl -> etcdctl.run(arguments)));
  }

  private void inAllForms(String... arguments) {
    for (String form : FORMS) {
      List<String> all = new ArrayList<>(List.of(arguments));
      all.addAll(List.of("-w", form));
      run(all.toArray(String[]::new));
    }
  }

  private void txn(String input) {
    for (String form : FORMS) {
      steps.add(
          new Step(
              "txn -w %s <<%s".formatted(form, input),
              etcdctl -> etcdctl.feed(input, "txn", "-w", form)));
    }
  }

  private void watch(String... arguments) {
    for (String form : FORMS) {
      List<String> all = new ArrayList<>(List.of("watch"));
      all.addAll(List.of(arguments));
      all.addAll(List.of("-w", form));
      steps.add(
          new Step(String.join(" ", all), etcdctl -> etcdctl.listen(all.toArray(String[]::new))));
    }
  }

  private void compare() {
    try (RunningEtcd real = RunningEtcd.start(data);
        RunningPintle pintle = RunningPintle.etcdOnly(data.resolve("pintle"))) {
      Etcdctl toReal = Etcdctl.at(real.url());
      Etcdctl toPintle = Etcdctl.at(pintle.etcd());
      SoftAssertions differences = new SoftAssertions();
      for (Step step : steps) {
        String expected = Normal.of(step.action().apply(toReal));
        String actual = Normal.of(step.action().apply(toPintle));
        differences.assertThat(actual).as(step.name()).isEqualTo(expected);
      }
      System.err.printf("twin: %d etcdctl commands compared%n", steps.size());
      differences.assertAll();
    }
  }

  @Test
  void keysAndRangesAreAnsweredAlike() {
    run("put", "a", "1");
    inAllForms("put", "a", "2", "--prev-kv");
    for (String key : List.of("b", "c", "d", "e1", "e2")) {
      run("put", key, "value of " + key);
    }
    run("put", "b", "again");
    inAllForms("get", "a");
    inAllForms("get", "absent");
    inAllForms("get", "", "--prefix", "--limit", "3");
    inAllForms("get", "", "--prefix", "--keys-only");
    inAllForms("get", "", "--prefix", "--count-only");
    inAllForms("get", "b", "d");
    inAllForms("get", "c", "--from-key");
    inAllForms("get", "", "--prefix", "--sort-by", "MODIFY", "--order", "DESCEND");
    inAllForms("get", "", "--prefix", "--sort-by", "VALUE", "--limit", "2");
    inAllForms("get", "", "--prefix", "--sort-by", "VERSION");
    inAllForms("get", "", "--prefix", "--min-mod-rev", "6");
    inAllForms("get", "", "--prefix", "--max-create-rev", "4", "--limit", "1");
    inAllForms("get", "a", "--rev", "2");
    run("get", "a", "--rev", "999");
    run("put", "", "x");
    run("put", "a", "--ignore-value", "--lease", "1234");
    run("put", "absent", "--ignore-value");
    run("put", "a", "--ignore-lease", "3");
    inAllForms("del", "e", "--prefix", "--prev-kv");
    inAllForms("del", "absent");
    inAllForms("get", "", "--prefix");
    compare();
  }

  @Test
  void transactionsAreAnsweredAlike() {
    run("put", "a", "5");
    txn("value(\"a\") = \"5\"\n\nput a 6\nget a\n\nget a\nput a 5\n\n");
    txn(
        "mod(\"a\") > \"0\"\nver(\"a\") > \"1\"\ncreate(\"zz\") = \"0\"\n\nput t1 x\nput t2 y\nget t --prefix\n\nget a\n\n");
    txn("\nget a\nput b 1\nget b\n\n\n");
    txn("\ndel nokey\nget a\n\n\n");
    txn("\nput a 1\nput a 2\n\n\n");
    txn("\nput a 1\ndel a\n\n\n");
    txn("value(\"absent\") = \"x\"\n\nget a\n\ndel a\nget a\n\n");
    inAllForms("get", "", "--prefix");
    compare();
  }

  @Test
  void historyIsToldAlike() {
    run("put", "w1", "a");
    run("put", "w1", "b");
    run("put", "w2", "c");
    run("del", "w1");
    watch("w", "--prefix", "--rev", "2");
    watch("w", "--prefix", "--rev", "2", "--prev-kv");
    watch("w1", "w2", "--rev", "1");
    watch("w", "--prefix", "--rev", "999");
    run("compaction", "4");
    run("compaction", "4");
    run("compaction", "99");
    run("get", "w1", "--rev", "2");
    inAllForms("get", "w2", "--rev", "4");
    watch("w", "--prefix", "--rev", "2");
    watch("w", "--prefix", "--rev", "5");
    compare();
  }

  @Test
  void leasesAreAnsweredAlike() {
    inAllForms("lease", "grant", "300");
    run("lease", "grant", "0");
    run("lease", "grant", "9000000001");
    run("lease", "timetolive", "1234");
    run("lease", "timetolive", "1234", "-w", "json");
    run("lease", "revoke", "1234");
    run("lease", "keep-alive", "1234", "--once");
    run("lease", "list");
    run("put", "k", "v", "--lease", "1234");
    compare();
  }

  @Test
  void theMemberDescribesItselfAlike() {
    run("endpoint", "health");
    run("endpoint", "health", "-w", "json");
    run("endpoint", "status", "-w", "json");
    run("endpoint", "status", "-w", "fields");
    run("member", "list", "-w", "json");
    run("alarm", "list");
    run("alarm", "list", "-w", "json");
    run("alarm", "disarm");
    run("auth", "status");
    run("auth", "status", "-w", "json");
    run("move-leader", "1234");
    run("get", "a", "--user", "root:pw");
    compare();
  }

  @Test
  void aLeaseTakesItsKeysWithIt() {
    try (RunningPintle pintle = RunningPintle.etcdOnly(data.resolve("pintle"))) {
      Etcdctl etcdctl = Etcdctl.at(pintle.etcd());
      String granted = etcdctl.out("lease", "grant", "300");
      String lease = granted.substring("lease ".length(), "lease ".length() + 16);
      etcdctl.out("put", "k1", "v", "--lease", lease);
      etcdctl.out("put", "k2", "v", "--lease", lease);
      assertThat(etcdctl.out("lease", "timetolive", lease, "--keys"))
          .contains("granted with TTL(300s), remaining(299s)")
          .contains("attached keys([k1 k2])");
      assertThat(etcdctl.out("lease", "keep-alive", lease, "--once"))
          .contains("keepalived with TTL(300)");
      assertThat(etcdctl.out("lease", "revoke", lease)).contains("revoked");
      assertThat(etcdctl.out("get", "k", "--prefix")).isEmpty();
    }
  }
}
