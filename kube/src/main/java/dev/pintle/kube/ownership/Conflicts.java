package dev.pintle.kube.ownership;

import dev.pintle.kube.status.Cause;
import dev.pintle.kube.status.Details;
import dev.pintle.kube.status.Status;
import dev.pintle.kube.status.StatusError;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// The fields that others own and a configuration would change.
final class Conflicts extends Exception {
  private final transient List<Conflict> conflicts;

  /// A field that somebody else owns.
  ///
  /// @param path in the version of the writer
  record Conflict(Writer writer, List<PathElement> path) {}

  private Conflicts(List<Conflict> conflicts) {
    super("%d conflicts".formatted(conflicts.size()));
    this.conflicts = conflicts;
  }

  static Conflicts of(Map<Writer, FieldSet> taken) {
    List<Conflict> conflicts = new ArrayList<>();
    taken.forEach(
        (writer, paths) -> paths.forEach(path -> conflicts.add(new Conflict(writer, path))));
    return new Conflicts(conflicts);
  }

  /// Those that `allowed` does not speak of.
  Conflicts except(FieldSet allowed) {
    return new Conflicts(conflicts.stream().filter(one -> !allowed.has(one.path())).toList());
  }

  boolean isEmpty() {
    return conflicts.isEmpty();
  }

  StatusError refusal() {
    List<Cause> causes = new ArrayList<>();
    for (Conflict conflict : conflicts) {
      causes.add(
          new Cause(
              "FieldManagerConflict",
              "conflict with " + conflict.writer().shown(),
              PathElement.text(conflict.path())));
    }
    return new StatusError(new Status(409, "Conflict", text(), Details.EMPTY.because(causes)));
  }

  private String text() {
    if (conflicts.size() == 1) {
      Conflict only = conflicts.getFirst();
      return "Apply failed with 1 conflict: conflict with %s: %s"
          .formatted(only.writer().shown(), PathElement.text(only.path()));
    }
    Map<Writer, List<String>> paths = new TreeMap<>(Comparator.comparing(Writer::identity));
    for (Conflict conflict : conflicts) {
      paths
          .computeIfAbsent(conflict.writer(), _ -> new ArrayList<>())
          .add(PathElement.text(conflict.path()));
    }
    List<String> lines = new ArrayList<>();
    paths.forEach((writer, all) -> {
      lines.add("conflicts with %s:".formatted(writer.shown()));
      all.forEach(path -> lines.add("- " + path));
    });
    return "Apply failed with %d conflicts: %s"
        .formatted(conflicts.size(), String.join("\n", lines));
  }
}
