package dev.pintle.compat.published;

import java.util.Map;

/// One document of YAML, as it is published, and what it says it is.
///
/// @param place file and number of the document, for messages
/// @param tree as it is read
record Manifest(String place, String text, Map<?, ?> tree) {
  String kind() {
    return text("kind");
  }

  /// Without its version; empty where there is none.
  String group() {
    String apiVersion = text("apiVersion");
    int slash = apiVersion.indexOf('/');
    return slash < 0 ? "" : apiVersion.substring(0, slash);
  }

  String version() {
    String apiVersion = text("apiVersion");
    return apiVersion.substring(apiVersion.indexOf('/') + 1);
  }

  String name() {
    return at("metadata", "name");
  }

  String namespace() {
    String namespace = at("metadata", "namespace");
    return namespace.isEmpty() ? "default" : namespace;
  }

  boolean hasFinalizers() {
    return part("metadata").containsKey("finalizers");
  }

  Map<?, ?> part(String name) {
    return tree.get(name) instanceof Map<?, ?> part ? part : Map.of();
  }

  private String text(String name) {
    return tree.get(name) instanceof String text ? text : "";
  }

  private String at(String part, String name) {
    return part(part).get(name) instanceof String text ? text : "";
  }
}
