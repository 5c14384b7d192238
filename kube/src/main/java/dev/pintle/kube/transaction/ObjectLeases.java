package dev.pintle.kube.transaction;

import dev.pintle.kernel.command.Command;
import dev.pintle.kernel.command.Outcome;
import dev.pintle.kernel.command.Outcome.Refused;
import dev.pintle.kube.schema.ResourceType;
import dev.pintle.kube.status.StatusError;
import dev.pintle.kube.status.StatusErrors;
import dev.pintle.member.Member;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;

/// The leases of the store that objects hang on which go by themselves: Events. One lease is for many objects, so that few are
/// granted: for those that are written within a twentieth of their time, at most a minute, and for no more than a thousand. Its time is
/// so much longer.
public final class ObjectLeases {
  private static final Set<String> EVENT_GROUPS = Set.of("", "events.k8s.io");
  private static final int OBJECTS_MAX = 1_000;
  private static final int SHARE = 20;
  private static final long SHARED_SECONDS_MAX = 60;

  /// What the store takes, less what a lease is longer.
  private static final long TTL_SECONDS_MAX = 9_000_000_000L - SHARED_SECONDS_MAX;

  private final Member member;
  private final long ttlSeconds;
  private final ReentrantLock lock = new ReentrantLock();
  private long lease;
  private int objects;

  /// @param eventTtl how long an Event is kept; zero for ever
  public ObjectLeases(Member member, Duration eventTtl) {
    this.member = member;
    this.ttlSeconds = Math.min(eventTtl.toSeconds(), TTL_SECONDS_MAX);
  }

  /// The lease for one write of an object, 0 for an object that stays. May wait.
  ///
  /// @throws StatusError when the store grants none
  public long of(ResourceType type) {
    if (ttlSeconds == 0
        || !type.plural().equals("events")
        || !EVENT_GROUPS.contains(type.group())) {
      return 0;
    }
    lock.lock();
    try {
      boolean lasts = member.leases().remainingSeconds(lease).orElse(0) >= ttlSeconds;
      if (!lasts || objects >= OBJECTS_MAX) {
        lease = grant(member, ttlSeconds + Math.min(ttlSeconds / SHARE, SHARED_SECONDS_MAX));
        objects = 0;
      }
      objects++;
      return lease;
    } finally {
      lock.unlock();
    }
  }

  /// A new lease; waits.
  ///
  /// @throws StatusError when the store grants none
  public static long grant(Member member, long seconds) {
    long id = member.leases().newId();
    return switch (member.execute(new Command.LeaseGrant(id, seconds))) {
      case Outcome.LeaseGranted granted -> granted.id();
      case Refused.LeaseExists _ -> grant(member, seconds);
      case Refused.TooManyRequests _ ->
          throw StatusErrors.tooManyRequests("Too many requests, please try again later.");
      case Refused.NotTaken not -> throw StatusErrors.unavailable(not.reason());
      case Refused.TimedOut(var reason) -> throw StatusErrors.bare(500, reason);
      case Outcome.Applied other -> throw unexpected(other);
      case Refused.CompactedRevision other -> throw unexpected(other);
      case Refused.FutureRevision other -> throw unexpected(other);
      case Refused.KeyNotFound other -> throw unexpected(other);
      case Refused.LeaseNotFound other -> throw unexpected(other);
      case Refused.LeaseTtlTooLarge other -> throw unexpected(other);
      case Refused.NoRoom other -> throw unexpected(other);
      case Refused.Unauthorized other -> throw unexpected(other);
    };
  }

  private static StatusError unexpected(Outcome outcome) {
    return StatusErrors.internal("a grant of a lease was answered by " + outcome);
  }
}
