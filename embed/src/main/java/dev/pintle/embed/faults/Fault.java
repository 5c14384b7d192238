package dev.pintle.embed.faults;

import dev.pintle.embed.requests.ReceivedRequest;
import dev.pintle.embed.requests.RequestFilter;
import dev.pintle.kube.intercept.InjectedFault;
import dev.pintle.kube.intercept.InjectedFault.Refusal;
import dev.pintle.kube.request.Query;
import java.time.Duration;
import java.util.Collections;
import java.util.Set;
import java.util.TreeSet;

/// A fault that befalls requests, once it is placed by [FaultInjection#add]: what goes wrong, for which requests ([#on]), how often ([#times]) and from which on
/// ([#after]). Immutable: each method answers another fault. What is answered is what the server itself says when such a thing happens.
///
/// ```java
/// server.faults().add(Fault.conflict().on(RequestFilter.any().verb("update").resource("configmaps").name("mine")).times(2));
/// ```
///
/// Requests that are refused for other reasons first, such as missing rights, meet no fault. Neither do the server's own controllers, unless that
/// is asked for ([#alsoOfControllers]).
public final class Fault {
  private static final Set<String> WRITES = Set.of("create", "update", "patch", "delete");
  private static final Set<String> CHANGES =
      Set.of("create", "update", "patch", "delete", "deletecollection");
  private static final Set<String> READS = Set.of("get", "list");
  private static final Set<String> WATCHES = Set.of("watch");

  /// For ever.
  private static final int ALWAYS = Integer.MAX_VALUE;

  private final String text;
  private final InjectedFault fault;
  private final Set<String> verbs;
  private final RequestFilter filter;
  private final int times;
  private final int after;
  private final boolean own;

  /// @param verbs with which it can happen; empty for all
  private Fault(
      String text,
      InjectedFault fault,
      Set<String> verbs,
      RequestFilter filter,
      int times,
      int after,
      boolean own) {
    this.text = text;
    this.fault = fault;
    this.verbs = verbs;
    this.filter = filter;
    this.times = times;
    this.after = after;
    this.own = own;
  }

  private static Fault of(String text, InjectedFault fault, Set<String> verbs) {
    return new Fault(text, fault, verbs, RequestFilter.any(), ALWAYS, 0, false);
  }

  /// A write of one object refused with 409: a `create` because the object exists already, all else because the object has been modified.
  public static Fault conflict() {
    return of("conflict", new InjectedFault.Refused(Refusal.CONFLICT), WRITES);
  }

  /// History that is gone, 410 `Expired`: a list is refused, a watch begins and is told by an event that its version is too old.
  public static Fault expired() {
    return of("expired", new InjectedFault.Refused(Refusal.EXPIRED), Set.of("list", "watch"));
  }

  /// Refused with 429 and `Retry-After`.
  ///
  /// @param retryAfter at least a second; parts of a second count as a whole one
  public static Fault tooManyRequests(Duration retryAfter) {
    long seconds = retryAfter.plusSeconds(1).minusNanos(1).toSeconds();
    if (seconds < 1 || seconds > Integer.MAX_VALUE) {
      throw new IllegalArgumentException(
          "retry after: %s (expected: a second or more)".formatted(retryAfter));
    }
    return of(
        "too many requests, retry after %d s".formatted(seconds),
        new InjectedFault.Throttled((int) seconds),
        Set.of());
  }

  /// Refused with 500 `InternalError`.
  public static Fault internalError() {
    return of("internal error", new InjectedFault.Refused(Refusal.INTERNAL_ERROR), Set.of());
  }

  /// Refused with 503 `ServiceUnavailable`.
  public static Fault unavailable() {
    return of("unavailable", new InjectedFault.Refused(Refusal.UNAVAILABLE), Set.of());
  }

  /// A write refused as the server refuses it whose disk is full: with 503 and the reason, and nothing is written. Reads go on.
  public static Fault fullDisk() {
    return of("full disk", new InjectedFault.Refused(Refusal.FULL_DISK), CHANGES);
  }

  /// An answer that begins later: the request is worked on once the time is over, by the clock of the machine, or once its client has gone or the
  /// server is being closed. It counts among the requests that are worked on meanwhile: of one connection 32 are at once, others wait.
  ///
  /// @param delay more than none, at most an hour; what takes longer than 60 seconds and is no watch is answered 504 then
  public static Fault slow(Duration delay) {
    if (delay.isNegative() || delay.isZero() || delay.compareTo(Duration.ofHours(1)) > 0) {
      throw new IllegalArgumentException(
          "delay: %s (expected: more than none, at most an hour)".formatted(delay));
    }
    return of(
        "slow by %d ms".formatted(delay.toMillis()), new InjectedFault.Delayed(delay), Set.of());
  }

  /// A connection that breaks before the request is worked on: it has no effect, and no answer. Over HTTP/2 it is the stream alone that is
  /// reset.
  public static Fault cutBeforeEffect() {
    return of("cut before its effect", new InjectedFault.Cut(false), Set.of());
  }

  /// A connection that breaks once the request has taken effect, without a word of the answer: its client cannot know that it was done. Over
  /// HTTP/2 it is the stream alone that is reset.
  public static Fault cutAfterEffect() {
    return of("cut after its effect", new InjectedFault.Cut(true), Set.of());
  }

  /// A watch that breaks in place of an event, which its client does not get: a watch that begins from now on. For those that are open see
  /// [FaultInjection#cutWatches].
  ///
  /// @param events how many are sent before, bookmarks too; not negative
  public static Fault cutWatch(int events) {
    require(events >= 0, "events", events, "not negative");
    return of(
        "watch cut after %d events".formatted(events), new InjectedFault.CutWatch(events), WATCHES);
  }

