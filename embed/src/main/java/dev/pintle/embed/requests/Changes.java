package dev.pintle.embed.requests;

import java.util.List;
import java.util.stream.Collectors;

/// The objects that two moments of a server differ in, ordered by kind, namespace and name. What was changed and changed back is none of them;
/// an object that was deleted and made anew is one that was changed.
///
/// @param from the revision of the earlier moment
/// @param to the revision of the later moment
public record Changes(long from, long to, List<ObjectChange> all) {
  public Changes {
    all = List.copyOf(all);
  }

  public List<ObjectChange> made() {
    return of(ObjectChange.Kind.MADE);
  }

  public List<ObjectChange> changed() {
    return of(ObjectChange.Kind.CHANGED);
  }

  public List<ObjectChange> deleted() {
    return of(ObjectChange.Kind.DELETED);
  }

  /// For people, a line or a few for each object.
  @Override
  public String toString() {
    return all.isEmpty()
        ? "nothing changed from revision %d to %d".formatted(from, to)
        : all.stream()
            .map(ObjectChange::toString)
            .collect(Collectors.joining("\n", "from revision %d to %d:\n".formatted(from, to), ""));
  }

  private List<ObjectChange> of(ObjectChange.Kind kind) {
    return all.stream().filter(each -> each.kind() == kind).toList();
  }
}
