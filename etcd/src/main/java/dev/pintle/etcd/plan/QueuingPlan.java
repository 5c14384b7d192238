package dev.pintle.etcd.plan;

import dev.pintle.kernel.flow.Queuing;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// A plan by which requests are queued.
///
/// @param waitSecondsMax how long a request may wait for seats, whatever its own deadline is; then it is refused
/// @param levels beside the two that are always there, [PlannedLevel#EXEMPT] and [PlannedLevel#CATCH_ALL]
/// @param rules of which the first that matches counts
public record QueuingPlan(int waitSecondsMax, List<PlannedLevel> levels, List<PlannedRule> rules) {
  static final int WAIT_SECONDS_USUAL = 10;
  static final int WAIT_SECONDS_LIMIT = 3600;
  static final int LEVELS_MAX = 64;
  static final int RULES_MAX = 1000;
  static final int PREFIXES_MAX = 4000;

  /// What most need: leases and compaction, which keep the store in order, do not wait behind the rest; of the rest all clients have the
  /// same share.
  public static final QueuingPlan USUAL =
      new QueuingPlan(
          WAIT_SECONDS_USUAL,
          List.of(
              new PlannedLevel("upkeep", 32, new Queuing.Wait(32, 4, 200)),
              new PlannedLevel("workload", 128, new Queuing.Wait(64, 6, 500))),
          List.of(
              new PlannedRule(
                  "upkeep",
                  "upkeep",
                  Set.of(
                      QueuedMethod.COMPACT,
                      QueuedMethod.LEASE_GRANT,
                      QueuedMethod.LEASE_REVOKE,
                      QueuedMethod.LEASE_TIME_TO_LIVE),
                  Set.of(),
                  Set.of(),
                  List.of(),
                  PlannedRule.FLOW_BY_USUAL),
              new PlannedRule(
                  "workload",
                  "workload",
                  Set.of(),
                  Set.of(),
                  Set.of(),
                  List.of(),
                  PlannedRule.FLOW_BY_USUAL)));

  public QueuingPlan {
    levels = List.copyOf(levels);
    rules = List.copyOf(rules);
    if (waitSecondsMax < 1 || waitSecondsMax > WAIT_SECONDS_LIMIT) {
      throw PlanNames.bad(
          "waitSeconds", Integer.toString(waitSecondsMax), "1 to " + WAIT_SECONDS_LIMIT);
    }
    requireAtMost("levels", levels.size(), LEVELS_MAX);
    requireAtMost("rules", rules.size(), RULES_MAX);
    requireAtMost(
        "prefixes of all rules",
        rules.stream().mapToInt(rule -> rule.prefixes().size()).sum(),
        PREFIXES_MAX);
    Set<String> known = checkedLevels(levels);
    checkRules(rules, known);
    requireUse(levels, rules);
  }

  private static void requireAtMost(String what, int number, int max) {
    if (number > max) {
      throw PlanNames.bad(what, Integer.toString(number), "at most " + max);
    }
  }

  /// The names of the levels that rules may name.
  private static Set<String> checkedLevels(List<PlannedLevel> levels) {
    Set<String> known = new HashSet<>();
    for (int i = 0; i < levels.size(); i++) {
      String where = "levels[%d]".formatted(i);
      levels.get(i).check(where);
      requireNew(known, where, levels.get(i).name());
    }
    known.add(PlannedLevel.EXEMPT.name());
    known.add(PlannedLevel.CATCH_ALL.name());
    return known;
  }

  private static void checkRules(List<PlannedRule> rules, Set<String> levels) {
    Set<String> known = new HashSet<>();
    for (int i = 0; i < rules.size(); i++) {
      PlannedRule rule = rules.get(i);
      String where = "rules[%d]".formatted(i);
      rule.check(where);
      requireNew(known, where, rule.name());
      if (!levels.contains(rule.level())) {
        throw PlanNames.bad(where + ".level", rule.level(), "a level of the plan");
      }
      if (rule.matchesAll() && i + 1 < rules.size()) {
        throw PlanNames.bad(
            where, rule.name(), "behind all others: it matches every request, and they none");
      }
    }
  }

  private static void requireNew(Set<String> known, String where, String name) {
    if (!known.add(name)) {
      throw PlanNames.bad(where + ".name", name, "a name that none before has");
    }
  }

  private static void requireUse(List<PlannedLevel> levels, List<PlannedRule> rules) {
    for (int i = 0; i < levels.size(); i++) {
      String name = levels.get(i).name();
      if (rules.stream().noneMatch(rule -> rule.level().equals(name))) {
        throw PlanNames.bad("levels[%d].name".formatted(i), name, "named by a rule");
      }
    }
  }
}