  /// A watch without its bookmarks, also without the one that says that all initial objects were sent.
  public static Fault lostBookmarks() {
    return of("lost bookmarks", new InjectedFault.NoBookmarks(), WATCHES);
  }

  /// A read as it was so many revisions ago: of one object (404 where it was not there), or a list that goes on from no page, where the request
  /// names no version, or `0`. A real server answers so where `0` is named, from a cache that lags behind.
  ///
  /// @param revisions at least one; where history begins later, it is as it was then
  public static Fault stale(long revisions) {
    require(revisions >= 1, "revisions", revisions, "at least one");
    return of(
        "stale by %d revisions".formatted(revisions),
        new InjectedFault.Stale(revisions, true),
        READS);
  }

  /// As [#stale], as it was at a revision, such as one that `PintleServer.revision()` answered.
  ///
  /// @param revision at least one
  public static Fault staleSince(long revision) {
    require(revision >= 1, "revision", revision, "at least one");
    return of("stale since revision " + revision, new InjectedFault.Stale(revision, false), READS);
  }

  /// The same, for these requests only, of those with which it can happen.
  ///
  /// @throws IllegalArgumentException when the filter asks how a request ended, or for no verb with which this fault can happen
  public Fault on(RequestFilter wanted) {
    if (wanted.asksForEnd()) {
      throw new IllegalArgumentException(
          "fault: %s on %s (expected: nothing about the end of requests, which it comes before)"
              .formatted(text, wanted));
    }
    if (!verbs.isEmpty()
        && !wanted.verbs().isEmpty()
        && Collections.disjoint(verbs, wanted.verbs())) {
      throw new IllegalArgumentException(
          "fault: %s on %s (expected: one of %s)"
              .formatted(text, wanted, String.join(", ", new TreeSet<>(verbs))));
    }
    return new Fault(text, fault, verbs, wanted, times, after, own);
  }

  /// The same, so many times and no more; without it, always.
  ///
  /// @param count at least one
  public Fault times(int count) {
    require(count >= 1, "times", count, "at least one");
    return new Fault(text, fault, verbs, filter, count, after, own);
  }

  /// The same, after so many requests that it lets pass.
  ///
  /// @param count not negative
  public Fault after(int count) {
    require(count >= 0, "after", count, "not negative");
    return new Fault(text, fault, verbs, filter, times, count, own);
  }

  /// The same, for requests of the server's own controllers too, which otherwise meet no fault. Their users are service accounts of
  /// `kube-system`, such as `system:serviceaccount:kube-system:namespace-controller`, and `system:apiserver`.
  ///
  /// @throws IllegalArgumentException when it is neither a refusal nor a delay
  public Fault alsoOfControllers() {
    boolean can =
        switch (fault) {
          case InjectedFault.Refused _, InjectedFault.Throttled _, InjectedFault.Delayed _ -> true;
          case InjectedFault.Cut _,
              InjectedFault.CutWatch _,
              InjectedFault.NoBookmarks _,
              InjectedFault.Stale _ ->
              false;
        };
    if (!can) {
      throw new IllegalArgumentException(
          "fault: %s of controllers (expected: a refusal or a delay)".formatted(text));
    }
    return new Fault(text, fault, verbs, filter, times, after, true);
  }

  boolean isOfControllers() {
    return own;
  }

  private static void require(boolean right, String what, long given, String expected) {
    if (!right) {
      throw new IllegalArgumentException("%s: %d (expected: %s)".formatted(what, given, expected));
    }
  }

  InjectedFault fault() {
    return fault;
  }

  RequestFilter filter() {
    return filter;
  }

  /// The verbs of the API with which it happens; empty for all.
  Set<String> verbs() {
    if (verbs.isEmpty() || filter.verbs().isEmpty()) {
      return verbs.isEmpty() ? filter.verbs() : verbs;
    }
    Set<String> both = new TreeSet<>(verbs);
    both.retainAll(filter.verbs());
    return both;
  }

  int times() {
    return times;
  }

  /// Whether it is to happen so many times.
  boolean isCounted() {
    return times != ALWAYS;
  }

  int after() {
    return after;
  }

  /// Whether it is no end, so that others may befall the same request.
  boolean isDelay() {
    return fault instanceof InjectedFault.Delayed;
  }

  /// Whether it can befall a request.
  boolean fits(ReceivedRequest request) {
    return (verbs.isEmpty() || verbs.contains(request.verb()))
        && filter.matches(request)
        && (!(fault instanceof InjectedFault.Stale) || isOfAnyMoment(request));
  }

  private static boolean isOfAnyMoment(ReceivedRequest request) {
    int at = request.uri().indexOf('?');
    Query query = at < 0 ? Query.EMPTY : Query.parse(request.uri().substring(at + 1));
    String version = query.text("resourceVersion");
    return (request.subresource().isEmpty() || request.subresource().equals("status"))
        && (version.isEmpty() || version.equals("0"))
        && query.text("continue").isEmpty()
        && query.text("resourceVersionMatch").isEmpty();
  }

  /// What goes wrong, and for which requests.
  @Override
  public String toString() {
    String often = times == ALWAYS ? "" : ", %d times".formatted(times);
    String late = after == 0 ? "" : ", after %d".formatted(after);
    return "%s on %s%s%s".formatted(text, filter, often, late);
  }
}
