package dev.pintle.kube.verb;

import dev.pintle.kernel.keyspace.KeyRange;
import dev.pintle.kube.status.Status;
import dev.pintle.kube.status.StatusErrors;
import dev.pintle.kube.store.ObjectView;
import dev.pintle.member.WatchHub;
import dev.pintle.member.WatchHub.Notice;
import java.util.List;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

/// Reads that may not show less than a revision that the client knows of, perhaps from another member or an earlier life of the
/// store. What is not there yet is waited for a little: every revision has an event, so a watch of all keys from that revision
/// on tells when it came.
public final class MinRevisionWait implements WatchHub.Sink {
  /// How long a request waits for a revision; upstream's figure.
  static final long WAIT_SECONDS_MAX = 3;

  private static final long WATCH_ID = 1;

  private final VerbContext services;
  private final long wanted;
  private final Consumer<? super Status> refused;
  private final Consumer<? super ObjectView> then;
  private final AtomicBoolean over = new AtomicBoolean();
  private final WatchHub.Stream arrivals;
  private final ScheduledFuture<?> end;

  private MinRevisionWait(
      VerbContext services,
      long wanted,
      Consumer<? super Status> refused,
      Consumer<? super ObjectView> then) {
    this.services = services;
    this.wanted = wanted;
    this.refused = refused;
    this.then = then;
    this.arrivals = services.member().watches().open(this);
    this.end = services.timers().schedule(this::giveUp, WAIT_SECONDS_MAX, TimeUnit.SECONDS);
  }

  /// Goes on with `view` where it shows revision `wanted`; else, later and elsewhere, with one that does.
  ///
  /// @param wanted unsigned
  /// @param refused is told that the revision did not come in time
  public static void atLeast(
      VerbContext services,
      long wanted,
      ObjectView view,
      Consumer<? super Status> refused,
      Consumer<? super ObjectView> then) {
    if (Long.compareUnsigned(wanted, view.revision()) <= 0) {
      then.accept(view);
    } else {
      new MinRevisionWait(services, wanted, refused, then).await();
    }
  }

  private void await() {
    // Above the largest signed number no revision ever comes.
    if (wanted > 0) {
      arrivals.create(WATCH_ID, new WatchHub.Spec(KeyRange.ALL, wanted, true, true, false, false));
    }
  }

  @Override
  public boolean accept(List<Notice> notices) {
    for (Notice notice : notices) {
      switch (notice) {
        case Notice.Created _, Notice.Progress _ -> {}
        // Compacted means: long there.
        case Notice.Events _, Notice.Compacted _ -> settle(() -> then.accept(services.view()));
      }
    }
    return true;
  }

  private void giveUp() {
    settle(() ->
        refused.accept(StatusErrors.futureVersion(wanted, services.view().revision()).status()));
  }

  private void settle(Runnable step) {
    if (over.compareAndSet(false, true)) {
      end.cancel(false);
      Later.run(
          services,
          refused,
          () -> {
            arrivals.close();
            step.run();
          });
    }
  }
}
