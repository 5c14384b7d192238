package dev.pintle.compat.rules;

import dev.pintle.compat.rules.CoverProfile.Position;
import dev.pintle.compat.rules.GoFunctions.Function;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The rules known and met of each kind. A rule is a place where the real server makes an error of a field. Those of a kind are
/// in the functions named after it (`ValidatePodUpdate`) and in what they lead to, by names; a rule may be of many kinds.
public final class RuleCoverage {
  private static final Pattern REGISTERED = Pattern.compile("^\\s*&(?:\\w+\\.)?(\\w+)\\{\\},");
  private static final String VALIDATION = "/validation/";
  private static final String PREFIX = "validate";

  /// One rule.
  ///
  /// @param place file, line and function
  record Rule(String place, boolean met) {}

  private final Map<String, List<Function>> functions = new HashMap<>();
  // By identity: two functions may read alike.
  private final IdentityHashMap<Function, List<Rule>> rules = new IdentityHashMap<>();
  private final Set<String> kinds = new TreeSet<>();

  /// What a run of the real server met.
  ///
  /// @param modules where the sources of each module are, by its path
  static RuleCoverage of(CoverProfile profile, Map<String, Path> modules) throws IOException {
    RuleCoverage coverage = new RuleCoverage();
    for (String file : profile.files()) {
      Optional<Path> source = source(file, modules);
      if (source.isPresent() && file.contains(VALIDATION)) {
        coverage.addKinds(source.get());
        coverage.add(file, GoFunctions.of(Files.readAllLines(source.get())), profile);
      }
    }
    return coverage;
  }

  private static Optional<Path> source(String file, Map<String, Path> modules) {
    return modules.entrySet().stream()
        .filter(module -> file.startsWith(module.getKey() + "/"))
        .map(module -> module.getValue().resolve(file.substring(module.getKey().length() + 1)))
        .filter(Files::exists)
        .findFirst();
  }

  /// The kinds that the group beside a folder of rules registers.
  private void addKinds(Path source) throws IOException {
    Path register = source.resolve("../../register.go").normalize();
    if (Files.exists(register)) {
      addKinds(Files.readAllLines(register));
    }
  }

  void addKinds(List<String> registration) {
    for (String line : registration) {
      Matcher kind = REGISTERED.matcher(line);
      if (kind.find() && !kind.group(1).endsWith("List") && !kind.group(1).endsWith("Options")) {
        kinds.add(kind.group(1));
      }
    }
  }

  void add(String file, List<Function> read, CoverProfile profile) {
    for (Function function : read) {
      functions.computeIfAbsent(function.name(), _ -> new ArrayList<>()).add(function);
      List<Rule> ofFunction = new ArrayList<>();
      for (Position site : function.sites()) {
        String place = "%s:%d %s".formatted(file, site.line(), function.name());
        ofFunction.add(new Rule(place, profile.isExecuted(file, site)));
      }
      rules.put(function, ofFunction);
    }
  }

  /// The rules of every kind that has any.
  Map<String, List<Rule>> byKind() {
    Map<String, List<Rule>> byKind = new TreeMap<>();
    for (String kind : kinds) {
      List<Rule> reached = new ArrayList<>();
      for (Function function : reachable(kind)) {
        reached.addAll(rules.getOrDefault(function, List.of()));
      }
      if (!reached.isEmpty()) {
        reached.sort(Comparator.comparing(Rule::place));
        byKind.put(kind, reached);
      }
    }
    return byKind;
  }

  List<Rule> all() {
    return rules.values().stream()
        .flatMap(List::stream)
        .sorted(Comparator.comparing(Rule::place))
        .toList();
  }

  private Set<Function> reachable(String kind) {
    Set<Function> seen = Collections.newSetFromMap(new IdentityHashMap<>());
    Deque<Function> waiting = new ArrayDeque<>();
    functions.forEach((name, named) -> {
      if (isNamedAfter(name, kind)) {
        waiting.addAll(named);
      }
    });
    while (!waiting.isEmpty()) {
      Function function = waiting.remove();
      if (seen.add(function)) {
        function
            .mentions()
            .forEach(name -> waiting.addAll(functions.getOrDefault(name, List.of())));
      }
    }
    return seen;
  }

  /// Whether the kind is the longest that the name begins with: `ValidatePodTemplate` is no rule of pods.
  private boolean isNamedAfter(String function, String kind) {
    if (!function.toLowerCase(Locale.ROOT).startsWith(PREFIX)) {
      return false;
    }
    String named = function.substring(PREFIX.length());
    return named.startsWith(kind)
        && kinds.stream()
            .noneMatch(other -> other.length() > kind.length() && named.startsWith(other));
  }

  /// A line a kind, and the places that were not met below all.
  public List<String> lines() {
    List<String> lines = new ArrayList<>();
    List<Rule> all = all();
    lines.add("rules met / known: %d / %d".formatted(met(all), all.size()));
    byKind()
        .forEach(
            (kind, ofKind) -> lines.add("%s: %d / %d".formatted(kind, met(ofKind), ofKind.size())));
    lines.add("not met:");
    all.stream().filter(rule -> !rule.met()).forEach(rule -> lines.add("  " + rule.place()));
    return lines;
  }

  private static long met(List<Rule> rules) {
    return rules.stream().filter(Rule::met).count();
  }
}
