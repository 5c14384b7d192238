package dev.pintle.kube.cel;

import dev.pintle.kube.object.TextTables;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The variables that are in scope at a place of an expression, with their types; an inner one hides an outer one of its name.
final class Scopes {
  private final Map<String, CelType> types;
  private final Set<String> used = new HashSet<>();

  Scopes(Map<String, CelType> variables) {
    this.types = new HashMap<>(variables);
  }

  boolean has(String name) {
    return types.containsKey(name);
  }

  /// The type of a variable that the expression names; null when there is none.
  @Nullable CelType use(String name) {
    CelType type = types.get(name);
    if (type != null) {
      used.add(name);
    }
    return type;
  }

  /// The variables that were named somewhere.
  Set<String> used() {
    return TextTables.setOf(used);
  }

  Scope enter(String name, CelType type) {
    return new Scope(name, type);
  }

  /// A variable that is in scope until it is left.
  final class Scope {
    private final String name;
    private final @Nullable CelType outer;

    private Scope(String name, CelType type) {
      this.name = name;
      this.outer = types.put(name, type);
    }

    void leave() {
      if (outer == null) {
        types.remove(name);
      } else {
        types.put(name, outer);
      }
    }
  }
}
