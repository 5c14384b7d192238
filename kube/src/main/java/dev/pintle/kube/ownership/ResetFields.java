package dev.pintle.kube.ownership;

import dev.pintle.kube.rule.TableFile;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// The fields that a write through one path of a resource cannot set, whatever it says: nobody comes to own them by it. The
/// table's form is told at its head.
final class ResetFields {
  private static final String TABLE = "reset-fields.txt";

  private final Map<String, FieldSet> fields;

  private ResetFields(Map<String, FieldSet> fields) {
    this.fields = Map.copyOf(fields);
  }

  static ResetFields load() {
    Map<String, FieldSet> fields = new HashMap<>();
    TableFile.beside(ResetFields.class, TABLE)
        .forEach(line -> {
          List<String> words = List.of(line.split("\\s+"));
          if (words.size() < 2) {
            throw new IllegalArgumentException(line + " (expected: what is written, then paths)");
          }
          fields.put(words.getFirst(), paths(words.subList(1, words.size())));
        });
    return new ResetFields(fields);
  }

  private static FieldSet paths(List<String> texts) {
    List<List<PathElement>> paths = new ArrayList<>();
    for (String text : texts) {
      paths.add(PathElement.names(text.split("\\.", -1)));
    }
    return FieldSet.of(paths);
  }

  /// The paths that are reset, with all below them.
  FieldSet of(Write write) {
    if (write.subresource().isEmpty() && !write.hasStatus()) {
      return FieldSet.EMPTY;
    }
    String kind =
        write.kind().group().isEmpty()
            ? write.kind().kind()
            : write.kind().kind() + "." + write.kind().group();
    String part = write.subresource().isEmpty() ? "" : "/" + write.subresource();
    FieldSet own = fields.get(kind + part);
    FieldSet general = fields.get((write.isCustom() ? "custom" : "*") + part);
    return own != null ? own : general != null ? general : FieldSet.EMPTY;
  }
}
