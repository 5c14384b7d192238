package dev.pintle.member;

import dev.pintle.kernel.keyspace.KeyRange;
import dev.pintle.kernel.watch.WatchEvent;
import java.util.List;

/// The place where watchers register. A watcher is a cursor over the shared log of changes plus a filter; it holds no
/// queue of its own.
public interface WatchHub {
  /// Opens a stream of watchers that share one consumer, as one gRPC stream or one HTTP response does.
  Stream open(Sink sink);

  /// For whoever need not know when a watcher has caught up.
  Runnable NOBODY = () -> {};

  /// The counts of the hub, for whoever looks at it from outside.
  ///
  /// @param behind of the watchers, those that have yet to be given something that happened
  /// @param eventsSent since the start
  record WatchCounts(long streams, long watchers, long behind, long eventsSent) {
    public static final WatchCounts NONE = new WatchCounts(0, 0, 0, 0);
  }

  default WatchCounts counts() {
    return WatchCounts.NONE;
  }

  interface Stream extends AutoCloseable {
    /// Starts a watcher. `id` is the caller's, unique in the stream.
    default void create(long id, Spec spec) {
      create(id, spec, NOBODY);
    }

    /// As [#create(long, Spec)].
    ///
    /// @param caughtUp is run once, on the hub's thread or the caller's, when nothing is being done for the watcher any more to bring it to
    ///     the present: it was given all there was, its consumer takes no more for now, or it ended
    void create(long id, Spec spec, Runnable caughtUp);

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
