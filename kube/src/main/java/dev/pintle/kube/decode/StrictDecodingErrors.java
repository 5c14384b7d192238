package dev.pintle.kube.decode;

import dev.pintle.kube.object.Json;
import dev.pintle.kube.object.JsonObject;
import dev.pintle.kube.schema.SchemaNode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/// The list of what a body has that it should not have: unknown fields, fields that come twice. They are told in the
/// order of the document, as upstream does.
final class StrictDecodingErrors {
  private final List<Duplicate> duplicates = new ArrayList<>(0);
  private final List<String> unknown = new ArrayList<>(0);
  private final List<String> yamlLines = new ArrayList<>(0);
  private final List<String> applied = new ArrayList<>(0);
  private boolean decodedWhole;

  /// A complaint about a body.
  ///
  /// @param place where in the document
  private record Complaint(DocumentPlace place, String text) {}

  /// Told of one document, as upstream has it.
  static final int TOLD_MAX = 100;

  private record Duplicate(String path, String after) {}

  /// The field at `path` repeats one before it; see [dev.pintle.kube.object.RepeatedNames].
  void duplicate(String path, String after, int place) {
    duplicates.add(Math.min(place, duplicates.size()), new Duplicate(path, after));
  }

  /// As [#duplicate], behind all that are known, of a field of which only the path is.
  void duplicate(String path) {
    duplicates.add(new Duplicate(path, path));
  }

  /// Forgets the fields that come twice within values that read themselves.
  ///
  /// @param document as it was read, a `node`
  void forgetFree(SchemaNode node, Json document) {
    duplicates.removeIf(one -> DocumentPlace.isInFree(node, document, one.path()));
  }

  /// The paths of fields that come twice.
  List<String> duplicates() {
    return duplicates.stream().map(Duplicate::path).limit(TOLD_MAX).toList();
  }

  /// A line of YAML repeats a key.
  void duplicateLine(String text) {
    yamlLines.add(text);
  }

  /// What is wrong with the patch that the document came of; it is told first.
  void applied(List<String> complaints) {
    applied.addAll(complaints);
  }

  /// That the document is read before anybody knows which fields it may have: those that come twice are told first, wherever they are.
  void decodedWhole() {
    decodedWhole = true;
  }

  /// Takes the paths of unknown fields.
  List<String> unknown() {
    return unknown;
  }

  boolean isEmpty() {
    return duplicates.isEmpty() && unknown.isEmpty() && yamlLines.isEmpty() && applied.isEmpty();
  }

  /// One warning each.
  List<String> warnings(JsonObject document) {
    List<String> texts = new ArrayList<>(applied);
    texts.addAll(yamlLines);
    texts.addAll(fields(document));
    return texts;
  }

  /// All in one error.
  String error(JsonObject document) {
    List<String> texts = new ArrayList<>(applied);
    if (!yamlLines.isEmpty()) {
      texts.add("yaml: unmarshal errors:\n  " + String.join("\n  ", yamlLines));
    }
    texts.addAll(fields(document));
    return "strict decoding error: " + String.join(", ", texts);
  }

  /// Those of fields, in the order of the document.
  List<String> fields(Json document) {
    if (unknown.isEmpty() && duplicates.isEmpty()) {
      return List.of();
    }
    List<Complaint> waiting = new ArrayList<>();
    for (String path : unknown) {
      waiting.add(
          new Complaint(
              DocumentPlace.start(document, path), "unknown field \"%s\"".formatted(path)));
    }
    waiting.sort(Comparator.comparing(Complaint::place));
    List<String> all = new ArrayList<>();
    int next = 0;
    for (Duplicate duplicate : duplicates) {
      if (decodedWhole) {
        all.add("duplicate field \"%s\"".formatted(duplicate.path()));
        continue;
      }
      if (isWithinUnknown(duplicate.path())) {
        continue;
      }
      DocumentPlace place = DocumentPlace.end(document, duplicate.after());
      while (next < waiting.size() && waiting.get(next).place().compareTo(place) < 0) {
        all.add(waiting.get(next++).text());
      }
      all.add("duplicate field \"%s\"".formatted(duplicate.path()));
    }
    waiting.subList(next, waiting.size()).forEach(one -> all.add(one.text()));
    return all.stream().distinct().limit(TOLD_MAX).toList();
  }

  private boolean isWithinUnknown(String path) {
    return unknown.stream().anyMatch(one -> isWithin(path, one));
  }

  private static boolean isWithin(String path, String outer) {
    return path.startsWith(outer)
        && (path.length() == outer.length()
            || path.charAt(outer.length()) == '.'
            || path.charAt(outer.length()) == '[');
  }
}
