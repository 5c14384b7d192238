package dev.pintle.bench.hostile;

import java.time.Duration;

/// The force with which an attack is tried.
///
/// @param warmUp how long the probe goes about its errands before anything is measured
/// @param calm how long it is measured on a server that nobody attacks
/// @param time how long an attack goes on that could go on for ever
/// @param share of the full number of connections, objects and streams
/// @param clientsMax clients that send the same costly request at the same time
/// @param settlingMax looks at the most, of [ServerTrial#AFTER] each, for whether the attack before is felt no more
public record AttackScale(
    Duration warmUp, Duration calm, Duration time, double share, int clientsMax, int settlingMax) {
  public static final AttackScale FULL =
      new AttackScale(
          Duration.ofSeconds(10), Duration.ofSeconds(3), Duration.ofSeconds(3), 1, 8, 80);

  /// For a look at every attack within a minute or two.
  public static final AttackScale SHORT =
      new AttackScale(
          Duration.ofMillis(500), Duration.ofMillis(500), Duration.ofMillis(150), 0.1, 4, 4);

  public AttackScale withShare(double changed) {
    return new AttackScale(warmUp, calm, time, changed, clientsMax, settlingMax);
  }

  public AttackScale within(Duration changed) {
    return new AttackScale(warmUp, calm, changed, share, clientsMax, settlingMax);
  }

  int of(int full) {
    return (int) Math.max(1, full * share);
  }
}
