package dev.pintle.kube.bootstrap;

import dev.pintle.kernel.command.Command;
import dev.pintle.kernel.command.Command.Operation;
import dev.pintle.kernel.command.Outcome;
import dev.pintle.kube.allocation.ServiceRanges;
import dev.pintle.kube.authz.Authorizer;
import dev.pintle.kube.controller.ServingAddress;
import dev.pintle.kube.metrics.ControllerFailures;
import dev.pintle.kube.schema.ResourceType;
import dev.pintle.kube.schema.TypeSnapshot;
import dev.pintle.kube.status.StatusError;
import dev.pintle.kube.verb.EnsureExists;
import dev.pintle.kube.verb.EnsureExists.Unmade;
import dev.pintle.kube.verb.EnsureExists.Wanted;
import dev.pintle.kube.verb.VerbContext;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Collectors;

/// The maker of the objects that a cluster starts with. A policy or a webhook may refuse any of them; then the others are made all the
/// same, and the refused ones are tried again until they are there, so that the server starts whatever is said of them. What cannot be
/// made for any other reason fails the start.
public final class BootObjects implements AutoCloseable {
  private static final String NAME = "kube-boot-objects";

  /// What the namespaces may take, before any request is answered.
  private static final Duration NAMESPACES_TIME = Duration.ofSeconds(5);

  /// Upstream's figure.
  private static final Duration ROUND_TIME = Duration.ofSeconds(30);

  private static final long RETRY_SECONDS_MAX = 60;

  private final VerbContext context;
  private final ControllerFailures failures;
  private final Authorizer authorizer;
  private final ReentrantLock lock = new ReentrantLock();
  // Both are guarded by `lock`.
  private Future<?> next = CompletableFuture.completedFuture(null);
  private boolean closed;

  /// @param authorizer is told what is there, and what is not yet
  public BootObjects(VerbContext context, ControllerFailures failures, Authorizer authorizer) {
    this.context = context;
    this.failures = failures;
    this.authorizer = authorizer;
    failures.register(NAME);
  }

  /// Makes the namespaces that are there before any request is answered, as far as admission lets them; waits.
  ///
  /// @throws dev.pintle.kube.status.StatusError when one cannot be made for another reason
  public void makeNamespaces(ResourceType namespaces) {
    report(made(BuiltInNamespaces.wanted(namespaces), NAMESPACES_TIME));
  }

  /// Makes what is missing, in one write where nobody objects; waits. What admission refuses is tried again from time to time.
  ///
  /// @param at where the server listens
  /// @throws dev.pintle.kube.status.StatusError when something cannot be made for another reason
  public void make(TypeSnapshot types, ServiceRanges ranges, ServingAddress at) {
    settle(made(Bootstrap.objects(context, types, ranges, at), ROUND_TIME), 1);
    try {
      Bootstrap.followRanges(context, types, ranges);
    } catch (StatusError refused) {
      requireOfAdmission(refused);
      failures.add(NAME, "the network of services", refused);
    }
  }

  /// Writes what was made beforehand, all at once; waits.
  ///
  /// @throws IllegalStateException when the store takes no writes
  public void sow(List<Operation> writes) {
    Outcome outcome = context.member().execute(new Command.Txn(List.of(), writes, List.of()));
    if (!(outcome instanceof Outcome.Applied)) {
      throw new IllegalStateException(
          "the first objects: refused by the store: %s (expected: one that takes writes)"
              .formatted(outcome));
    }
    relyOnStore();
  }

  /// Makes nothing: what is not there is not to be.
  public void relyOnStore() {
    authorizer.relyOnStore(Set.of(), Set.of(), context.view().revision());
  }

  /// Answers what admission refused.
  private List<Unmade> made(List<Wanted> wanted, Duration time) {
    List<Unmade> unmade = EnsureExists.asFarAsPossible(context, wanted, time);
    unmade.forEach(each -> requireOfAdmission(each.why()));
    return unmade;
  }

  private static void requireOfAdmission(RuntimeException why) {
    if (!(why instanceof StatusError refused && refused.isOfAdmission())) {
      throw why;
    }
  }

  private void settle(List<Unmade> unmade, long retrySeconds) {
    report(unmade);
    List<Wanted> left = unmade.stream().map(Unmade::wanted).toList();
    authorizer.relyOnStore(
        names(left, "ClusterRole"), names(left, "ClusterRoleBinding"), context.view().revision());
    if (!left.isEmpty()) {
      schedule(left, retrySeconds);
    }
  }

  private static Set<String> names(List<Wanted> wanted, String kind) {
    return wanted.stream()
        .filter(each -> each.type().kind().equals(kind))
        .map(Wanted::name)
        .collect(Collectors.toSet());
  }

  private void schedule(List<Wanted> left, long retrySeconds) {
    lock.lock();
    try {
      if (!closed) {
        next =
            context
                .timers()
                .schedule(
                    () -> context.workers().execute(() -> again(left, retrySeconds)),
                    retrySeconds,
                    TimeUnit.SECONDS);
      }
    } finally {
      lock.unlock();
    }
  }

  private void again(List<Wanted> left, long retrySeconds) {
    List<Wanted> turned = new ArrayList<>(left.subList(1, left.size()));
    // One that takes all the time does not stand before the others for ever.
    turned.add(left.getFirst());
    settle(
        EnsureExists.eachAlone(context, turned, ROUND_TIME),
        Math.min(2 * retrySeconds, RETRY_SECONDS_MAX));
  }

  private void report(List<Unmade> unmade) {
    if (!unmade.isEmpty()) {
      Unmade first = unmade.getFirst();
      String others = unmade.size() == 1 ? "" : " and %d more".formatted(unmade.size() - 1);
      failures.add(NAME, first.wanted().title() + others, first.why());
    }
  }

  /// Tries nothing again any more.
  @Override
  public void close() {
    lock.lock();
    try {
      closed = true;
      next.cancel(false);
    } finally {
      lock.unlock();
    }
  }
}
