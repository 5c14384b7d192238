package dev.pintle.member;

import dev.pintle.kernel.Bytes;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.LongConsumer;

/// The time side of leases: who is alive, and for how long. Granting and revoking are commands; renewing is not logged.
public interface LeaseKeeper {
  /// Starts the lease's time anew; answers the granted time to live in seconds, or empty when there is no such lease.
  Optional<Long> keepAlive(long id);

  /// As [#keepAlive(long)], for whoever is promised the time: after it a start gives the lease no less.
  ///
  /// @param answered is told the granted time to live in seconds, 0 when there is no such lease; at once or from the thread that
  ///     publishes, and must not wait
  default void keepAlive(long id, LongConsumer answered) {
    answered.accept(keepAlive(id).orElse(0L));
  }

  /// @param keys whether its keys are wanted; takes as long as there are many
  Optional<TimeToLive> timeToLive(long id, boolean keys);

  /// As [#timeToLive(long, boolean)], with its keys.
  default Optional<TimeToLive> timeToLive(long id) {
    return timeToLive(id, true);
  }

  /// The whole seconds that a lease has left, without looking for its keys; empty when there is no such lease.
  OptionalLong remainingSeconds(long id);

  /// Those that run out first come first; takes as long as there are leases.
  List<Long> ids();

  /// An unused id for a grant whose caller chose none.
  long newId();

  /// The time that a lease has left.
  ///
  /// @param remainingSeconds whole seconds left, rounded as etcd does
  record TimeToLive(long id, long grantedSeconds, long remainingSeconds, List<Bytes> keys) {}
}
