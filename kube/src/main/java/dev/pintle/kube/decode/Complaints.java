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
  private final List<Duplicate> duplicates = new ArrayList<>(0);
  private final List<String> unknown = new ArrayList<>(0);
  private final List<String> yamlLines = new ArrayList<>(0);

  /// @param place where in the document
  private record Complaint(int place, String text) {}

  private record Duplicate(String path, String after) {}

  /// The field at `path` repeats one before it.
  ///
  /// @param after the newest field of the object when it came
  void duplicate(String path, String after) {
    duplicates.add(new Duplicate(path, after));
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
    if (unknown.isEmpty() && duplicates.isEmpty()) {
      return List.of();
    }
    Places places = new Places();
    places.number(document, "");
    List<Complaint> all = new ArrayList<>();
    for (String path : unknown) {
      all.add(new Complaint(places.start(path), "unknown field \"%s\"".formatted(path)));
    }
    for (Duplicate duplicate : duplicates) {
      if (!isWithinUnknown(duplicate.path())) {
        String text = "duplicate field \"%s\"".formatted(duplicate.path());
        all.add(new Complaint(places.end(duplicate.after()), text));
      }
    }
    all.sort(Comparator.comparingInt(Complaint::place));
    return all.stream().map(Complaint::text).toList();
  }

  private boolean isWithinUnknown(String path) {
    return unknown.stream()
        .anyMatch(
            one -> path.equals(one) || path.startsWith(one + ".") || path.startsWith(one + "["));
  }

  /// Where each value of a document starts and ends.
  private static final class Places {
    private final Map<String, Integer> starts = new HashMap<>();
    private final Map<String, Integer> ends = new HashMap<>();
    private int next;

    int start(String path) {
      return starts.getOrDefault(path, Integer.MAX_VALUE);
    }

    int end(String path) {
      return ends.getOrDefault(path, Integer.MAX_VALUE);
    }

    void number(Json value, String path) {
      starts.put(path, next++);
      switch (value) {
        case JsonObject object -> {
          for (JsonObject.Field field : object) {
            number(field.value(), path.isEmpty() ? field.name() : path + "." + field.name());
          }
        }
        case JsonArray array -> {
          for (int i = 0; i < array.size(); i++) {
            number(array.at(i), path + "[" + i + "]");
          }
        }
        default -> {}
      }
      ends.put(path, next++);
    }
  }
}
