package dev.pintle.kube.decode;

import dev.pintle.kube.object.Json;
import dev.pintle.kube.object.JsonArray;
import dev.pintle.kube.object.JsonObject;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// What a body has that it should not have: unknown fields, fields that come twice. They are told in the order of the
/// document, as upstream does.
final class Complaints {
  private final List<String> duplicates = new ArrayList<>(0);
  private final List<String> unknown = new ArrayList<>(0);
  private final List<String> yamlLines = new ArrayList<>(0);

  private record Complaint(String path, String text) {}

  /// The field at `path` repeats one before it.
  void duplicate(String path) {
    duplicates.add(path);
  }

  /// A line of YAML repeats a key.
  void duplicateLine(String text) {
    yamlLines.add(text);
  }

  /// Takes the paths of unknown fields.
  List<String> unknown() {
    return unknown;
  }

  boolean isEmpty() {
    return duplicates.isEmpty() && unknown.isEmpty() && yamlLines.isEmpty();
  }

  /// One warning each.
  List<String> warnings(JsonObject document) {
    List<String> texts = new ArrayList<>(yamlLines);
    texts.addAll(fields(document));
    return texts;
  }

  /// All in one error.
  String error(JsonObject document) {
    List<String> texts = new ArrayList<>();
    if (!yamlLines.isEmpty()) {
      texts.add("yaml: unmarshal errors:\n  " + String.join("\n  ", yamlLines));
    }
    texts.addAll(fields(document));
    return "strict decoding error: " + String.join(", ", texts);
  }

  private List<String> fields(JsonObject document) {
    List<Complaint> all = new ArrayList<>();
    for (String path : unknown) {
      all.add(new Complaint(path, "unknown field \"%s\"".formatted(path)));
    }
    for (String path : duplicates) {
      if (!isWithinUnknown(path)) {
        all.add(new Complaint(path, "duplicate field \"%s\"".formatted(path)));
      }
    }
    if (all.size() > 1) {
      Map<String, Integer> places = new HashMap<>();
      number(document, "", places);
      all.sort(
          Comparator.comparing(
              complaint -> places.getOrDefault(complaint.path(), Integer.MAX_VALUE)));
    }
    return all.stream().map(Complaint::text).toList();
  }

  private boolean isWithinUnknown(String path) {
    return unknown.stream()
        .anyMatch(
            one -> path.equals(one) || path.startsWith(one + ".") || path.startsWith(one + "["));
  }

  private static void number(Json value, String path, Map<String, Integer> places) {
    places.put(path, places.size());
    switch (value) {
      case JsonObject object -> {
        for (JsonObject.Field field : object) {
          number(field.value(), path.isEmpty() ? field.name() : path + "." + field.name(), places);
        }
      }
      case JsonArray array -> {
        for (int i = 0; i < array.size(); i++) {
          number(array.at(i), path + "[" + i + "]", places);
        }
      }
      default -> {}
    }
  }
}
