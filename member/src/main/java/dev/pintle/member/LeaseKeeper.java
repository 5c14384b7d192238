package dev.pintle.member;

import dev.pintle.kernel.Bytes;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/// The time side of leases: who is alive, and for how long. Granting and revoking are commands; renewing is not logged.
public interface LeaseKeeper {
  /// Starts the lease's time anew; answers the granted time to live in seconds, or empty when there is no such lease.
  Optional<Long> keepAlive(long id);

  Optional<TimeToLive> timeToLive(long id);

  /// The whole seconds that a lease has left, without looking for its keys; empty when there is no such lease.
  OptionalLong remainingSeconds(long id);

  List<Long> ids();

  /// An unused id for a grant whose caller chose none.
  long newId();

  /// The time that a lease has left.
  ///
  /// @param remainingSeconds whole seconds left, rounded as etcd does
  record TimeToLive(long id, long grantedSeconds, long remainingSeconds, List<Bytes> keys) {}
}
