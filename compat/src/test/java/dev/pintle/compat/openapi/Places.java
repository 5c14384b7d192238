package dev.pintle.compat.openapi;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;

/// The places where documents differ for a reason: a definition (`io.k8s.api.core.v1.Pod`) or a field of one
/// (`io.k8s.api.core.v1.Pod.spec`). In the file a line is the name of a reason, then come its places, indented.
final class Places {
  private final Map<Reason, SortedSet<String>> byReason = new EnumMap<>(Reason.class);

  Places() {
    for (Reason reason : Reason.values()) {
      byReason.put(reason, new TreeSet<>());
    }
  }

  static Places read(Path file) throws IOException {
    Places places = new Places();
    Reason reason = null;
    for (String line : Files.readAllLines(file)) {
      if (line.isBlank() || line.startsWith("#")) {
        continue;
      }
      if (line.startsWith(" ") && reason != null) {
        places.add(reason, line.strip());
      } else {
        reason = reason(line);
      }
    }
    return places;
  }

  private static Reason reason(String text) {
    for (Reason reason : Reason.values()) {
      if (reason.text().equals(text)) {
        return reason;
      }
    }
    throw new IllegalArgumentException("reason: %s (expected: one of Reason)".formatted(text));
  }

  void add(Reason reason, String place) {
    places(reason).add(place);
  }

  private SortedSet<String> places(Reason reason) {
    return byReason.computeIfAbsent(reason, _ -> new TreeSet<>());
  }

  int count(Reason reason) {
    return places(reason).size();
  }

  /// What is only here and what is only there.
  List<String> differences(Places expected) {
    List<String> differences = new ArrayList<>();
    for (Reason reason : Reason.values()) {
      for (String place : places(reason)) {
        if (!expected.places(reason).contains(place)) {
          differences.add("%s: %s (expected: alike)".formatted(reason.text(), place));
        }
      }
      for (String place : expected.places(reason)) {
        if (!places(reason).contains(place)) {
          differences.add(
              "%s: %s is alike (expected: its line taken away)".formatted(reason.text(), place));
        }
      }
    }
    return differences;
  }

  List<String> lines() {
    List<String> lines = new ArrayList<>();
    byReason.forEach((reason, places) -> {
      lines.add(reason.text());
      places.forEach(place -> lines.add("  " + place));
    });
    return lines;
  }
}
