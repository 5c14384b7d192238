package dev.pintle.compat.etcd;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The commands of whoever looks after a store.
class EtcdctlAdminTwinIT {
  @TempDir private Path data;

  private final EtcdctlTwin twin = new EtcdctlTwin();

  @Test
  void theHistoryHasTheSameHash() {
    twin.run("endpoint", "hashkv", "-w", "json");
    twin.run("put", "a", "1");
    twin.run("put", "a", "2");
    twin.run("put", "b", "x".repeat(300));
    twin.feed("\nput c 1\nput d 2\ndel a\n\n\n", "txn");
    twin.run("lease", "grant", "300");
    twin.inAllForms("endpoint", "hashkv");
    twin.run("put", "b", "y");
    twin.run("del", "c");
    twin.run("put", "a", "3");
    for (int revision = 0; revision < 11; revision++) {
      twin.run("endpoint", "hashkv", "--rev", Integer.toString(revision), "-w", "json");
    }
    twin.run("compaction", "6", "--physical");
    twin.inAllForms("endpoint", "hashkv");
    for (int revision = 4; revision < 11; revision++) {
      if (revision != 6) {
        twin.run("endpoint", "hashkv", "--rev", Integer.toString(revision), "-w", "json");
      }
    }
    twin.run("compaction", "7", "--physical");
    twin.run("endpoint", "hashkv", "--rev", "8", "-w", "json");
    twin.compare(data);
  }

  @Test
  void theMemberAnswersAlike() {
    twin.run("put", "a", "1");
    twin.inAllForms("endpoint", "health");
    // the other forms show the peers' addresses, which a member without peers does not have
    twin.in(List.of("json", "fields"), "member", "list");
    twin.in(List.of("json", "fields"), "endpoint", "status");
    twin.inAllForms("alarm", "list");
    twin.inAllForms("alarm", "disarm");
    twin.inAllForms("defrag");
    twin.inAllForms("auth", "status");
    twin.run("move-leader");
    twin.run("move-leader", "zz");
    twin.run("move-leader", "8e9e05c52164694d");
    twin.run("downgrade", "validate");
    for (String version : List.of("3.9", "3.6", "3.6.0", "3.5", "4.6", "3", "x.y", "-3.6")) {
      twin.run("downgrade", "validate", version);
    }
    twin.run("downgrade", "enable", "3.9");
    twin.run("downgrade", "cancel");
    twin.run("get", "a", "--user", "nobody:nothing");
    twin.compare(data);
  }

  @Test
  void leasesAreAnsweredAlike() {
    twin.run("lease", "grant");
    twin.run("lease", "grant", "x");
    twin.run("lease", "grant", "-1");
    twin.inAllForms("lease", "grant", "1000");
    twin.run("lease", "revoke");
    twin.run("lease", "revoke", "zz");
    twin.inAllForms("lease", "revoke", "1234abcd");
    twin.run("lease", "timetolive");
    twin.inAllForms("lease", "timetolive", "1234abcd");
    twin.inAllForms("lease", "timetolive", "1234abcd", "--keys");
    twin.inAllForms("lease", "list");
    twin.inAllForms("lease", "keep-alive", "1234abcd", "--once");
    twin.run("lease", "keep-alive");
    twin.run("put", "k", "v", "--lease", "1234abcd");
    twin.compare(data);
  }
}
