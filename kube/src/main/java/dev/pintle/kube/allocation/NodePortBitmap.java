package dev.pintle.kube.allocation;

import dev.pintle.kube.protobuf.RangeAllocation;
import java.math.BigInteger;
import java.util.HashSet;
import java.util.Set;

/// The bitmap of allocated node ports, as `/registry/ranges/servicenodeports` keeps it for every server of the cluster. Of
/// one thread.
final class NodePortBitmap {
  private final Range range;
  private BigInteger bits;
  private boolean changed;
  private final Set<Long> taken = new HashSet<>(0);
  private final Set<Long> released = new HashSet<>(0);

  NodePortBitmap(Range range, BigInteger bits) {
    this.range = range;
    this.bits = bits;
  }

  /// One that is to be stored even when no port is taken or released any more; what was taken so far is where it begins.
  NodePortBitmap anew() {
    changed = true;
    taken.clear();
    released.clear();
    return this;
  }

  boolean isTaken(long port) {
    return range.contains(port) && bits.testBit(index(port));
  }

  /// Marks a port of the range as given; others are nobody's business.
  void take(long port) {
    if (range.contains(port)) {
      bits = bits.setBit(index(port));
      changed = true;
      taken.add(port);
      released.remove(port);
    }
  }

  void release(long port) {
    if (range.contains(port)) {
      bits = bits.clearBit(index(port));
      changed = true;
      if (!taken.remove(port)) {
        released.add(port);
      }
    }
  }

  /// Marks ports as given without a change of what is to be stored: those that others are about to take.
  NodePortBitmap without(Set<Long> others) {
    for (long port : others) {
      bits = bits.setBit(index(port));
    }
    return this;
  }

  /// Begins with what was taken and released before, as if it were done here.
  NodePortBitmap with(Set<Long> takenBefore, Set<Long> releasedBefore) {
    takenBefore.forEach(this::take);
    releasedBefore.forEach(this::release);
    return this;
  }

  /// The ports that were taken here and not given back.
  Set<Long> taken() {
    return Set.copyOf(taken);
  }

  /// The ports that were given back here, but those that were taken here.
  Set<Long> released() {
    return Set.copyOf(released);
  }

  boolean hasChanged() {
    return changed;
  }

  RangeAllocation allocation() {
    return new RangeAllocation(range.text(), bits);
  }

  private int index(long port) {
    return (int) (port - range.first());
  }
}
