package dev.pintle.kube.encode;

import dev.pintle.kube.store.StoredObject;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The objects of a list, read a few at a time as they are wanted, all as they were at one revision.
@FunctionalInterface
public interface ListItems {
  /// The next ones, in order; none when there are no more. Reads the store.
  ///
  /// @throws dev.pintle.kube.status.StatusError 410 when the revision was compacted meanwhile
  List<StoredObject> next();

  /// The next ones as the items of a list in JSON, with a comma before each, where these bytes lie ready; null where they have to be
  /// made of [#next]. Not to be changed.
  default byte @Nullable [] nextEncoded() {
    return null;
  }

  /// As [#nextEncoded], without a look at the store, and so for an event loop, too; nothing in it after the last item.
  default byte @Nullable [] nextAtHand() {
    return null;
  }

  /// Whether [#nextAtHand] would hand something out.
  default boolean isAtHand() {
    return false;
  }

  /// Takes the bytes that were made of the newest [#next], for lists to come.
  default void encoded(byte[] bytes) {}

  /// Objects that are there already, handed out some hundred kilobytes at a time: what is made of them at once is bounded too.
  static ListItems of(List<StoredObject> items) {
    return new ListItems() {
      private static final long BYTES_AT_ONCE = 256L << 10;
      private int next;

      @Override
      public List<StoredObject> next() {
        int from = next;
        long bytes = 0;
        while (next < items.size() && bytes < BYTES_AT_ONCE) {
          bytes += items.get(next).storedBytes().length;
          next++;
        }
        return items.subList(from, next);
      }
    };
  }
}
