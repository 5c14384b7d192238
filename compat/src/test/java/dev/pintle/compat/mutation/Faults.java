package dev.pintle.compat.mutation;

import dev.pintle.compat.twin.Difference;
import dev.pintle.compat.twin.TwinPair;
import dev.pintle.compat.twin.TwinRequest;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// The faults that a run found, by their kinds.
final class Faults {
  private static final int SHRUNK_MAX = 60;
  private static final int TRIES_MAX = 80;
  private static final int SHOWN_MAX = 6;
  private static final int VALUE_LENGTH_MAX = 500;
  private static final int SHOWN_BEFORE = 150;
  private static final String BROKEN_OFF = "no answer: java.io.IOException: ";

  /// One kind.
  private static final class Found {
    private int count;
    private final Mutated first;
    private final List<Difference> differences;

    private Found(Mutated first, List<Difference> differences) {
      this.first = first;
      this.differences = differences;
    }
  }

  private final TwinPair pair;
  private final Map<Fault, Found> all = new LinkedHashMap<>();

  /// Requests that the real server breaks the connection off at, since its handler panics: there is no answer to be equal to.
  private final List<Mutated> unanswered = new ArrayList<>();

  private int sent;
  private int differing;

  Faults(TwinPair pair) {
    this.pair = pair;
  }

  void send(Mutated mutated) throws IOException, InterruptedException {
    sent++;
    List<Difference> differences = differences(mutated);
    if (isBrokenOff(differences)) {
      unanswered.add(mutated);
    } else if (!differences.isEmpty()) {
      differing++;
      all.computeIfAbsent(Fault.of(mutated, differences), _ -> new Found(mutated, differences))
          .count++;
    }
  }

  private List<Difference> differences(Mutated mutated) throws IOException, InterruptedException {
    for (TwinRequest request : mutated.before()) {
      pair.compare(request);
    }
    List<Difference> differences = new ArrayList<>(pair.compare(mutated.request()));
    // A policy that is stored without effect is told of.
    differences.removeIf(Difference::isOwnWarning);
    differences.removeIf(TypedPatchErrors::isChance);
    for (TwinRequest request : mutated.after()) {
      pair.compare(request);
    }
    return differences;
  }

  /// Whether the real server ended the stream and Pintle answered; one that is slow or gone does not count.
  private static boolean isBrokenOff(List<Difference> differences) {
    return differences.stream()
            .anyMatch(one -> one.fact().equals("body") && one.real().startsWith(BROKEN_OFF))
        && differences.stream()
            .anyMatch(one -> one.fact().equals("status") && !one.pintle().equals("0"));
  }

  double shareAlike() {
    int answered = sent - unanswered.size();
    return answered == 0 ? 1 : 1 - (double) differing / answered;
  }

  @Override
  public String toString() {
    int answered = sent - unanswered.size();
    return "%d requests, %d broken off by the real server, %d of the others answered alike (%.2f %%), %d kinds of fault"
        .formatted(sent, unanswered.size(), answered - differing, shareAlike() * 100, all.size());
  }

  /// Every kind of fault, most frequent first, with a request that shows it.
  List<String> report() throws IOException, InterruptedException {
    List<Map.Entry<Fault, Found>> found = new ArrayList<>(all.entrySet());
    found.sort(Comparator.comparingInt(entry -> -entry.getValue().count));
    List<String> lines = new ArrayList<>();
    lines.add(toString());
    for (int i = 0; i < found.size(); i++) {
      Fault fault = found.get(i).getKey();
      Found one = found.get(i).getValue();
      lines.add("\n%% " + one.count + " × " + fault.text());
      Mutated shown = i < SHRUNK_MAX ? smallest(fault, one.first) : one.first;
      lines.add(shown.twin());
      List<Difference> differences = i < SHRUNK_MAX ? differences(shown) : one.differences;
      differences.stream().limit(SHOWN_MAX).map(Faults::shown).forEach(lines::add);
    }
    if (!unanswered.isEmpty()) {
      lines.add("\n%% Broken off by the real server:");
      unanswered.forEach(mutated -> lines.add(mutated.twin()));
    }
    return lines;
  }

  private Mutated smallest(Fault fault, Mutated mutated) throws IOException, InterruptedException {
    return new Shrinker(
            tried -> {
              List<Difference> differences = differences(tried);
              return !differences.isEmpty() && Fault.of(tried, differences).equals(fault);
            },
            TRIES_MAX)
        .smallest(mutated);
  }

  private static String shown(Difference difference) {
    int alike = alike(difference.real(), difference.pintle());
    return "  %s%n    real:   %s%n    pintle: %s"
        .formatted(
            cut(difference.fact(), 0),
            cut(difference.real(), alike),
            cut(difference.pintle(), alike));
  }

  private static int alike(String one, String other) {
    int alike = 0;
    while (alike < Math.min(one.length(), other.length())
        && one.charAt(alike) == other.charAt(alike)) {
      alike++;
    }
    return alike;
  }

  /// What begins shortly before a place.
  private static String cut(String text, int place) {
    int from = Math.max(0, place - SHOWN_BEFORE);
    int to = Math.min(text.length(), from + VALUE_LENGTH_MAX);
    return (from > 0 ? "…" : "") + text.substring(from, to) + (to < text.length() ? "…" : "");
  }
}
