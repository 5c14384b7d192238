package dev.pintle.etcd.auth;

import dev.pintle.kernel.Bytes;
import dev.pintle.kernel.auth.AuthImage;
import dev.pintle.kernel.auth.AuthUser;
import dev.pintle.kernel.auth.Requester;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/// Tokens that mean something only here: sixteen random letters, a dot, and a number. They are kept in memory, live for a while after they
/// were used last, and die with the process, with their user, with its password, and when checking of permissions ends.
public final class SimpleTokens implements TokenProvider {
  public static final Duration TTL_DEFAULT = Duration.ofMinutes(5);

  /// The oldest goes when there are more: whoever showed it asks for another one, as clients do.
  private static final int TOKENS_MAX = 200_000;

  private static final int LETTERS = 16;
  private static final String ALPHABET = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ";

  /// No store is ever at it, so that the first use looks for the user.
  private static final long NEVER_SEEN = 0;

  /// So many that have run out are forgotten each time one is made.
  private static final int FORGOTTEN_AT_ONCE = 4;

  private final long ttlNanos;
  private final LongSupplier nanos;
  private final SecureRandom random = new SecureRandom();
  private final Map<String, Issued> tokens = new ConcurrentHashMap<>();

  /// All that are known, in the order in which their lives began or were last seen to go on.
  private final ArrayDeque<Issued> byAge = new ArrayDeque<>();

  private final ReentrantLock lock = new ReentrantLock();

  /// @param nanos a clock that does not go back
  public SimpleTokens(Duration ttl, LongSupplier nanos) {
    if (!ttl.isPositive()) {
      throw new IllegalArgumentException("token ttl: %s (expected: above zero)".formatted(ttl));
    }
    this.ttlNanos = ttl.toNanos();
    this.nanos = nanos;
  }

  private static final class Issued {
    final String token;
    final Bytes user;
    final long credentialRevision;
    final long disabledRevision;

    /// Written by whichever thread uses it; that one may overwrite the other's does no harm.
    volatile long usedNanos;

    /// When it was last used as known where it stands in the queue.
    long queuedNanos;

    /// The user as last seen, for as long as nothing about users changes.
    volatile Requester known;

    Issued(String token, AuthUser user, AuthImage auth, long nanos) {
      this.token = token;
      this.user = user.name();
      this.credentialRevision = user.credentialRevision();
      this.disabledRevision = auth.disabledRevision();
      this.usedNanos = nanos;
      this.queuedNanos = nanos;
      this.known = new Requester(user.name(), NEVER_SEEN);
    }
  }

  @Override
  public String issue(AuthImage auth, AuthUser user, long index) {
    StringBuilder token = new StringBuilder(LETTERS + 12);
    for (int i = 0; i < LETTERS; i++) {
      token.append(ALPHABET.charAt(random.nextInt(ALPHABET.length())));
    }
    Issued issued =
        new Issued(token.append('.').append(index).toString(), user, auth, nanos.getAsLong());
    lock.lock();
    try {
      forgetOld();
      tokens.put(issued.token, issued);
      byAge.add(issued);
    } finally {
      lock.unlock();
    }
    return issued.token;
  }

  private void forgetOld() {
    long now = nanos.getAsLong();
    for (int i = 0; i < FORGOTTEN_AT_ONCE && !byAge.isEmpty(); i++) {
      Issued oldest = byAge.getFirst();
      boolean gone = isOver(oldest, now) || !tokens.containsKey(oldest.token);
      if (!gone && oldest.usedNanos == oldest.queuedNanos) {
        break;
      }
      byAge.removeFirst();
      if (gone) {
        tokens.remove(oldest.token);
      } else {
        oldest.queuedNanos = oldest.usedNanos;
        byAge.add(oldest);
      }
    }
    if (byAge.size() >= TOKENS_MAX) {
      tokens.remove(byAge.removeFirst().token);
    }
  }

  int size() {
    return tokens.size();
  }

  private boolean isOver(Issued issued, long now) {
    return now - issued.usedNanos > ttlNanos;
  }

  @Override
  public @Nullable Requester requester(AuthImage auth, String token) {
    Issued issued = tokens.get(token);
    if (issued == null) {
      return null;
    }
    long now = nanos.getAsLong();
    if (isOver(issued, now)) {
      tokens.remove(token, issued);
      return null;
    }
    Requester known = issued.known;
    if (known.authRevision() != auth.revision()) {
      if (!isStillProved(auth, issued)) {
        tokens.remove(token, issued);
        return null;
      }
      known = new Requester(issued.user, auth.revision());
      issued.known = known;
    }
    issued.usedNanos = now;
    return known;
  }

  private static boolean isStillProved(AuthImage auth, Issued issued) {
    return issued.disabledRevision == auth.disabledRevision()
        && auth.user(issued.user)
            .filter(user -> user.credentialRevision() == issued.credentialRevision)
            .isPresent();
  }
}
