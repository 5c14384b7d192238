package dev.pintle.etcd.queuing;

import dev.pintle.etcd.plan.PlannedRule;
import dev.pintle.etcd.plan.QueuedMethod;
import dev.pintle.kernel.Bytes;
import dev.pintle.kernel.keyspace.KeyRange;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// The index of the rules of a plan. What a rule says of methods, of users and of keys is a bit each in three sets, so that the first rule
/// that matches is the lowest bit that all three have: neither the number of rules nor what a client sends makes that long.
final class RuleIndex {
  private final int words;
  private final Map<String, long[]> byUser = new HashMap<>();
  private final Map<String, long[]> byOrganization = new HashMap<>();
  private final long[][] byMethod = new long[QueuedMethod.values().length][];
  private final long[] ofAnybody;

  /// In the order of their prefixes; the first is that of all keys.
  private final PrefixNode[] prefixes;

  /// @param rules in their order; one of the last matches everything
  RuleIndex(List<PlannedRule> rules) {
    this.words = (rules.size() + Long.SIZE - 1) / Long.SIZE;
    this.ofAnybody = new long[words];
    for (int method = 0; method < byMethod.length; method++) {
      byMethod[method] = new long[words];
    }
    Map<Bytes, long[]> byPrefix = new TreeMap<>();
    byPrefix.put(Bytes.EMPTY, new long[words]);
    for (int i = 0; i < rules.size(); i++) {
      PlannedRule rule = rules.get(i);
      addSubjects(rule, i);
      for (QueuedMethod method : QueuedMethod.values()) {
        if (rule.methods().isEmpty() || rule.methods().contains(method)) {
          add(byMethod[method.ordinal()], i);
        }
      }
      for (Bytes prefix : rule.prefixes().isEmpty() ? List.of(Bytes.EMPTY) : rule.prefixes()) {
        add(byPrefix.computeIfAbsent(prefix, _ -> new long[words]), i);
      }
    }
    this.prefixes = nodes(byPrefix);
  }

  private void addSubjects(PlannedRule rule, int number) {
    if (rule.users().isEmpty() && rule.organizations().isEmpty()) {
      add(ofAnybody, number);
    }
    for (String user : rule.users()) {
      add(byUser.computeIfAbsent(user, _ -> new long[words]), number);
    }
    for (String organization : rule.organizations()) {
      add(byOrganization.computeIfAbsent(organization, _ -> new long[words]), number);
    }
  }

  private static void add(long[] bits, int number) {
    bits[number / Long.SIZE] |= 1L << (number % Long.SIZE);
  }

  /// What begins with a prefix follows it, so the last one that is not left yet is the longest.
  private static PrefixNode[] nodes(Map<Bytes, long[]> byPrefix) {
    List<PrefixNode> nodes = new ArrayList<>();
    PrefixNode last = null;
    for (Map.Entry<Bytes, long[]> entry : byPrefix.entrySet()) {
      PrefixNode above = last;
      while (above != null && !entry.getKey().startsWith(above.prefix)) {
        above = above.above;
      }
      last = new PrefixNode(entry.getKey(), above, entry.getValue());
      nodes.add(last);
    }
    return nodes.toArray(PrefixNode[]::new);
  }

  Caller caller(Caller.Subject subject) {
    long[] rules = ofAnybody.clone();
    or(rules, byUser.get(subject.user()));
    for (String organization : subject.organizations()) {
      or(rules, byOrganization.get(organization));
    }
    return new Caller(subject.user(), rules);
  }

  private static void or(long[] bits, long @Nullable [] more) {
    for (int i = 0; more != null && i < bits.length; i++) {
      bits[i] |= more[i];
    }
  }

  /// The longest prefix below which all of `reach` lies.
  ///
  /// @param reach null for a request that names no keys
  PrefixNode prefixOf(@Nullable KeyRange reach) {
    PrefixNode found = prefixes[0];
    if (reach == null) {
      return found;
    }
    found = prefixes[floor(reach.from())];
    while (found.above != null && !found.contains(reach)) {
      found = found.above;
    }
    return found;
  }

  /// The place of the last prefix that is not behind `key`; there is one, for the first is empty.
  private int floor(Bytes key) {
    int low = 0;
    int high = prefixes.length - 1;
    while (low < high) {
      int middle = (low + high + 1) >>> 1;
      if (prefixes[middle].prefix.compareTo(key) <= 0) {
        low = middle;
      } else {
        high = middle - 1;
      }
    }
    return low;
  }

  /// The number of the first rule that matches, or -1.
  int find(Caller caller, QueuedMethod method, PrefixNode keys) {
    long[] methods = byMethod[method.ordinal()];
    for (int i = 0; i < words; i++) {
      long matching = caller.rules[i] & methods[i] & keys.rules[i];
      if (matching != 0) {
        return i * Long.SIZE + Long.numberOfTrailingZeros(matching);
      }
    }
    return -1;
  }

  /// Which of its prefixes rule `number` matched by, where it was found for `keys`.
  static PrefixNode prefixOfRule(int number, PrefixNode keys) {
    PrefixNode node = keys;
    while (node.above != null
        && (node.own[number / Long.SIZE] & (1L << (number % Long.SIZE))) == 0) {
      node = node.above;
    }
    return node;
  }
}
