package dev.pintle.kube.endpoint;

import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.SortedMap;
import java.util.TreeMap;

/// The number of endpoints of one service that each zone should have, by the part of all processors that are in it. Upstream's figures.
sealed interface ZoneAllotment {
  /// No endpoint should have so much more to do than it would have without hints.
  double OVERLOAD_MAX = 0.2;

  /// So much of what a zone should have is the least that it may have.
  double LEAST_PART = 1 / (1 + OVERLOAD_MAX);

  /// The reason why it cannot be done.
  ///
  /// @param why in upstream's words
  record Impossible(String why) implements ZoneAllotment {}

  /// The shares of all zones.
  record Possible(SortedMap<String, Share> shares) implements ZoneAllotment {}

  /// The endpoints of one zone.
  ///
  /// @param desired not less than `least`
  record Share(int least, int most, double desired) {}

  /// The endpoints that zones have too many of, and those that they lack.
  ///
  /// @param giving by zone, each at least one
  /// @param receiving likewise, as many in all
  record Moves(Map<String, Integer> giving, TreeMap<String, Integer> receiving) {}

  /// @param parts of all processors, by zone; none when they are not known
  /// @param endpoints how many are ready
  static ZoneAllotment of(SortedMap<String, Double> parts, int endpoints) {
    if (parts.isEmpty()) {
      return new Impossible(
          "Insufficient Node information: allocatable CPU or zone not specified on one or more nodes");
    }
    String sizes = " (%d endpoints, %d zones)".formatted(endpoints, parts.size());
    if (parts.size() > endpoints) {
      return new Impossible("Insufficient number of endpoints" + sizes);
    }
    int leastOfAll = 0;
    for (double part : parts.values()) {
      leastOfAll += least(part, endpoints);
    }
    int rest = endpoints - leastOfAll;
    if (rest < 0) {
      return new Impossible(
          "Unable to allocate minimum required endpoints to each zone without exceeding overload threshold"
              + sizes);
    }
    SortedMap<String, Share> shares = new TreeMap<>();
    parts.forEach((zone, part) -> {
      int least = least(part, endpoints);
      shares.put(zone, new Share(least, least + rest, Math.max(part * endpoints, least)));
    });
    return new Possible(shares);
  }

  private static int least(double part, int endpoints) {
    return (int) Math.ceil(part * endpoints * LEAST_PART);
  }

  /// Whether a zone has too few of the endpoints that it was given, now that the parts are others.
  static boolean isOverloaded(Map<String, Integer> given, SortedMap<String, Double> parts) {
    if (given.isEmpty()) {
      return false;
    }
    if (parts.isEmpty()) {
      return true;
    }
    long total = given.values().stream().mapToLong(Integer::longValue).sum();
    return parts.entrySet().stream()
        .anyMatch(part -> {
          Integer own = given.get(part.getKey());
          return own == null || own < (int) Math.ceil(total * part.getValue() * LEAST_PART);
        });
  }

  /// What has to move so that every zone has about what it should: those that have most too many give to those that lack most, as long
  /// as there is half an endpoint to give and half a one lacking, and one of them is a whole one.
  ///
  /// @param given how many each zone has
  static Moves moves(SortedMap<String, Share> shares, Map<String, Integer> given) {
    PriorityQueue<Excess> tooMany = new PriorityQueue<>(Excess.MOST_FIRST);
    PriorityQueue<Excess> tooFew = new PriorityQueue<>(Excess.MOST_FIRST);
    shares.forEach((zone, share) -> {
      double excess = given.getOrDefault(zone, 0) - share.desired();
      if (excess > 0) {
        tooMany.add(new Excess(zone, excess));
      } else if (excess < 0) {
        tooFew.add(new Excess(zone, -excess));
      }
    });
    Moves moves = new Moves(new HashMap<>(), new TreeMap<>());
    while (!tooMany.isEmpty() && !tooFew.isEmpty()) {
      Excess from = tooMany.remove();
      Excess to = tooFew.remove();
      double less = Math.min(from.endpoints(), to.endpoints());
      double more = Math.max(from.endpoints(), to.endpoints());
      if (less < 0.5 || more < 1) {
        break;
      }
      moves.giving().merge(from.zone(), 1, Integer::sum);
      moves.receiving().merge(to.zone(), 1, Integer::sum);
      tooMany.add(from.less());
      tooFew.add(to.less());
    }
    return moves;
  }

  /// The endpoints that a zone has too many or too few.
  record Excess(String zone, double endpoints) {
    /// Upstream takes any of those that are alike; we always the same.
    static final Comparator<Excess> MOST_FIRST =
        Comparator.comparingDouble(Excess::endpoints).reversed().thenComparing(Excess::zone);

    Excess less() {
      return new Excess(zone, endpoints - 1);
    }
  }
}
