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
import dev.pintle.kube.worker.FairExecutor;
import java.math.BigInteger;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Supplier;

/// The node ports of all services, in one object that is changed in the transaction of a service. A port is chosen while others are kept
/// from choosing, and is from then on nobody else's until the transaction is over; the object is written once all else that belongs
/// to the transaction is known. So those of this process never overtake each other, and nobody waits for what admission asks about
/// somebody else's service. The guard of the object stops those of other processes.
final class NodePorts {
  private static final System.Logger LOG = System.getLogger(NodePorts.class.getName());

  /// Upstream's figure: so often a port is seen without a service when it is given back.
  private static final int LEAK_SEEN_MAX = 3;

  private static final Bytes KEY = Bytes.utf8("/registry/ranges/servicenodeports");

  private final Range range;
  private final ResourceType services;
  private final Supplier<ObjectView> views;

  // Held while ports are chosen or given up, and never while anybody is waited for.
  private final ReentrantLock choosing = new ReentrantLock();

  /// The ports that transactions under way are going to take. Guarded by `choosing`.
  private final Set<Long> pending = new HashSet<>();

  // Held while the object is being written.
  private final ReentrantLock writing = new ReentrantLock(true);

  /// How often the repair has seen a port that no service has. Guarded by `writing`.
  private final Map<Long, Integer> leaks = new HashMap<>();

  NodePorts(Range range, ResourceType services, Supplier<ObjectView> views) {
    this.range = range;
    this.services = services;
    this.views = views;
  }

  Range range() {
    return range;
  }

  /// Lets `change` take and release ports, and has the commit of the transaction write the outcome.
  void change(ObjectTransaction transaction, Consumer<NodePortBitmap> change) {
    choosing.lock();
    try {
      Change mine = transaction.shared() instanceof Change known ? known : null;
      Set<Long> others = new HashSet<>(pending);
      if (mine != null) {
        others.removeAll(mine.reserved);
      }
      // Read under the lock: what others of this process did is there, or pending.
      NodePortBitmap bitmap = at(views.get()).without(others);
      if (mine != null) {
        bitmap.with(mine.taken, mine.released);
      }
      change.accept(bitmap);
      if (bitmap.hasChanged()) {
        if (mine == null) {
          mine = new Change();
          transaction.share(mine);
          transaction.onClose(mine::giveUp);
        }
        mine.take(bitmap);
      }
    } finally {
      choosing.unlock();
    }
  }

  /// The part of one transaction in the object.
  private final class Change implements ObjectTransaction.SharedPart {
    private final Set<Long> reserved = new HashSet<>(0);
    private Set<Long> taken = Set.of();
    private Set<Long> released = Set.of();

    void take(NodePortBitmap bitmap) {
      taken = bitmap.taken();
      released = bitmap.released();
      reserved.addAll(taken);
      pending.addAll(taken);
    }

    void giveUp() {
      choosing.lock();
      try {
        pending.removeAll(reserved);
      } finally {
        choosing.unlock();
      }
    }

    @Override
    public OptionalLong commit(ObjectTransaction transaction, Supplier<OptionalLong> write) {
      if (!writing.tryLock()) {
        FairExecutor.away(NodePorts.this::awaitWriting);
      }
      try {
        Stored stored = stored(views.get());
        // Whoever writes past this process, and the repair that follows, may have been faster.
        if (taken.stream().anyMatch(stored.bitmap()::isTaken)) {
          return OptionalLong.empty();
        }
        stored.bitmap().with(taken, released);
        put(transaction, stored);
        return write.get();
      } finally {
        writing.unlock();
      }
    }
  }

  private boolean awaitWriting() {
    writing.lock();
    return true;
  }

  /// The object as it lies in the store.
  private record Stored(NodePortBitmap bitmap, long version) {}

  private static void put(ObjectTransaction transaction, Stored stored) {
    if (stored.bitmap().hasChanged()) {
      transaction
          .unchanged(KEY, stored.version())
          .put(KEY, Bytes.wrap(stored.bitmap().allocation().write()));
    }
  }

  /// What is given as `view` shows it, for those who only look.
  NodePortBitmap at(ObjectView view) {
    return stored(view).bitmap();
  }

  private Stored stored(ObjectView view) {
    List<KeyValue> found = view.range(RangeRequest.of(KeyRange.point(KEY))).entries();
    return found.isEmpty()
        ? new Stored(ofServices(view).anew(), 0)
        : new Stored(read(found.getFirst().value(), view), found.getFirst().modRevision());
  }

  private NodePortBitmap read(Bytes value, ObjectView view) {
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
  /// time to. The transaction must be this alone, and be committed and closed at once: all others wait for it to write.
  void repair(ObjectTransaction transaction) {
    writing.lock();
    transaction.onClose(writing::unlock);
    ObjectView view = views.get();
    Stored stored = stored(view);
    NodePortBitmap bitmap = stored.bitmap();
    NodePortBitmap had = ofServices(view);
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
    put(transaction, stored);
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
