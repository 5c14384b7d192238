package dev.pintle.sim.flow;

import java.time.Duration;

/// The habits of a client.
///
/// @param hash of its flow
/// @param atOnce requests that it has under way at a time
/// @param seatsMax of a request; each has from 1 to so many
/// @param serviceMax how long a request is executed, at most
/// @param pause between the end of a request and the next one, at most
/// @param patience how long a request may wait
/// @param lingering whether some requests keep seats after their answer
/// @param hangUpPercent of its requests that it hangs up on after a while
public record FlowHabit(
    long hash,
    int atOnce,
    int seatsMax,
    Duration serviceMax,
    Duration pause,
    Duration patience,
    boolean lingering,
    int hangUpPercent) {
  private static final Duration PATIENCE = Duration.ofMinutes(1);

  /// Asks for as much as it can get.
  public static FlowHabit elephant(long hash, int atOnce, int seatsMax, Duration serviceMax) {
    return new FlowHabit(hash, atOnce, seatsMax, serviceMax, Duration.ZERO, PATIENCE, false, 0);
  }

  /// Asks for one small thing after the other.
  public static FlowHabit mouse(long hash) {
    Duration service = Duration.ofMillis(2);
    return new FlowHabit(hash, 1, 1, service, Duration.ofMillis(20), PATIENCE, false, 0);
  }

  /// Loses its patience soon, hangs up often and writes what many watch.
  public static FlowHabit restless(long hash, int atOnce) {
    Duration service = Duration.ofMillis(30);
    Duration pause = Duration.ofMillis(10);
    return new FlowHabit(hash, atOnce, 12, service, pause, Duration.ofMillis(300), true, 20);
  }
}
