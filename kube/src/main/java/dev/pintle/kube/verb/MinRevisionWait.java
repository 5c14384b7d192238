package dev.pintle.kube.verb;

import dev.pintle.kernel.keyspace.KeyRange;
import dev.pintle.kube.status.StatusErrors;
import dev.pintle.kube.store.ObjectView;
import dev.pintle.member.WatchHub;
import dev.pintle.member.WatchHub.Notice;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/// The wait of a read that may not show less than a revision that the client knows of, perhaps from another member or an
/// earlier life of the store. Such a revision is waited for a little: every revision has an event, so a watch of all keys
/// from that revision on tells when it came.
public final class MinRevisionWait implements WatchHub.Sink {
  /// How long a request waits for a revision; upstream's figure.
  static final long WAIT_SECONDS_MAX = 3;

  private static final long WATCH_ID = 1;

  private final CountDownLatch arrived = new CountDownLatch(1);

  private MinRevisionWait() {}

  /// A view that shows at least revision `wanted`: `view` when it does; waits, on a thread that may.
  ///
  /// @param wanted unsigned
  /// @throws dev.pintle.kube.status.StatusError 504 when the revision does not come in time
  public static ObjectView atLeast(VerbContext context, long wanted, ObjectView view) {
    if (Long.compareUnsigned(wanted, view.revision()) <= 0) {
      return view;
    }
    MinRevisionWait wait = new MinRevisionWait();
    try (WatchHub.Stream arrivals = context.member().watches().open(wait)) {
      // Above the largest signed number no revision ever comes.
      if (wanted > 0) {
        arrivals.create(
            WATCH_ID, new WatchHub.Spec(KeyRange.ALL, wanted, true, true, false, false));
      }
      if (!wait.arrived.await(WAIT_SECONDS_MAX, TimeUnit.SECONDS)) {
        throw StatusErrors.futureVersion(wanted, context.view().revision());
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      throw StatusErrors.unavailable("the server is stopping");
    }
    return context.view();
  }

  @Override
  public boolean accept(List<Notice> notices) {
    for (Notice notice : notices) {
      switch (notice) {
        case Notice.Created _, Notice.Progress _ -> {}
        // Compacted means: long there.
        case Notice.Events _, Notice.Compacted _ -> arrived.countDown();
      }
    }
    return true;
  }
}
