package dev.pintle.compat.kill;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/// The record of what was acknowledged: key and the revision that was answered.
final class Ledger {
  private final Map<String, Long> acknowledged = new ConcurrentHashMap<>();
  private final Set<Long> revisions = ConcurrentHashMap.newKeySet();
  private final AtomicLong newest = new AtomicLong();

  void acknowledge(String key, long revision) {
    if (!revisions.add(revision)) {
      throw new AssertionError(
          "revision %d was answered twice, now for %s".formatted(revision, key));
    }
    acknowledged.put(key, revision);
    newest.accumulateAndGet(revision, Math::max);
  }

  int size() {
    return acknowledged.size();
  }

  long newest() {
    return newest.get();
  }

  /// Everything acknowledged under `prefix` is among `found`, at the revision that was answered.
  void requireIn(String prefix, Map<String, Long> found) {
    Map<String, Long> expected = new TreeMap<>();
    acknowledged.forEach((key, revision) -> {
      if (key.startsWith(prefix)) {
        expected.put(key, revision);
      }
    });
    assertThat(found).as("what was acknowledged below " + prefix).containsAllEntriesOf(expected);
  }
}
