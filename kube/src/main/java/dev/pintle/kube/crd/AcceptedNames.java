package dev.pintle.kube.crd;

import dev.pintle.kube.object.Json;
import dev.pintle.kube.object.JsonArray;
import dev.pintle.kube.object.JsonObject;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// The names that definitions have accepted: in one group no two definitions share a name under which objects are found.
/// Who was accepted first keeps a name.
final class AcceptedNames {
  private static final List<String> ORDER =
      List.of("plural", "singular", "shortNames", "kind", "listKind", "categories");

  private final Set<String> resources = new HashSet<>();
  private final Set<String> kinds = new HashSet<>();

  /// @param others definitions of the same group, without the one that is asked about
  AcceptedNames(Collection<CustomResourceDefinition> others) {
    for (CustomResourceDefinition other : others) {
      JsonObject accepted = other.acceptedNames();
      resources.add(accepted.textOrEmpty("plural"));
      resources.add(accepted.textOrEmpty("singular"));
      resources.addAll(SchemaReader.texts(accepted.array("shortNames")));
      kinds.add(accepted.textOrEmpty("kind"));
      kinds.add(accepted.textOrEmpty("listKind"));
    }
    resources.remove("");
    kinds.remove("");
  }

  /// The outcome for one definition.
  ///
  /// @param accepted the names that the definition may use
  /// @param refusal about the last name that is taken
  record Verdict(JsonObject accepted, Optional<Refusal> refusal) {}

  /// The reason why a name is not accepted, in the words of a condition.
  record Refusal(String reason, String message) {}

  Verdict judge(CustomResourceDefinition definition) {
    JsonObject wanted = definition.names();
    JsonObject accepted = definition.acceptedNames().copy();
    List<Refusal> refusals = new ArrayList<>();
    claim("plural", "PluralConflict", wanted, resources, accepted, refusals);
    claim("singular", "SingularConflict", wanted, resources, accepted, refusals);
    claimShortNames(wanted, accepted, refusals);
    claim("kind", "KindConflict", wanted, kinds, accepted, refusals);
    claim("listKind", "ListKindConflict", wanted, kinds, accepted, refusals);
    copy("categories", wanted, accepted);
    return new Verdict(
        ordered(accepted), refusals.isEmpty() ? Optional.empty() : Optional.of(refusals.getLast()));
  }

  private static JsonObject ordered(JsonObject names) {
    JsonObject ordered = new JsonObject();
    for (String field : ORDER) {
      if (names.get(field) instanceof Json value) {
        ordered.set(field, value);
      }
    }
    return ordered;
  }

  private static void copy(String field, JsonObject wanted, JsonObject accepted) {
    if (wanted.array(field) instanceof JsonArray list && !list.isEmpty()) {
      accepted.set(field, list.copy());
    } else {
      accepted.remove(field);
    }
  }

  private static void claim(
      String field,
      String reason,
      JsonObject wanted,
      Set<String> taken,
      JsonObject accepted,
      List<Refusal> refusals) {
    String name = wanted.textOrEmpty(field);
    if (taken.contains(name)) {
      refusals.add(new Refusal(reason, inUse(name)));
    } else if (!name.isEmpty()) {
      accepted.set(field, name);
    }
  }

  private static String inUse(String name) {
    return "\"%s\" is already in use".formatted(name);
  }

  /// Short names are accepted together or not at all.
  private void claimShortNames(JsonObject wanted, JsonObject accepted, List<Refusal> refusals) {
    List<String> complaints =
        SchemaReader.texts(wanted.array("shortNames")).stream()
            .filter(resources::contains)
            .map(AcceptedNames::inUse)
            .distinct()
            .toList();
    if (complaints.isEmpty()) {
      copy("shortNames", wanted, accepted);
    } else {
      String message =
          complaints.size() == 1
              ? complaints.getFirst()
              : "[" + String.join(", ", complaints) + "]";
      refusals.add(new Refusal("ShortNamesConflict", message));
    }
  }
}
