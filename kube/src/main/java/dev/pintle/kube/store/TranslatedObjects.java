package dev.pintle.kube.store;

import dev.pintle.kernel.Bytes;
import dev.pintle.kube.request.OnBehalf;
import dev.pintle.kube.schema.ResourceType;
import dev.pintle.kube.status.StatusErrors;
import dev.pintle.kube.worker.FairExecutor;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
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
  // Empty where the time of whoever made it was over, which says nothing to the others.
  private final Map<Asked, CompletableFuture<Optional<StoredObject>>> underWay =
      new ConcurrentHashMap<>();

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
  /// wait, each no longer than the request may take. What fails fails for all of them, and is tried again by whoever asks next; that the
  /// one who makes it has no more time ends it for none of the others.
  StoredObject shared(Asked asked, Supplier<StoredObject> make) {
    while (true) {
      CompletableFuture<Optional<StoredObject>> mine = new CompletableFuture<>();
      CompletableFuture<Optional<StoredObject>> theirs = underWay.putIfAbsent(asked, mine);
      if (theirs == null) {
        return made(asked, make, mine);
      }
      Optional<StoredObject> made = FairExecutor.away(() -> await(theirs));
      if (made.isPresent()) {
        return made.get();
      }
    }
  }

  private StoredObject made(
      Asked asked, Supplier<StoredObject> make, CompletableFuture<Optional<StoredObject>> mine) {
    try {
      StoredObject made = make.get();
      put(asked, made);
      mine.complete(Optional.of(made));
      return made;
    } catch (RuntimeException | StackOverflowError failed) {
      underWay.remove(asked, mine);
      if (OnBehalf.isOver()) {
        mine.complete(Optional.empty());
      } else {
        mine.completeExceptionally(failed);
      }
      throw failed;
    } finally {
      underWay.remove(asked, mine);
    }
  }

  private static Optional<StoredObject> await(CompletableFuture<Optional<StoredObject>> made) {
    try {
      return made.get(OnBehalf.left().toNanos(), TimeUnit.NANOSECONDS);
    } catch (ExecutionException failed) {
      throw failed.getCause() instanceof RuntimeException cause
          ? cause
          : new IllegalStateException("translating an object", failed);
    } catch (TimeoutException _) {
      throw StatusErrors.timeout("request did not complete within the allotted timeout");
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      throw StatusErrors.unavailable("the server is stopping");
    }
  }
}
