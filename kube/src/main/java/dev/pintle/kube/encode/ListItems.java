package dev.pintle.kube.encode;

import dev.pintle.kube.store.StoredObject;
import java.util.List;

/// The objects of a list, read a few at a time as they are wanted, all as they were at one revision.
@FunctionalInterface
public interface ListItems {
  /// The next ones, in order; none when there are no more. Reads the store.
  ///
  /// @throws dev.pintle.kube.status.StatusError 410 when the revision was compacted meanwhile
  List<StoredObject> next();

  /// Objects that are there already.
  static ListItems of(List<StoredObject> items) {
    return new ListItems() {
      private List<StoredObject> left = items;

      @Override
      public List<StoredObject> next() {
        List<StoredObject> now = left;
        left = List.of();
        return now;
      }
    };
  }
}
