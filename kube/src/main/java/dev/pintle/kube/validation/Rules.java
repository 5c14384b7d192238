package dev.pintle.kube.validation;

import dev.pintle.kube.object.Json;
import dev.pintle.kube.object.JsonObject;
import dev.pintle.kube.rule.RuleTable;
import java.util.List;

/// The rules by what they are for: a type of structure, or the writing of a kind.
final class Rules {
  static final Rules NONE = new Rules(RuleTable.empty());

  private final RuleTable<Rule> rules;
  private final boolean allowsPrivileged;

  Rules(RuleTable<Rule> rules) {
    this(rules, false);
  }

  private Rules(RuleTable<Rule> rules, boolean allowsPrivileged) {
    this.rules = rules;
    this.allowsPrivileged = allowsPrivileged;
  }

  /// The same rules where containers may have all that their node has.
  Rules allowingPrivileged() {
    return new Rules(rules, true);
  }

  boolean allowsPrivileged() {
    return allowsPrivileged;
  }

  /// Checks a structure against the rules of its type, which the table must have.
  void check(String type, ValidatedObject place) {
    if (!rules.has(type)) {
      throw new IllegalStateException(
          "rules of %s: none (expected: a heading in the table)".formatted(type));
    }
    for (Rule rule : rules.of(type)) {
      rule.check(place);
    }
  }

  boolean has(String heading) {
    return rules.has(heading);
  }

  /// Whether the rules of `heading` begin with those of the metadata of a new object of any kind.
  boolean checkMetadata(String heading) {
    List<Rule> first = rules.of(heading);
    return !first.isEmpty()
        && first.getFirst() instanceof Rule.Line line
        && line.checks().getFirst() instanceof MetadataOnCreate;
  }

  /// One line of the table.
  sealed interface Rule {
    void check(ValidatedObject place);

    /// Checks that one field must pass, from left to right until one fails that the rest depends on.
    ///
    /// @param path the names that lead to the structure that has the field
    /// @param silent whether there is nothing to say of a field that is absent
    record Line(List<String> path, String field, boolean silent, List<Check> checks)
        implements Rule {
      @Override
      public void check(ValidatedObject place) {
        if (silent && isAbsent(place.structure())) {
          return;
        }
        ValidatedObject structure = place;
        for (String name : path) {
          structure = structure.childOrEmpty(name);
        }
        ValidatedField spot = ValidatedField.of(structure, field);
        for (Check check : checks) {
          if (!check.passes(spot)) {
            return;
          }
        }
      }

      private boolean isAbsent(JsonObject structure) {
        JsonObject holder = structure.object(path);
        Json value = holder == null ? null : holder.get(field);
        return value == null || value instanceof Json.Null;
      }
    }

    record Call(NamedRule rule) implements Rule {
      @Override
      public void check(ValidatedObject place) {
        rule.check(place);
      }
    }
  }
}
