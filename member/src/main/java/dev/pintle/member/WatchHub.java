package dev.pintle.member;

import dev.pintle.kernel.keyspace.KeyRange;
import dev.pintle.kernel.watch.WatchEvent;
import java.util.List;

/// The place where watchers register. A watcher is a cursor over the shared log of changes plus a filter; it holds no
/// queue of its own.
public interface WatchHub {
  /// Opens a stream of watchers that share one consumer, as one gRPC stream or one HTTP response does.
  Stream open(Sink sink);

  interface Stream extends AutoCloseable {
    /// Starts a watcher. `id` is the caller's, unique in the stream.
    void create(long id, Spec spec);

    /// Ends a watcher. Notices of it that are on their way may still arrive; after them none.
    void cancel(long id);

    /// Asks for one [Notice.Progress] for the whole stream once every watcher of it has been given all there is.
    void requestProgress();

    /// The consumer can take more again after [Sink#accept] answered false.
    void resume();

    @Override
    void close();
  }

  /// The wishes of a watcher.
  ///
  /// @param startRevision the first revision wanted; 0 for what happens from now on; may lie in the future
  /// @param previous whether [WatchEvent#previous] must be filled
  /// @param progress whether an idle watcher is told the current revision from time to time
  record Spec(
      KeyRange range,
      long startRevision,
      boolean puts,
      boolean deletes,
      boolean previous,
      boolean progress) {}

  /// The consumer of a stream. Calls never overlap; they come from the hub's thread and must not wait.
  @FunctionalInterface
  interface Sink {
    /// Takes `notices`, always; answers false when no more are wanted until [Stream#resume].
    boolean accept(List<Notice> notices);
  }

  sealed interface Notice {
    long watchId();

    /// The watcher is registered; `revision` is the store's at that moment.
    record Created(long watchId, long revision) implements Notice {}

    /// Events of one watcher, in revision order; a revision is never split over two notices.
    ///
    /// @param revision the store's revision when the notice was made
    record Events(long watchId, long revision, List<WatchEvent> events) implements Notice {}

    /// The progress of a watcher: everything up to `revision` was delivered; watch id -1 speaks for the whole stream.
    record Progress(long watchId, long revision) implements Notice {}

    /// The watcher ended because its next revision was compacted away.
    record Compacted(long watchId, long revision, long compactedRevision) implements Notice {}
  }
}
