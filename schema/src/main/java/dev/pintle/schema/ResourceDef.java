package dev.pintle.schema;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/// A resource under construction.
final class ResourceDef {
  final GroupFacts table;
  final String plural;
  boolean namespaced;
  String kind = "";
  String listKind = "";
  String rootType = "";
  String listType = "";
  final Set<VerbWord> verbs = new TreeSet<>();
  final Map<String, SubresourceDef> subresources = new TreeMap<>();

  String singular = "";
  List<String> shortNames = List.of();
  List<String> categories = List.of();
  String prefix = "";
  String storedKind = "";
  boolean createOnUpdate;
  boolean statusOnCreate;
  boolean generation;
  List<String> scale = List.of();
  final List<List<String>> columns = new ArrayList<>();
  final List<List<String>> labels = new ArrayList<>();

  ResourceDef(GroupFacts table, String plural) {
    this.table = table;
    this.plural = plural;
  }

  static final class SubresourceDef {
    String group = "";
    String version = "";
    String kind = "";
    final Set<VerbWord> verbs = new TreeSet<>();
  }
}
