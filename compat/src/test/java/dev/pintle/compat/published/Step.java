package dev.pintle.compat.published;

import java.util.EnumMap;
import java.util.Map;

/// A step on the way of a project through the servers.
enum Step {
  DEFINITION("definitions made"),
  SETTLED("definitions settled"),
  SAMPLE("samples made"),
  TABLE("samples listed as a table"),
  GONE("definitions gone");

  private final String title;

  Step(String title) {
    this.title = title;
  }

  String title() {
    return title;
  }

  static Map<Step, Tally> tallies() {
    Map<Step, Tally> tallies = new EnumMap<>(Step.class);
    for (Step step : values()) {
      tallies.put(step, new Tally());
    }
    return tallies;
  }
}
