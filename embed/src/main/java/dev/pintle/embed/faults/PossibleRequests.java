package dev.pintle.embed.faults;

import dev.pintle.embed.requests.RequestFilter;
import dev.pintle.kube.schema.ResourceType;
import dev.pintle.kube.schema.Subresource;
import dev.pintle.kube.schema.TypeSnapshot;
import dev.pintle.kube.schema.Verb;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/// The check that a fault waits for requests that there can be.
final class PossibleRequests {
  private static final Set<String> OF_COLLECTIONS = Set.of("deletecollection");

  private PossibleRequests() {}

  /// @throws IllegalArgumentException when there can be none
  static void require(TypeSnapshot served, Fault fault) {
    RequestFilter filter = fault.filter();
    if (!filter.name().isEmpty()
        && !fault.verbs().isEmpty()
        && OF_COLLECTIONS.containsAll(fault.verbs())) {
      throw refused(fault, "no name, since a deletecollection has none");
    }
    if (filter.resource().isEmpty()) {
      return;
    }
    List<ResourceType> types =
        served.resources().stream().filter(type -> isNamed(type, filter.resource())).toList();
    if (types.isEmpty()) {
      requireToCome(served, fault);
      return;
    }
    requireVerb(types, fault);
    requirePlace(types, fault);
  }

  private static boolean isNamed(ResourceType type, String resource) {
    return resource.equals(type.plural()) || resource.equals(type.plural() + "." + type.group());
  }

  /// A group that the server has of its own gets no more types.
  private static void requireToCome(TypeSnapshot served, Fault fault) {
    String resource = fault.filter().resource();
    int dot = resource.indexOf('.');
    String group = dot < 0 ? "" : resource.substring(dot + 1);
    boolean own =
        served.resources().stream()
            .anyMatch(type -> !type.isCustom() && type.group().equals(group));
    if (dot <= 0 || own) {
      throw refused(
          fault,
          "a resource that the server has%s, or PLURAL.GROUP of a definition to come"
              .formatted(alike(served, resource)));
    }
  }

  private static String alike(TypeSnapshot served, String resource) {
    String word = resource.toLowerCase(Locale.ROOT);
    Set<String> found =
        served.resources().stream()
            .filter(type -> isAlike(type, word))
            .map(ResourceType::groupResource)
            .collect(Collectors.toCollection(TreeSet::new));
    return found.isEmpty() ? "" : ", such as " + String.join(", ", found);
  }

  private static boolean isAlike(ResourceType type, String word) {
    return word.equalsIgnoreCase(type.kind())
        || word.equals(type.names().singular())
        || type.names().shortNames().contains(word)
        || (word.length() > 3 && (type.plural().contains(word) || word.contains(type.plural())));
  }

  private static void requireVerb(List<ResourceType> types, Fault fault) {
    String part = fault.filter().part();
    Set<String> possible = new TreeSet<>();
    Set<String> parts = new TreeSet<>();
    for (ResourceType type : types) {
      type.subresources().forEach(each -> parts.add(each.name()));
      if (part.isEmpty() || part.equals("*")) {
        add(possible, type.verbs());
      }
      for (Subresource each : type.subresources()) {
        if (part.equals("*") || part.equals(each.name())) {
          add(possible, each.verbs());
        }
      }
    }
    if (!part.isEmpty() && !part.equals("*") && !parts.contains(part)) {
      throw refused(fault, "one of " + parts + " of " + fault.filter().resource());
    }
    Set<String> verbs = fault.verbs();
    if (!verbs.isEmpty() && Collections.disjoint(verbs, possible)) {
      throw refused(fault, "one of " + possible + " of " + fault.filter().resource());
    }
  }

  private static void add(Set<String> words, Set<Verb> verbs) {
    verbs.forEach(verb -> words.add(verb.text()));
  }

  /// A namespace is in itself.
  private static void requirePlace(List<ResourceType> types, Fault fault) {
    boolean placed =
        types.stream().anyMatch(type -> type.namespaced() || type.plural().equals("namespaces"));
    if (!fault.filter().namespace().isEmpty() && !placed) {
      throw refused(fault, "no namespace, since " + fault.filter().resource() + " is in none");
    }
  }

  private static IllegalArgumentException refused(Fault fault, String expected) {
    return new IllegalArgumentException("fault: %s (expected: %s)".formatted(fault, expected));
  }
}
