package dev.pintle.kube.allocation;

import dev.pintle.kernel.Bytes;
import dev.pintle.kernel.keyspace.KeyRange;
import dev.pintle.kernel.keyspace.KeyValue;
import dev.pintle.kernel.keyspace.RangeRequest;
import dev.pintle.kube.protobuf.RangeAllocation;
import dev.pintle.kube.schema.ResourceType;
import dev.pintle.kube.store.Keys;
import dev.pintle.kube.store.ObjectView;
import dev.pintle.kube.transaction.ObjectTransaction;
import java.math.BigInteger;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// The node ports of all services, in one object that is changed in the transaction of a service. Whoever changes it holds a lock until
/// the transaction is over, so that those of this process never overtake each other; its guard stops those of others.
final class NodePorts {
  private static final Bytes KEY = Bytes.utf8("/registry/ranges/servicenodeports");

  private final Range range;
  private final ResourceType services;
  private final Supplier<ObjectView> views;
  private final ReentrantLock changing = new ReentrantLock(true);

  NodePorts(Range range, ResourceType services, Supplier<ObjectView> views) {
    this.range = range;
    this.services = services;
    this.views = views;
  }

  Range range() {
    return range;
  }

  /// Lets `change` take and release ports, and adds the outcome to the transaction.
  void change(ObjectTransaction transaction, Consumer<NodePortBitmap> change) {
    changing.lock();
    transaction.onClose(changing::unlock);
    // Read under the lock: what others of this process did is there.
    ObjectView view = views.get();
    List<KeyValue> stored = view.range(RangeRequest.of(KeyRange.point(KEY))).entries();
    NodePortBitmap bitmap = read(stored, transaction.pending(KEY), view);
    change.accept(bitmap);
    if (bitmap.hasChanged() || stored.isEmpty()) {
      transaction
          .unchanged(KEY, stored.isEmpty() ? 0 : stored.getFirst().modRevision())
          .put(KEY, Bytes.wrap(bitmap.allocation().write()));
    }
  }

  /// What is given as `view` shows it, for those who only look.
  NodePortBitmap at(ObjectView view) {
    List<KeyValue> stored = view.range(RangeRequest.of(KeyRange.point(KEY))).entries();
    return read(stored, null, view);
  }

  /// @param pending what the transaction has made of it so far
  private NodePortBitmap read(List<KeyValue> stored, @Nullable Bytes pending, ObjectView view) {
    if (stored.isEmpty() && pending == null) {
      return ofServices(view);
    }
    Bytes value = pending == null ? stored.getFirst().value() : pending;
    RangeAllocation allocation = RangeAllocation.read(value.array());
    // Of another range, or the empty one that another server begins with: nothing that it says is
    // about these ports.
    return allocation.range().equals(range.text())
        ? new NodePortBitmap(range, allocation.bits())
        : ofServices(view);
  }

  /// Marks the ports that services have and that the object does not know of, as those of services that others wrote.
  void repair(ObjectTransaction transaction) {
    change(
        transaction,
        bitmap -> {
          NodePortBitmap had = ofServices(views.get());
          for (long port = range.first(); port <= range.last(); port++) {
            if (had.isTaken(port) && !bitmap.isTaken(port)) {
              bitmap.take(port);
            }
          }
        });
  }

  /// What the services themselves say, while nothing else does.
  private NodePortBitmap ofServices(ObjectView view) {
    NodePortBitmap bitmap = new NodePortBitmap(range, BigInteger.ZERO);
    for (KeyValue kv : view.range(RangeRequest.of(Keys.range(services, ""))).entries()) {
      ServiceNumbers.of(view.read(services, kv).tree()).ports().forEach(bitmap::take);
    }
    return bitmap;
  }
}
