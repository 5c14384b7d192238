package dev.pintle.kube.allocation;

import dev.pintle.kube.protobuf.RangeAllocation;
import java.math.BigInteger;

/// The bitmap of allocated node ports, as `/registry/ranges/servicenodeports` keeps it for every server of the cluster. Of
/// one thread.
final class NodePortBitmap {
  private final Range range;
  private BigInteger bits;
  private boolean changed;

  NodePortBitmap(Range range, BigInteger bits) {
    this.range = range;
    this.bits = bits;
  }

  /// One that is to be stored even when no port is taken or released any more.
  NodePortBitmap anew() {
    changed = true;
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
    }
  }

  void release(long port) {
    if (range.contains(port)) {
      bits = bits.clearBit(index(port));
      changed = true;
    }
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
