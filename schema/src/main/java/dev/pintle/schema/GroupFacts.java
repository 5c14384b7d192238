package dev.pintle.schema;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// The content of one table: a version of a group, where the libraries speak of it, its resources and its types.
final class GroupFacts {
  final String group;
  final String version;

  /// The package of its messages; names of definitions follow from it.
  String protoPackage = "";

  /// Whether it only holds types that others use.
  boolean hidden;

  final List<String> protoFiles = new ArrayList<>();

  /// API classes, and the resources to take from each; none for all.
  final Map<String, List<String>> apis = new LinkedHashMap<>();

  /// Packages whose messages stand for ours, because the libraries know the types under an older
  /// version only.
  final List<String> borrowed = new ArrayList<>();

  /// Messages that hold the options of requests: there are no models of them.
  final List<String> options = new ArrayList<>();

  /// Models that no operation answers.
  final List<String> roots = new ArrayList<>();

  final Map<String, ResourceFacts> resources = new LinkedHashMap<>();
  final List<TypeFacts> types = new ArrayList<>();

  GroupFacts(String group, String version) {
    this.group = group;
    this.version = version;
  }

  /// One type's lines.
  record TypeFacts(FactLine head, List<FactLine> fields) {}

  /// One resource's lines.
  record ResourceFacts(FactLine head, List<FactLine> facts) {
    List<FactLine> named(String word) {
      return facts.stream().filter(line -> line.first().equals(word)).toList();
    }

    List<String> words(String word) {
      return named(word).stream().flatMap(line -> line.rest().stream()).toList();
    }
  }
}
