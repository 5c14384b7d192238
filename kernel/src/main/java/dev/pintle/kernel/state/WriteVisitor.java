package dev.pintle.kernel.state;

import dev.pintle.kernel.keyspace.KeyValue;

/// A listener that is told of writes, one by one.
@FunctionalInterface
public interface WriteVisitor {
  /// @param sub the place among the writes of one revision
  /// @param write for a deletion the key and the revision, all else zero and empty
  void visit(int sub, KeyValue write, boolean deletion);
}
