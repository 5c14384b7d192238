package dev.pintle.kube.store;

import dev.pintle.kernel.Bytes;
import dev.pintle.kernel.command.Outcome.Refused;
import dev.pintle.kernel.keyspace.KeyRange;
import dev.pintle.kernel.keyspace.KeyValue;
import dev.pintle.kernel.keyspace.RangeRequest;
import dev.pintle.kernel.keyspace.RangeResult;
import dev.pintle.kube.schema.ResourceType;
import dev.pintle.kube.status.StatusErrors;
import dev.pintle.member.StoreView;
import dev.pintle.member.StoreView.Found;
import dev.pintle.member.StoreView.NotReadable;
import dev.pintle.member.StoreView.ReadOutcome;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// All objects at one revision, read by one request.
public final class ObjectView {
  private static final long SOME = 250;
  private static final long PART_BYTES = 4L << 20;

  private final StoreView view;
  private final ObjectReader reader;

  public ObjectView(StoreView view, ObjectReader reader) {
    this.view = view;
    this.reader = reader;
  }

  public long revision() {
    return view.revision();
  }

  public long compactedRevision() {
    return view.compactedRevision();
  }

  public @Nullable StoredObject find(ResourceType type, String namespace, String name) {
    RangeResult result = range(RangeRequest.of(KeyRange.point(Keys.object(type, namespace, name))));
    return result.entries().isEmpty() ? null : reader.read(type, result.entries().getFirst());
  }

  /// As [#find], for who looks at metadata alone; see [ObjectReader#readMetadata].
  public @Nullable StoredObject findMetadata(ResourceType type, String namespace, String name) {
    RangeResult result = range(RangeRequest.of(KeyRange.point(Keys.object(type, namespace, name))));
    return result.entries().isEmpty()
        ? null
        : reader.readMetadata(type, result.entries().getFirst());
  }

  /// As [#find], for threads that must not wait: null also when the object, as it is to be shown, does not lie in memory.
  public @Nullable StoredObject findInMemory(ResourceType type, String namespace, String name) {
    KeyRange key = KeyRange.point(Keys.object(type, namespace, name));
    return view.rangeInMemory(RangeRequest.of(key)) instanceof Found(var result)
            && !result.entries().isEmpty()
        ? reader.readAsStored(type, result.entries().getFirst())
        : null;
  }

  /// How long the value of an object is; 0 when there is none.
  public long bytesOf(ResourceType type, String namespace, String name) {
    RangeRequest request = RangeRequest.of(KeyRange.point(Keys.object(type, namespace, name)));
    List<KeyValue> found = range(request).entries();
    return found.isEmpty() ? 0 : found.getFirst().value().size();
  }

  /// How many objects a collection has.
  public long count(ResourceType type, String namespace) {
    RangeRequest request = RangeRequest.of(Keys.range(type, namespace));
    return range(request.withContent(RangeRequest.Content.COUNT_ONLY)).count();
  }

  /// As [#range], but hands the entries one by one to `visitor` until it answers false.
  public RangeResult scan(RangeRequest request, Predicate<? super KeyValue> visitor) {
    return result(view.scan(request, visitor));
  }

  /// Visits the objects of `range`, in order. Nobody is asked to convert any of them while the store is being read.
  ///
  /// @throws dev.pintle.kube.status.StatusError 500 where a webhook does not convert some of them
  public void each(ResourceType type, KeyRange range, Consumer<StoredObject> visitor) {
    if (type.storing().webhook() == null) {
      scan(
          RangeRequest.of(range),
          kv -> {
            visitor.accept(reader.read(type, kv));
            return true;
          });
      return;
    }
    eachPart(range, some -> readAll(type, some).forEach(visitor));
  }

  /// Visits what lies in `range`, in order, so many at a time, and not while the store is being read: the visitor may read it, which
  /// that of a [#scan] must not.
  public void eachPart(KeyRange range, Consumer<List<KeyValue>> visitor) {
    eachPartWhile(
        range,
        some -> {
          visitor.accept(some);
          return true;
        });
  }

  /// As [#eachPart], as long as the visitor wants more.
  public void eachPartWhile(KeyRange range, Predicate<List<KeyValue>> visitor) {
    KeyRange rest = range;
    List<KeyValue> some = part(rest);
    while (!some.isEmpty() && visitor.test(some)) {
      Bytes last = some.getLast().key();
      rest = new KeyRange(Bytes.wrap(Arrays.copyOf(last.array(), last.size() + 1)), range.to());
      some = part(rest);
    }
  }

  /// The first of a range; few where they are large.
  private List<KeyValue> part(KeyRange range) {
    List<KeyValue> some = new ArrayList<>();
    long[] bytes = {0};
    scan(
        RangeRequest.of(range).limitedTo(SOME),
        kv -> {
          some.add(kv);
          bytes[0] += kv.value().size();
          return bytes[0] < PART_BYTES;
        });
    return some;
  }

  /// Visits the keys of `range` that were written or deleted after `revision`; see [StoreView#changedKeys].
  public void changedKeys(KeyRange range, long revision, Consumer<? super Bytes> visitor) {
    view.changedKeys(range, revision, visitor);
  }

  /// The revision at which a key was made; 0 when it is not there.
  public long createRevision(Bytes key) {
    RangeRequest request =
        RangeRequest.of(KeyRange.point(key)).withContent(RangeRequest.Content.KEYS_ONLY);
    List<KeyValue> found = range(request).entries();
    return found.isEmpty() ? 0 : found.getFirst().createRevision();
  }

  /// The revision at which a key was last written; 0 when it is not there.
  public long versionOf(Bytes key) {
    RangeRequest request =
        RangeRequest.of(KeyRange.point(key)).withContent(RangeRequest.Content.KEYS_ONLY);
    List<KeyValue> found = range(request).entries();
    return found.isEmpty() ? 0 : found.getFirst().modRevision();
  }

  public StoredObject require(ResourceType type, String namespace, String name) {
    StoredObject found = find(type, namespace, name);
    if (found == null) {
      throw StatusErrors.notFound(type, name);
    }
    return found;
  }

  /// As [#require], of what was there at an earlier revision.
  public StoredObject requireAt(long revision, ResourceType type, String namespace, String name) {
    KeyRange key = KeyRange.point(Keys.object(type, namespace, name));
    List<KeyValue> found = range(RangeRequest.of(key).at(revision)).entries();
    if (found.isEmpty()) {
      throw StatusErrors.notFound(type, name);
    }
    return reader.read(type, found.getFirst());
  }

  public boolean has(Bytes key) {
    RangeRequest request =
        RangeRequest.of(KeyRange.point(key)).withContent(RangeRequest.Content.KEYS_ONLY);
    return !range(request).entries().isEmpty();
  }

  public StoredObject read(ResourceType type, KeyValue kv) {
    return reader.read(type, kv);
  }

  /// As [ObjectReader#readMetadata].
  public StoredObject readMetadata(ResourceType type, KeyValue kv) {
    return reader.readMetadata(type, kv);
  }

  /// As [ObjectReader#readAll].
  public List<StoredObject> readAll(ResourceType type, List<KeyValue> entries) {
    return reader.readAll(type, entries);
  }

  public RangeResult range(RangeRequest request) {
    return result(view.range(request));
  }

  private static RangeResult result(ReadOutcome outcome) {
    return switch (outcome) {
      case Found(var result) -> result;
      case NotReadable(Refused.FutureRevision(var requested, var current)) ->
          throw StatusErrors.futureVersion(requested, current);
      case NotReadable _ ->
          throw StatusErrors.expired("The resourceVersion for the provided list is too old.");
    };
  }
}
