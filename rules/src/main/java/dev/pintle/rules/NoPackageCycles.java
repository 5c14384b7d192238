package dev.pintle.rules;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/// The rule that packages of a module form no circle: each can be understood after those it uses.
final class NoPackageCycles implements Rule {
  @Override
  public Stream<Finding> broken(HouseModule module) {
    Map<String, Set<String>> uses = new TreeMap<>();
    for (var model : module.mainClasses()) {
      String self = Names.packageOf(model.thisClass().asInternalName());
      Set<String> used = uses.computeIfAbsent(self, _ -> new TreeSet<>());
      for (String type : References.of(model).types()) {
        String other = Names.packageOf(type);
        if (Names.isOurs(type) && !other.equals(self)) {
          used.add(other);
        }
      }
    }
    return new Search(uses)
        .cycles().stream()
            .map(cycle ->
                new Finding(cycle.getFirst(), "is in a circle: " + String.join(" → ", cycle)));
  }

  /// The depth-first search for a cycle; `open` is the path from the start to where we are, `done` what is known to lead
  /// into no new circle.
  private static final class Search {
    private final Map<String, Set<String>> uses;
    private final List<String> open = new ArrayList<>();
    private final Set<String> done = new HashSet<>();
    private final List<List<String>> cycles = new ArrayList<>();

    Search(Map<String, Set<String>> uses) {
      this.uses = uses;
    }

    List<List<String>> cycles() {
      uses.keySet().forEach(this::visit);
      return cycles;
    }

    private void visit(String name) {
      int seenAt = open.indexOf(name);
      if (seenAt >= 0) {
        cycles.add(circle(seenAt));
        return;
      }
      if (done.contains(name)) {
        return;
      }
      open.add(name);
      uses.getOrDefault(name, Set.of()).forEach(this::visit);
      open.removeLast();
      done.add(name);
    }

    private List<String> circle(int from) {
      List<String> circle = new ArrayList<>(open.subList(from, open.size()));
      circle.add(open.get(from));
      return circle.stream().map(name -> name.replace('/', '.')).toList();
    }
  }
}
