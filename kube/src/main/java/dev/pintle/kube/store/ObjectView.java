package dev.pintle.kube.store;

import dev.pintle.kernel.Bytes;
import dev.pintle.kernel.command.Outcome.Refused;
import dev.pintle.kernel.keyspace.KeyRange;
import dev.pintle.kernel.keyspace.KeyValue;
import dev.pintle.kernel.keyspace.RangeRequest;
import dev.pintle.kernel.keyspace.RangeResult;
import dev.pintle.kube.schema.ResourceType;
import dev.pintle.kube.status.Refusals;
import dev.pintle.member.StoreView;
import dev.pintle.member.StoreView.Found;
import dev.pintle.member.StoreView.NotReadable;
import dev.pintle.member.StoreView.ReadOutcome;
import org.jspecify.annotations.Nullable;

/// All objects at one revision, read by one request.
public final class ObjectView {
  private final StoreView view;
  private final ObjectReader reader;
  private final boolean mayWait;

  /// @param mayWait whether the calling thread may read the disk; if not, [ColdRead] is thrown where it would be needed
  public ObjectView(StoreView view, ObjectReader reader, boolean mayWait) {
    this.view = view;
    this.reader = reader;
    this.mayWait = mayWait;
  }

  /// Sends work that takes a while to a thread that may wait.
  public void requireMayWait() {
    if (!mayWait) {
      throw new ColdRead();
    }
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

  public StoredObject require(ResourceType type, String namespace, String name) {
    StoredObject found = find(type, namespace, name);
    if (found == null) {
      throw Refusals.notFound(type, name);
    }
    return found;
  }

  public boolean has(Bytes key) {
    RangeRequest request =
        RangeRequest.of(KeyRange.point(key)).withContent(RangeRequest.Content.KEYS_ONLY);
    return !range(request).entries().isEmpty();
  }

  public StoredObject read(ResourceType type, KeyValue kv) {
    return reader.read(type, kv);
  }

  public RangeResult range(RangeRequest request) {
    ReadOutcome outcome = mayWait ? view.range(request) : view.rangeInMemory(request);
    return switch (outcome) {
      case null -> throw new ColdRead();
      case Found(var result) -> result;
      case NotReadable(Refused.FutureRevision(var requested, var current)) ->
          throw Refusals.futureVersion(requested, current);
      case NotReadable _ ->
          throw Refusals.expired("The resourceVersion for the provided list is too old.");
    };
  }
}
