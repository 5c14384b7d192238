package dev.pintle.kube.admission.policy;

import dev.pintle.kernel.Bytes;
import dev.pintle.kernel.keyspace.KeyRange;
import dev.pintle.kernel.keyspace.KeyValue;
import dev.pintle.kernel.keyspace.RangeRequest;
import dev.pintle.kube.admission.policy.FoundParams.Found;
import dev.pintle.kube.admission.policy.FoundParams.Param;
import dev.pintle.kube.admission.policy.FoundParams.Place;
import dev.pintle.kube.object.JsonObject;
import dev.pintle.kube.schema.ResourceType;
import dev.pintle.kube.selector.LabelSelector;
import dev.pintle.kube.store.Keys;
import dev.pintle.kube.store.ObjectView;
import dev.pintle.kube.store.StoredObject;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// The parameters that the selector of one binding finds, by namespace. Of objects of their kind only those are looked at again that were
/// written or deleted since. More of them than [#BYTES_MAX] are no answer.
final class SelectedParams {
  /// Of all parameters together, as they are stored: every request is judged with each of them.
  static final long BYTES_MAX = 8L << 20;

  private final FoundParams known;

  SelectedParams(FoundParams known) {
    this.known = known;
  }

  /// @param namespace empty for all that there are
  /// @throws PolicyFault when they are too large
  List<JsonObject> find(ResourceType type, String namespace, JsonObject selector, ObjectView view) {
    Place place = new Place(this, namespace);
    Found before = known.find(place);
    Found found = before;
    if (found == null || found.type() != type || found.revision() != view.revision()) {
      found = found(type, Keys.range(type, namespace), selector, view, before);
      known.keep(place, found);
    }
    if (found.tooMany()) {
      throw new PolicyFault(
          "the params that the selector of a policy binding finds have more than %d bytes"
              .formatted(BYTES_MAX));
    }
    return found.trees();
  }

  private static Found found(
      ResourceType type,
      KeyRange range,
      JsonObject selector,
      ObjectView view,
      @Nullable Found before) {
    LabelSelector wanted = LabelSelector.of(selector);
    boolean usable =
        before != null
            && before.type() == type
            && before.revision() <= view.revision()
            && before.revision() >= view.compactedRevision();
    if (before == null || !usable) {
      return anew(type, range, wanted, view);
    }
    List<Bytes> changed = new ArrayList<>(0);
    if (before.revision() < view.revision()) {
      view.changedKeys(range, before.revision(), changed::add);
    }
    if (changed.isEmpty()) {
      return before.at(view.revision());
    }
    if (before.tooMany()) {
      return anew(type, range, wanted, view);
    }
    Selection selection = new Selection(wanted, before.params(), before.bytes());
    changed.forEach(key -> selection.look(type, key, view));
    return selection.found(type, view.revision());
  }

  private static Found anew(
      ResourceType type, KeyRange range, LabelSelector wanted, ObjectView view) {
    Selection selection = new Selection(wanted, new TreeMap<>(), 0);
    view.each(type, range, selection::take);
    return selection.found(type, view.revision());
  }

  /// The objects that are selected so far.
  private static final class Selection {
    private final LabelSelector wanted;
    private final SortedMap<Bytes, Param> params;
    private long bytes;

    Selection(LabelSelector wanted, SortedMap<Bytes, Param> before, long bytes) {
      this.wanted = wanted;
      this.params = new TreeMap<>(before);
      this.bytes = bytes;
    }

    void look(ResourceType type, Bytes key, ObjectView view) {
      Param before = params.remove(key);
      bytes -= before == null ? 0 : before.bytes();
      List<KeyValue> now = view.range(RangeRequest.of(KeyRange.point(key))).entries();
      view.readAll(type, now).forEach(this::take);
    }

    /// Keeps none once they are too many.
    void take(StoredObject stored) {
      if (bytes <= BYTES_MAX && wanted.matches(stored.labels())) {
        int size = stored.storedBytes().length;
        bytes += size;
        params.put(stored.key(), new Param(stored.tree(), size));
      }
    }

    Found found(ResourceType type, long revision) {
      if (bytes > BYTES_MAX) {
        return new Found(type, revision, new TreeMap<>(), List.of(), 0, true);
      }
      List<JsonObject> trees = params.values().stream().map(Param::tree).toList();
      return new Found(type, revision, params, trees, bytes, false);
    }
  }
}
