package dev.pintle.kube.definition;

import dev.pintle.kube.format.Formats;
import dev.pintle.kube.validation.FieldPath;
import java.util.List;
import java.util.Locale;

/// The names under which a resource is found.
final class NamesCheck {
  private static final String MIXED_CASE = "may have mixed case, but should otherwise match: ";

  private final JsonSchemaProps names;
  private final FieldPath path;
  private final DefinitionErrors found;

  NamesCheck(JsonSchemaProps names, FieldPath path, DefinitionErrors found) {
    this.names = names;
    this.path = path;
    this.found = found;
  }

  void check() {
    for (String field : List.of("plural", "singular", "kind", "listKind")) {
      if (names.text(field).isEmpty()) {
        found.required(path.child(field), "");
      }
    }
    checkGiven();
  }

  /// Of names that may be missing.
  void checkGiven() {
    label("plural");
    label("singular");
    kind("kind");
    kind("listKind");
    labels("shortNames");
    String kind = names.text("kind");
    if (!kind.isEmpty() && kind.equals(names.text("listKind"))) {
      found.invalid(path.child("listKind"), kind, "kind and listKind may not be the same");
    }
    labels("categories");
  }

  private void label(String field) {
    String name = names.text(field);
    if (!name.isEmpty()) {
      found.invalid(path.child(field), name, Formats.dns1035Label(name));
    }
  }

  private void labels(String field) {
    List<String> texts = names.texts(field);
    for (int i = 0; i < texts.size(); i++) {
      found.invalid(path.child(field).index(i), texts.get(i), Formats.dns1035Label(texts.get(i)));
    }
  }

  private void kind(String field) {
    String name = names.text(field);
    List<String> complaints = Formats.dns1035Label(name.toLowerCase(Locale.ROOT));
    if (!name.isEmpty() && !complaints.isEmpty()) {
      found.invalid(path.child(field), name, MIXED_CASE + String.join(",", complaints));
    }
  }
}
