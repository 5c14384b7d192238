package dev.pintle.embed;

import dev.pintle.member.clock.MovableTime;
import dev.pintle.server.Program;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/// The time of a server's cluster, which runs as that of the machine does, and which a test moves ahead: leases and Events run out, tokens
/// are refused, what controllers do after a while they do, and objects that are made then are stamped with the new hour.
///
/// What belongs to connections is not moved: time limits of requests and watches, places in queues, certificates of TLS.
public final class ServerClock implements InstantSource {
  private final Program program;
  private final MovableTime time;

  ServerClock(Program program, MovableTime time) {
    this.program = program;
    this.time = time;
  }

  /// The hour in the cluster.
  @Override
  public Instant instant() {
    return time.hour().instant();
  }

  /// How far it was moved ahead of the machine's.
  public Duration ahead() {
    return time.ahead();
  }

  /// Moves it ahead. When this returns, keys whose lease has run out are gone (Events are such keys), and what controllers were to do
  /// after a while has begun: it follows within milliseconds, as after any write, and a watch tells of it. What was due several times
  /// in between happens once, as after the sleep of a machine.
  ///
  /// @param duration not negative
  /// @throws IllegalArgumentException when it is negative, or leads more than a hundred years ahead of the machine
  /// @throws IllegalStateException when the server is closed
  public void advance(Duration duration) {
    if (program.isClosing()) {
      throw new IllegalStateException("advance: of a closed server (expected: one that is open)");
    }
    time.advance(duration);
  }
}
