package dev.pintle.kube.store;

import dev.pintle.kernel.Bytes;
import dev.pintle.kube.schema.ResourceType;
import dev.pintle.kube.worker.FairExecutor;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// The memory of objects that had to be translated. Bounded by number and bytes; what was not asked for the longest goes first. For any
/// threads.
final class TranslatedObjects {
  private static final int OBJECTS_MAX = 4_096;

  /// The part of the heap that they may take.
  private static final int HEAP_SHARE = 32;

  private final long bytesMax = Runtime.getRuntime().maxMemory() / HEAP_SHARE;
  private final ReentrantLock using = new ReentrantLock();
  // By how recently they were asked for; guarded by `using`, as are the bytes.
  private final Map<Asked, StoredObject> known = new LinkedHashMap<>(64, 0.75f, true);
  private long bytes;
  private final Map<Asked, CompletableFuture<StoredObject>> underWay = new ConcurrentHashMap<>();

  /// A question for an object.
  ///
  /// @param version of the value
  /// @param type as which it is shown
  record Asked(Bytes key, long version, ResourceType type) {}

  @Nullable StoredObject find(Asked asked) {
    using.lock();
    try {
      return known.get(asked);
    } finally {
      using.unlock();
    }
  }

  void put(Asked asked, StoredObject made) {
    using.lock();
    try {
      StoredObject before = known.put(asked, made);
      bytes += size(made) - (before == null ? 0 : size(before));
      Iterator<StoredObject> eldest = known.values().iterator();
      while (known.size() > OBJECTS_MAX || (bytes > bytesMax && known.size() > 1)) {
        bytes -= size(eldest.next());
        eldest.remove();
      }
    } finally {
      using.unlock();
    }
  }

  private static long size(StoredObject object) {
    return object.storedBytes().length;
  }

  /// Makes what somebody else has to be waited for, once for all who ask meanwhile; who makes it and who waits is on a thread that may
  /// wait. What fails fails for all of them, and is tried again by whoever asks next.
  StoredObject shared(Asked asked, Supplier<StoredObject> make) {
    CompletableFuture<StoredObject> mine = new CompletableFuture<>();
    CompletableFuture<StoredObject> theirs = underWay.putIfAbsent(asked, mine);
    if (theirs != null) {
      return FairExecutor.away(() -> await(theirs));
    }
    try {
      StoredObject made = make.get();
      put(asked, made);
      mine.complete(made);
      return made;
    } catch (RuntimeException | StackOverflowError failed) {
      mine.completeExceptionally(failed);
      throw failed;
    } finally {
      underWay.remove(asked, mine);
    }
  }

  private static StoredObject await(CompletableFuture<StoredObject> made) {
    try {
      return made.join();
    } catch (CompletionException failed) {
      throw failed.getCause() instanceof RuntimeException cause ? cause : failed;
    }
  }
}
