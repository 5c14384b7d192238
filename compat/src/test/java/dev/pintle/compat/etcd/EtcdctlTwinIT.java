package dev.pintle.compat.etcd;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pintle.compat.harness.RunningPintle;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The daily work of etcdctl.
class EtcdctlTwinIT {
  @TempDir private Path data;

  private final EtcdctlTwin twin = new EtcdctlTwin();

  @Test
  void keysAndRangesAreAnsweredAlike() {
    twin.run("put", "a", "1");
    twin.inAllForms("put", "a", "2", "--prev-kv");
    for (String key : List.of("b", "c", "d", "e1", "e2")) {
      twin.run("put", key, "value of " + key);
    }
    twin.run("put", "b", "again");
    twin.inAllForms("get", "a");
    twin.inAllForms("get", "absent");
    twin.inAllForms("get", "", "--prefix", "--limit", "3");
    twin.inAllForms("get", "", "--prefix", "--keys-only");
    twin.inAllForms("get", "", "--prefix", "--count-only");
    twin.inAllForms("get", "b", "d");
    twin.inAllForms("get", "c", "--from-key");
    twin.inAllForms("get", "", "--prefix", "--sort-by", "MODIFY", "--order", "DESCEND");
    twin.inAllForms("get", "", "--prefix", "--sort-by", "VALUE", "--limit", "2");
    twin.inAllForms("get", "", "--prefix", "--sort-by", "VERSION");
    twin.inAllForms("get", "", "--prefix", "--min-mod-rev", "6");
    twin.inAllForms("get", "", "--prefix", "--max-create-rev", "4", "--limit", "1");
    twin.inAllForms("get", "a", "--rev", "2");
    twin.run("get", "a", "--rev", "999");
    twin.run("put", "", "x");
    twin.run("put", "a", "--ignore-value", "--lease", "1234");
    twin.run("put", "absent", "--ignore-value");
    twin.run("put", "a", "--ignore-lease", "3");
    twin.inAllForms("del", "e", "--prefix", "--prev-kv");
    twin.inAllForms("del", "absent");
    twin.inAllForms("get", "", "--prefix");
    twin.compare(data);
  }

  @Test
  void transactionsAreAnsweredAlike() {
    twin.run("put", "a", "5");
    twin.txn("value(\"a\") = \"5\"\n\nput a 6\nget a\n\nget a\nput a 5\n\n");
    twin.txn(
        "mod(\"a\") > \"0\"\nver(\"a\") > \"1\"\ncreate(\"zz\") = \"0\"\n\nput t1 x\nput t2 y\nget t --prefix\n\nget a\n\n");
    twin.txn("\nget a\nput b 1\nget b\n\n\n");
    twin.txn("\ndel nokey\nget a\n\n\n");
    twin.txn("\nput a 1\nput a 2\n\n\n");
    twin.txn("\nput a 1\ndel a\n\n\n");
    twin.txn("value(\"absent\") = \"x\"\n\nget a\n\ndel a\nget a\n\n");
    twin.inAllForms("get", "", "--prefix");
    twin.compare(data);
  }

  @Test
  void historyIsToldAlike() {
    twin.run("put", "w1", "a");
    twin.run("put", "w1", "b");
    twin.run("put", "w2", "c");
    twin.run("del", "w1");
    twin.watch("w", "--prefix", "--rev", "2");
    twin.watch("w", "--prefix", "--rev", "2", "--prev-kv");
    twin.watch("w1", "w2", "--rev", "1");
    twin.watch("w", "--prefix", "--rev", "999");
    twin.run("compaction", "4");
    twin.run("compaction", "4");
    twin.run("compaction", "99");
    twin.run("get", "w1", "--rev", "2");
    twin.inAllForms("get", "w2", "--rev", "4");
    twin.watch("w", "--prefix", "--rev", "2");
    twin.watch("w", "--prefix", "--rev", "5");
    twin.compare(data);
  }

  @Test
  void leasesAreAnsweredAlike() {
    twin.inAllForms("lease", "grant", "300");
    twin.run("lease", "grant", "0");
    twin.run("lease", "grant", "9000000001");
    twin.run("lease", "timetolive", "1234");
    twin.run("lease", "timetolive", "1234", "-w", "json");
    twin.run("lease", "revoke", "1234");
    twin.run("lease", "keep-alive", "1234", "--once");
    twin.run("lease", "list");
    twin.run("put", "k", "v", "--lease", "1234");
    twin.compare(data);
  }

  @Test
  void theMemberDescribesItselfAlike() {
    twin.run("endpoint", "health");
    twin.run("endpoint", "health", "-w", "json");
    twin.run("endpoint", "status", "-w", "json");
    twin.run("endpoint", "status", "-w", "fields");
    twin.run("member", "list", "-w", "json");
    twin.run("alarm", "list");
    twin.run("alarm", "list", "-w", "json");
    twin.run("alarm", "disarm");
    twin.run("auth", "status");
    twin.run("auth", "status", "-w", "json");
    twin.run("move-leader", "1234");
    twin.run("get", "a", "--user", "root:pw");
    twin.compare(data);
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
          .containsPattern("granted with TTL\\(300s\\), remaining\\(29[0-9]s\\)")
          .contains("attached keys([k1 k2])");
      assertThat(etcdctl.out("lease", "keep-alive", lease, "--once"))
          .contains("keepalived with TTL(300)");
      assertThat(etcdctl.out("lease", "revoke", lease)).contains("revoked");
      assertThat(etcdctl.out("get", "k", "--prefix")).isEmpty();
    }
  }
}
