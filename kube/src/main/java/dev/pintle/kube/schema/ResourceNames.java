package dev.pintle.kube.schema;

import java.util.List;

/// The names of a resource.
public record ResourceNames(
    String plural,
    String singular,
    String kind,
    String listKind,
    List<String> shortNames,
    List<String> categories) {
  public ResourceNames {
    shortNames = List.copyOf(shortNames);
    categories = List.copyOf(categories);
  }
}
