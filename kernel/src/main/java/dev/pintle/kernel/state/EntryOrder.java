package dev.pintle.kernel.state;

import dev.pintle.kernel.keyspace.KeyValue;
import dev.pintle.kernel.keyspace.RangeRequest.Sort;
import dev.pintle.kernel.keyspace.RangeRequest.SortOrder;
import dev.pintle.kernel.keyspace.RangeRequest.SortTarget;
import java.util.Comparator;
import java.util.List;

/// The orders in which a range can be answered. Equal entries stay in the order of their keys.
final class EntryOrder {
  private EntryOrder() {}

  /// Sorts `entries`, which are in the order of their keys.
  static void sort(List<KeyValue> entries, Sort sort) {
    if (sort.target() == SortTarget.KEY && sort.order() != SortOrder.DESCEND) {
      return;
    }
    Comparator<KeyValue> ascending = by(sort.target());
    entries.sort(sort.order() == SortOrder.DESCEND ? ascending.reversed() : ascending);
  }

  private static Comparator<KeyValue> by(SortTarget target) {
    return switch (target) {
      case KEY -> Comparator.comparing(KeyValue::key);
      case VERSION -> Comparator.comparingLong(KeyValue::version);
      case CREATE -> Comparator.comparingLong(KeyValue::createRevision);
      case MOD -> Comparator.comparingLong(KeyValue::modRevision);
      case VALUE -> Comparator.comparing(KeyValue::value);
    };
  }
}
