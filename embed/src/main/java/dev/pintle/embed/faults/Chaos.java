package dev.pintle.embed.faults;

import dev.pintle.embed.requests.RequestFilter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;

/// Faults at random: each has a rate, the part of the requests with which it can happen that it befalls, from 0 to 1. Immutable.
///
/// What befalls a request depends on the seed, on its verb, resource, namespace and name, and on how many such requests came before it: not on
/// what is asked for otherwise at the same time. A client that sends the same requests meets the same faults again by the same seed.
public final class Chaos {
  /// The system property that has the seed of [#random], where it is set.
  public static final String SEED_PROPERTY = "pintle.chaos.seed";

  private final long seed;
  private final RequestFilter filter;
  private final List<Part> parts;

  /// A fault and its rate.
  record Part(double rate, Fault fault) {}

  private Chaos(long seed, RequestFilter filter, List<Part> parts) {
    this.seed = seed;
    this.filter = filter;
    this.parts = List.copyOf(parts);
  }

  /// One with this seed, without faults so far.
  public static Chaos seeded(long seed) {
    return new Chaos(seed, RequestFilter.any(), List.of());
  }

  /// One with a seed by chance, or that of the system property [#SEED_PROPERTY], without faults so far.
  ///
  /// @throws IllegalArgumentException when the property is set and no number
  public static Chaos random() {
    String given = System.getProperty(SEED_PROPERTY, "");
    try {
      return seeded(
          given.isEmpty() ? ThreadLocalRandom.current().nextLong() : Long.parseLong(given));
    } catch (NumberFormatException bad) {
      throw new IllegalArgumentException(
          "%s: %s (expected: a whole number)".formatted(SEED_PROPERTY, given), bad);
    }
  }

  /// The number by which it can be repeated.
  public long seed() {
    return seed;
  }

  /// The same for these requests only.
  ///
  /// @throws IllegalArgumentException as [Fault#on], for faults that are added later too
  public Chaos on(RequestFilter wanted) {
    Fault.unavailable().on(wanted);
    return new Chaos(seed, wanted, parts);
  }

  /// The same with another fault. [Fault#times] and [Fault#after] say nothing here.
  ///
  /// @param rate from 0 to 1
  /// @throws IllegalArgumentException when all rates together are more than 1
  public Chaos with(double rate, Fault fault) {
    double all = rate + parts.stream().mapToDouble(Part::rate).sum();
    if (!(rate >= 0) || all > 1 + 1e-9) {
      throw new IllegalArgumentException(
          "rate: %s for %s, %s for all (expected: from 0 to 1)".formatted(rate, fault, all));
    }
    List<Part> more = new ArrayList<>(parts);
    more.add(new Part(rate, fault));
    return new Chaos(seed, filter, more);
  }

  /// The same with the faults that a careful client survives, which share this rate: conflicts, 429, 500, 503, delays of 50 ms, cuts before and after
  /// the effect, expired lists and watches, watches that are cut after an event, lost bookmarks.
  ///
  /// @param rate from 0 to 1
  public Chaos withEverything(double rate) {
    List<Fault> all =
        List.of(
            Fault.conflict(),
            Fault.tooManyRequests(Duration.ofSeconds(1)),
            Fault.internalError(),
            Fault.unavailable(),
            Fault.slow(Duration.ofMillis(50)),
            Fault.cutBeforeEffect(),
            Fault.cutAfterEffect(),
            Fault.expired(),
            Fault.cutWatch(1),
            Fault.lostBookmarks());
    Chaos more = this;
    for (Fault each : all) {
      more = more.with(rate / all.size(), each);
    }
    return more;
  }

  RequestFilter filter() {
    return filter;
  }

  List<Part> parts() {
    return parts;
  }

  List<Fault> faults() {
    return parts.stream().map(Part::fault).toList();
  }

  /// The seed first.
  @Override
  public String toString() {
    return "chaos with seed %d (-D%s=%d): %d faults on %s"
        .formatted(seed, SEED_PROPERTY, seed, parts.size(), filter);
  }
}
