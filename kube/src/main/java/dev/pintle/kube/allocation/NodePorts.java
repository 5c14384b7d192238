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
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// The node ports of all services, in one object that is changed in the transaction of a service. Whoever changes it holds a lock until
/// the transaction is over, so that those of this process never overtake each other; its guard stops those of others.
final class NodePorts {
  private static final System.Logger LOG = System.getLogger(NodePorts.class.getName());

  /// Upstream's figure: so often a port is seen without a service when it is given back.
  private static final int LEAK_SEEN_MAX = 3;

  private static final Bytes KEY = Bytes.utf8("/registry/ranges/servicenodeports");

  private final Range range;
  private final ResourceType services;
  private final Supplier<ObjectView> views;
  private final ReentrantLock changing = new ReentrantLock(true);

  /// How often the repair has seen a port that no service has.
  private final Map<Long, Integer> leaks = new HashMap<>();

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
    if (bitmap.hasChanged()) {
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
      return ofServices(view).anew();
    }
    Bytes value = pending == null ? stored.getFirst().value() : pending;
    Optional<RangeAllocation> allocation = RangeAllocation.read(value.array());
    if (allocation.isEmpty()) {
      LOG.log(
          System.Logger.Level.WARNING,
          "{0} cannot be read (expected: a RangeAllocation): made anew of what services have",
          KEY);
    }
    // Of another range, or the empty one that another server begins with: nothing that it says is
    // about these ports.
    return allocation
        .filter(one -> one.range().equals(range.text()))
        .map(one -> new NodePortBitmap(range, one.bits()))
        .orElseGet(() -> ofServices(view).anew());
  }

  /// Marks the ports that services have and that the object does not know of, as those of services that others wrote; and gives back
  /// those that no service has, once it has seen them so often that whoever takes a port before it writes the service has had the
  /// time to. For one thread.
  void repair(ObjectTransaction transaction) {
    change(
        transaction,
        bitmap -> {
          NodePortBitmap had = ofServices(views.get());
          for (long port = range.first(); port <= range.last(); port++) {
            if (had.isTaken(port)) {
              leaks.remove(port);
              if (!bitmap.isTaken(port)) {
                bitmap.take(port);
              }
            } else if (bitmap.isTaken(port)) {
              repairLeak(port, bitmap);
            } else {
              leaks.remove(port);
            }
          }
        });
  }

  private void repairLeak(long port, NodePortBitmap bitmap) {
    if (leaks.merge(port, 1, Integer::sum) >= LEAK_SEEN_MAX) {
      bitmap.release(port);
      leaks.remove(port);
    }
  }

  /// What the services themselves say, while nothing else does. One that cannot be read says nothing, and takes nothing from the
  /// others.
  private NodePortBitmap ofServices(ObjectView view) {
    NodePortBitmap bitmap = new NodePortBitmap(range, BigInteger.ZERO);
    for (KeyValue kv : view.range(RangeRequest.of(Keys.range(services, ""))).entries()) {
      try {
        ServiceNumbers.of(view.read(services, kv).tree()).ports().forEach(bitmap::take);
      } catch (RuntimeException unreadable) {
        LOG.log(System.Logger.Level.WARNING, "%s cannot be read".formatted(kv.key()), unreadable);
      }
    }
    return bitmap;
  }
}
