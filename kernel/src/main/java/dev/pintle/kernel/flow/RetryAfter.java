package dev.pintle.kernel.flow;

import java.util.ArrayDeque;

/// The time after which clients of a level should try again, in seconds: doubled while many are turned away, and one less after a second
/// in which few were. Times are whole seconds of a clock that never goes back.
public final class RetryAfter {
  private static final long SECONDS_MAX = 32;

  /// Requests turned away a second, for each second of waiting, from which on clients come too soon.
  private static final int MANY = 3;

  private final ArrayDeque<Second> past = new ArrayDeque<>();
  private long second = Long.MIN_VALUE;
  private long inSecond;
  private long seconds = 1;
  private long doubledAt = Long.MIN_VALUE;

  private record Second(long at, long requests) {}

  public long seconds() {
    return seconds;
  }

  /// Notes a request that is turned away.
  public void note(long now) {
    if (now == second) {
      inSecond++;
      return;
    }
    if (inSecond > 0) {
      past.addLast(new Second(second, inSecond));
      long kept = Math.min(2 * seconds, SECONDS_MAX);
      while (second - past.getFirst().at() > kept) {
        past.removeFirst();
      }
    }
    second = now;
    inSecond = 1;
    adjust(now);
  }

  private void adjust(long now) {
    long dropped = 0;
    for (Second one : past) {
      dropped += now - one.at() <= seconds && one.at() < now ? one.requests() : 0;
    }
    boolean mayDouble = doubledAt == Long.MIN_VALUE || now - doubledAt >= seconds;
    if (mayDouble && dropped >= MANY * seconds) {
      seconds = Math.min(2 * seconds, SECONDS_MAX);
      doubledAt = now;
    } else if (dropped < seconds && seconds > 1) {
      seconds--;
    }
  }
}
