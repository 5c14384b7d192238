package dev.pintle.embed;

import dev.pintle.embed.requests.Changes;
import dev.pintle.embed.requests.ObjectChange;
import dev.pintle.embed.requests.ObjectDiff;
import dev.pintle.kernel.Bytes;
import dev.pintle.kernel.keyspace.KeyRange;
import dev.pintle.kernel.keyspace.KeyValue;
import dev.pintle.kernel.keyspace.RangeRequest;
import dev.pintle.kube.object.JsonObject;
import dev.pintle.kube.object.JsonReader;
import dev.pintle.kube.object.JsonSyntaxException;
import dev.pintle.member.StoreView;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The difference of what a store held at two revisions.
final class ContentDiff {
  private static final Comparator<ObjectChange> ORDER =
      Comparator.comparing(ObjectChange::objectKind)
          .thenComparing(ObjectChange::namespace)
          .thenComparing(ObjectChange::name);

  private final StoreView view;
  private final long from;
  private final long to;

  private ContentDiff(StoreView view, long from, long to) {
    this.view = view;
    this.from = from;
    this.to = to;
  }

  /// @throws IllegalArgumentException when these are no two moments, one after the other
  /// @throws IllegalStateException when the history of the earlier one is gone
  static Changes of(StoreView view, long from, long to) {
    if (from < 1 || from > to || to > view.revision()) {
      throw new IllegalArgumentException(
          "changes: from revision %d to %d (expected: 1 <= from <= to <= %d)"
              .formatted(from, to, view.revision()));
    }
    if (from < view.compactedRevision()) {
      throw new IllegalStateException(
          "changes: from revision %d (expected: %d or later, what was before is compacted)"
              .formatted(from, view.compactedRevision()));
    }
    return new ContentDiff(view, from, to).all();
  }

  private Changes all() {
    List<Bytes> keys = new ArrayList<>();
    view.changedKeys(KeyRange.ALL, from, keys::add);
    List<ObjectChange> changes = new ArrayList<>();
    for (Bytes key : keys) {
      Bytes before = at(key, from);
      Bytes after = at(key, to);
      ObjectChange change = change(key, before, after);
      if (change != null) {
        changes.add(change);
      }
    }
    changes.sort(ORDER);
    return new Changes(from, to, changes);
  }

  private @Nullable Bytes at(Bytes key, long revision) {
    RangeRequest point = RangeRequest.of(KeyRange.point(key)).at(revision);
    if (!(view.range(point) instanceof StoreView.Found(var result))) {
      throw new IllegalStateException(
          "changes: revision %d cannot be read any more".formatted(revision));
    }
    List<KeyValue> found = result.entries();
    return found.isEmpty() ? null : found.getFirst().value();
  }

  private static @Nullable ObjectChange change(
      Bytes key, @Nullable Bytes before, @Nullable Bytes after) {
    Bytes shown = after == null ? before : after;
    if (shown == null || (before != null && before.equals(after))) {
      return null;
    }
    JsonObject object = object(shown);
    JsonObject metadata = object.objectOrEmpty("metadata");
    String kind = object.textOrEmpty("kind");
    return new ObjectChange(
        before == null
            ? ObjectChange.Kind.MADE
            : after == null ? ObjectChange.Kind.DELETED : ObjectChange.Kind.CHANGED,
        object.textOrEmpty("apiVersion"),
        kind,
        metadata.textOrEmpty("namespace"),
        kind.isEmpty() ? key.utf8() : metadata.textOrEmpty("name"),
        text(kind, before),
        text(kind, after),
        before == null || after == null ? List.of() : ObjectDiff.of(before, after));
  }

  /// What is no object of the API is bytes.
  private static Optional<String> text(String kind, @Nullable Bytes value) {
    return kind.isEmpty() || value == null ? Optional.empty() : Optional.of(value.utf8());
  }

  private static JsonObject object(Bytes value) {
    try {
      return JsonReader.read(value.array()) instanceof JsonObject object
          ? object
          : new JsonObject();
    } catch (JsonSyntaxException _) {
      return new JsonObject();
    }
  }
}
