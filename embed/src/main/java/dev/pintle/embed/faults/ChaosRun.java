package dev.pintle.embed.faults;

import dev.pintle.embed.requests.ReceivedRequest;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.locks.ReentrantLock;

/// A chaos at work: it counts how often the same is asked for.
final class ChaosRun {
  /// Of what was asked for longest ago the count is forgotten first.
  private static final int COUNTED_MAX = 20_000;

  private final Chaos chaos;
  private final ReentrantLock lock = new ReentrantLock();

  /// Guarded by `lock`.
  private final Map<Asked, Integer> counts = new LinkedHashMap<>(64, 0.75f, true);

  /// The matter of a request.
  private record Asked(
      String verb, String group, String resource, String part, String namespace, String name) {
    static Asked of(ReceivedRequest request) {
      return new Asked(
          request.verb(),
          request.group(),
          request.resource().isEmpty() ? request.uri() : request.resource(),
          request.subresource(),
          request.namespace(),
          request.name());
    }
  }

  ChaosRun(Chaos chaos) {
    this.chaos = chaos;
  }

  Optional<Fault> faultsOf(ReceivedRequest request) {
    if (!chaos.filter().matches(request)) {
      return Optional.empty();
    }
    double drawn = drawn(Asked.of(request));
    double upTo = 0;
    for (Chaos.Part part : chaos.parts()) {
      if (part.fault().fits(request)) {
        upTo += part.rate();
        if (drawn < upTo) {
          return Optional.of(part.fault());
        }
      }
    }
    return Optional.empty();
  }

  private double drawn(Asked asked) {
    int before;
    lock.lock();
    try {
      before = counts.merge(asked, 1, Integer::sum) - 1;
      if (counts.size() > COUNTED_MAX) {
        counts.remove(counts.keySet().iterator().next());
      }
    } finally {
      lock.unlock();
    }
    // Texts have the same hash in every JVM, and so do records of texts in practice; spelled out to
    // rely on texts alone.
    long key = 31L * words(asked).hashCode() + before;
    return new SplittableRandom(new SplittableRandom(chaos.seed() ^ key).nextLong()).nextDouble();
  }

  private static String words(Asked asked) {
    return String.join(
        "\n",
        asked.verb(),
        asked.group(),
        asked.resource(),
        asked.part(),
        asked.namespace(),
        asked.name());
  }
}
