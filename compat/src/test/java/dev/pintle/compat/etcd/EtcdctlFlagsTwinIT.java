package dev.pintle.compat.etcd;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Every flag of the commands about keys, and what is said to wrong ones.
class EtcdctlFlagsTwinIT {
  private static final List<String> TARGETS =
      List.of("CREATE", "KEY", "MODIFY", "VALUE", "VERSION", "NONSENSE");
  private static final List<String> ORDERS = List.of("ASCEND", "DESCEND", "SIDEWAYS");

  @TempDir private Path data;

  private final EtcdctlTwin twin = new EtcdctlTwin();

  private void fill() {
    for (String key : List.of("a", "b", "c", "d/1", "d/2", "e")) {
      twin.run("put", key, "value of " + key);
    }
    twin.run("put", "b", "zz");
    twin.run("put", "b", "a");
    twin.run("put", "a", "mm");
  }

  @Test
  void getIsAnsweredAlikeWithEveryFlag() {
    fill();
    for (String target : TARGETS) {
      for (String order : ORDERS) {
        twin.run("get", "", "--prefix", "--sort-by", target, "--order", order, "-w", "json");
      }
    }
    for (String target : TARGETS) {
      twin.run("get", "", "--prefix", "--sort-by", target, "--limit", "2", "-w", "json");
      twin.run("get", "", "--prefix", "--sort-by", target, "--keys-only", "-w", "fields");
    }
    twin.in(List.of("simple", "json", "fields", "table", "nonsense"), "get", "a");
    twin.in(List.of("simple", "json", "fields"), "get", "--from-key", "");
    twin.inAllForms("get", "d/", "--prefix", "--print-value-only");
    twin.inAllForms("get", "d/", "--prefix", "--keys-only", "--limit", "1");
    twin.inAllForms("get", "d/", "--prefix", "--count-only", "--limit", "1");
    twin.inAllForms("get", "a", "--hex");
    twin.inAllForms("get", "c", "--from-key", "--limit", "2", "--order", "DESCEND");
    twin.inAllForms("get", "a", "c", "--rev", "4");
    twin.inAllForms("get", "", "--prefix", "--rev", "3", "--count-only");
    twin.inAllForms("get", "a", "--consistency", "s");
    twin.inAllForms("get", "", "--prefix", "--max-mod-rev", "5", "--min-create-rev", "3");
    twin.inAllForms("get", "", "--prefix", "--min-mod-rev", "5", "--count-only");
    twin.inAllForms("get", "", "--prefix", "--max-create-rev", "5", "--keys-only");
    twin.compare(data);
  }

  @Test
  void wrongInputIsAnsweredAlike() {
    fill();
    twin.run("get");
    twin.run("get", "a", "b", "c");
    twin.run("get", "a", "--prefix", "--from-key");
    twin.run("get", "a", "b", "--prefix");
    twin.run("get", "a", "--consistency", "x");
    twin.run("get", "a", "--rev", "-1");
    twin.run("get", "a", "--rev", "99");
    twin.run("get", "a", "--limit", "-1");
    twin.run("get", "c", "a");
    twin.run("put");
    twin.run("put", "k");
    twin.run("put", "k", "v", "w");
    twin.run("put", "k", "v", "--lease", "zzz");
    twin.run("put", "k", "v", "--ignore-value");
    twin.run("put", "k", "v", "--ignore-lease", "--lease", "1");
    twin.run("put", "a", "--ignore-value", "--prev-kv");
    twin.run("put", "a", "new", "--ignore-lease", "--prev-kv", "-w", "json");
    twin.run("put", "nokey", "new", "--ignore-lease");
    twin.feed("from the input", "put", "piped");
    twin.run("get", "piped");
    twin.run("put", "big", "x".repeat(100_000));
    twin.run("del");
    twin.run("del", "a", "b", "c");
    twin.run("del", "a", "--prefix", "--from-key");
    twin.run("del", "a", "b", "--prefix");
    twin.run("nonsense");
    twin.compare(data);
  }

  @Test
  void delIsAnsweredAlikeWithEveryFlag() {
    fill();
    twin.inAllForms("del", "a", "--prev-kv");
    twin.run("put", "a", "again");
    twin.inAllForms("del", "a", "c", "--prev-kv");
    twin.run("get", "", "--prefix", "-w", "json");
    twin.inAllForms("del", "d/", "--prefix");
    fill();
    twin.inAllForms("del", "d", "--from-key", "--prev-kv");
    fill();
    twin.run("del", "b", "d", "--range");
    twin.run("del", "", "--prefix");
    twin.run("get", "", "--prefix", "-w", "json");
    twin.run("del", "", "--from-key");
    twin.compare(data);
  }

  @Test
  void everyComparisonOfATransactionIsAnsweredAlike() {
    fill();
    for (String relation : List.of("=", "<", ">", "!=")) {
      for (String target : List.of("val", "value", "mod", "create", "c", "m", "ver", "version")) {
        twin.feed(
            "%s(\"b\") %s \"3\"\n\nget a\n\nget b\n\n".formatted(target, relation),
            "txn",
            "-w",
            "json");
      }
    }
    twin.feed("nonsense(\"b\") = \"3\"\n\nget a\n\nget b\n\n", "txn");
    twin.feed("mod(\"b\") = \"x\"\n\nget a\n\nget b\n\n", "txn");
    twin.feed("mod(\"\") = \"1\"\n\nget a\n\nget b\n\n", "txn");
    twin.txn("\nget a --rev 2\n\n\n");
    twin.txn("\nget a --rev 999\n\n\n");
    twin.txn("\nput q 1\nget a --rev 999\n\n\n");
    twin.run("compaction", "5");
    twin.txn("\nget a --rev 2\n\n\n");
    twin.txn("mod(\"nokey\") = \"0\"\n\nget a --rev 2\n\nget b\n\n");
    twin.txn("mod(\"nokey\") = \"1\"\n\nget a --rev 2\n\nget b\n\n");
    twin.txn("\nget b --prefix --keys-only\nget c --from-key --limit 1\nget zz --count-only\n\n\n");
    twin.txn("\ndel a --from-key\nput k 1\n\n\n");
    twin.txn("\nput k 1\ndel k --prefix\n\n\n");
    twin.txn("\nput k 1 --lease=1234\n\n\n");
    twin.txn("\nput k2 --ignore-value\n\n\n");
    twin.txn("\n%s\n\n".formatted("get a\n".repeat(128)));
    twin.txn("\n%s\n\n".formatted("get a\n".repeat(129)));
    twin.run("get", "", "--prefix", "-w", "json");
    twin.compare(data);
  }
}
