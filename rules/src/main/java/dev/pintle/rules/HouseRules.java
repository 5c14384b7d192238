package dev.pintle.rules;

import java.util.List;

/// The list of all rules, run over one module.
public final class HouseRules {
  private static final List<Rule> ALL =
      List.of(
          new EverySourceIsSeen(),
          new NullMarkedPackages(),
          new Arrows(),
          new Libraries(),
          new NoPackageCycles(),
          new KernelPurity(),
          new NoMonitors(),
          new TestHabits(),
          new Sizes(),
          new UniqueTypeNames(),
          new AttributedSources(
              List.of(ExhaustiveSwitches::broken, DocLinks::broken, TypeSentences::broken)));

  private HouseRules() {}

  /// What is broken in the module whose tests are running.
  public static List<Finding> brokenHere() {
    HouseModule here = HouseModule.here();
    Sizes.worthSplitting(here).forEach(large -> System.out.println("house: " + large));
    return brokenIn(here);
  }

  static List<Finding> brokenIn(HouseModule module) {
    return ALL.stream().flatMap(rule -> rule.broken(module)).toList();
  }
}
