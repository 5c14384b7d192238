package dev.pintle.compat.etcd;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The past as watchers are told of it, in every way of asking.
class EtcdctlWatchTwinIT {
  @TempDir private Path data;

  private final EtcdctlTwin twin = new EtcdctlTwin();

  private void live() {
    twin.run("put", "w1", "a");
    twin.run("put", "w1", "b");
    twin.run("put", "w2", "c");
    twin.feed("\nput w3 d\nput w4 e\ndel w2\n\n\n", "txn");
    twin.run("del", "w1");
    twin.run("put", "x", "y");
  }

  @Test
  void historyIsToldAlike() {
    live();
    twin.watch("w1", "--rev", "1", "--prev-kv");
    twin.watch("w2", "--rev", "3");
    twin.watch("w", "--prefix", "--rev", "4", "--prev-kv");
    twin.watch("w1", "w4", "--rev", "2");
    twin.watch("w3", "--rev", "2");
    twin.watch("", "--prefix", "--rev", "1");
    twin.watch("w4", "w1", "--rev", "1");
    twin.watch("w", "--prefix", "--rev", "7");
    twin.watch("w", "--prefix", "--rev", "5", "--progress-notify");
    twin.listen("watch", "w1", "--rev", "2", "--", "echo", "told");
    twin.listen("watch");
    twin.listen("watch", "a", "b", "c");
    twin.listen("watch", "w1", "--rev", "-1");
    twin.compare(data);
  }

  @Test
  void aConversationIsAnsweredAlike() {
    live();
    twin.listenTo("watch w1 --rev=2\nprogress\n", "watch", "--interactive");
    twin.listenTo("watch w --prefix --rev=2\nnonsense\n", "watch", "-i", "-w", "json");
    twin.listenTo("watch w --prefix --rev=3\n", "watch", "-i", "-w", "fields");
    twin.listenTo("progress\n", "watch", "-i");
    twin.compare(data);
  }

  @Test
  void whatIsCompactedIsToldAlike() {
    live();
    twin.run("compaction", "4", "--physical");
    twin.watch("w1", "--rev", "2");
    twin.watch("w1", "--rev", "4");
    twin.watch("w1", "--rev", "5", "--prev-kv");
    twin.watch("w", "--prefix", "--rev", "4", "--prev-kv");
    twin.run("compaction", "4", "--physical");
    twin.run("compaction", "99", "--physical");
    twin.run("compaction");
    twin.run("compaction", "x");
    twin.run("compaction", "0");
    twin.run("compaction", "-1");
    twin.run("get", "", "--prefix", "--rev", "3");
    twin.run("get", "", "--prefix", "--rev", "4", "-w", "json");
    twin.compare(data);
  }
}
