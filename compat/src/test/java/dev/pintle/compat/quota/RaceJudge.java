package dev.pintle.compat.quota;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// The judge of a race: goes through all changes in the order of their revisions and reckons at each what lies in the namespaces.
///
/// Nothing may be made, and nothing may grow, beyond what a quota demands at that time, by one; a demand that is lowered later takes
/// nothing away. And what a quota says is used is never less than what lies there.
final class RaceJudge {
  private static final int TOLD_MAX = 20;

  private final Map<String, Footprint> objects = new HashMap<>();
  private final Map<String, QuotaState> quotas = new TreeMap<>();

  /// What lies in each namespace and scope, by the names of resources.
  private final Map<String, Map<String, Long>> sums = new HashMap<>();

  private final List<String> faults = new ArrayList<>();
  private int revisions;
  private int full;

  /// @param changes in the order of their revisions
  void judge(List<RaceChange> changes) {
    int start = 0;
    while (start < changes.size()) {
      int end = start + 1;
      while (end < changes.size() && changes.get(end).revision() == changes.get(start).revision()) {
        end++;
      }
      step(changes.subList(start, end));
      revisions++;
      start = end;
    }
  }

  /// What was written at one revision.
  private void step(List<RaceChange> changes) {
    Map<String, QuotaState> before = new TreeMap<>(quotas);
    Map<String, Map<String, Long>> had = new HashMap<>();
    sums.forEach((place, amounts) -> had.put(place, new HashMap<>(amounts)));
    changes.forEach(this::apply);
    long revision = changes.getFirst().revision();
    for (QuotaState quota : before.values()) {
      quota
          .hard()
          .forEach((resource, hard) -> {
            long now = sum(sums, quota, resource);
            if (now > sum(had, quota, resource)) {
              full += now == hard ? 1 : 0;
              if (now > hard) {
                fault(
                    "revision %d: %s of %s: %d of %d"
                        .formatted(revision, resource, quota, now, hard));
              }
            }
          });
    }
    for (QuotaState quota : quotas.values()) {
      quota
          .used()
          .forEach((resource, used) -> {
            long now = sum(sums, quota, resource);
            if (used < now) {
              fault(
                  "revision %d: %s of %s: said to be %d, and is %d"
                      .formatted(revision, resource, quota, used, now));
            }
          });
    }
  }

  private void fault(String text) {
    if (faults.size() < TOLD_MAX) {
      faults.add(text);
    }
  }

  private void apply(RaceChange change) {
    QuotaState quota = change.quota();
    if (quota != null) {
      quotas.put(change.key(), quota);
      return;
    }
    quotas.remove(change.key());
    Footprint now = change.footprint();
    Footprint old = now == null ? objects.remove(change.key()) : objects.put(change.key(), now);
    if (old != null) {
      add(change.namespace(), old, -1);
    }
    if (now != null) {
      add(change.namespace(), now, 1);
    }
  }

  private void add(String namespace, Footprint footprint, int sign) {
    List<String> scopes = new ArrayList<>(footprint.scopes());
    scopes.add("");
    for (String scope : scopes) {
      Map<String, Long> amounts =
          sums.computeIfAbsent(place(namespace, scope), _ -> new HashMap<>());
      footprint.amounts().forEach((name, amount) -> amounts.merge(name, sign * amount, Long::sum));
    }
  }

  private static String place(String namespace, String scope) {
    return namespace + '/' + scope;
  }

  private static long sum(Map<String, Map<String, Long>> sums, QuotaState quota, String resource) {
    return sums.getOrDefault(place(quota.namespace(), quota.scope()), Map.of())
        .getOrDefault(resource, 0L);
  }

  /// What lies there of all that a quota demands.
  Map<String, Long> lyingThere(QuotaState quota) {
    Map<String, Long> amounts = new TreeMap<>();
    quota.hard().keySet().forEach(resource -> amounts.put(resource, sum(sums, quota, resource)));
    return amounts;
  }

  /// The faults that were found, the first ones.
  List<String> faults() {
    return faults;
  }

  int revisions() {
    return revisions;
  }

  /// How often something was made that a quota just allowed.
  int full() {
    return full;
  }

  /// How many objects there are.
  int objects() {
    return objects.size();
  }
}
