package dev.pintle.kube.endpoint;

import dev.pintle.kube.object.JsonObject;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/// The hints of services that ask for `service.kubernetes.io/topology-mode: Auto`: every zone is given endpoints by the part of all
/// processors that its nodes have, its own ones first. Upstream's rules. Thread-safe for different services.
final class TopologyHints {
  private static final String MODE = "service.kubernetes.io/topology-mode";

  /// As [#MODE], which it precedes.
  private static final String FORMER_MODE = "service.kubernetes.io/topology-aware-hints";

  private static final String DISABLED = "TopologyAwareHintsDisabled";

  private final ZoneCapacities capacities;

  /// How many endpoints each zone was given, by service and family.
  private final Map<String, Map<AddressFamily, Map<String, Integer>>> given =
      new ConcurrentHashMap<>();

  /// The services whose hints were told of.
  private final Set<String> enabled = ConcurrentHashMap.newKeySet();

  /// A word to people about the hints of a service.
  record Told(boolean isWarning, String reason, String message) {}

  TopologyHints(ZoneCapacities capacities) {
    this.capacities = capacities;
  }

  static boolean areAskedFor(SelectingService service) {
    String former = service.annotation(FORMER_MODE);
    String mode = former == null ? service.annotation(MODE) : former;
    return "Auto".equals(mode) || "auto".equals(mode);
  }

  /// Whether it can be said what a service should have.
  boolean isReady() {
    return capacities.shares().isPresent();
  }

  /// Whether any service has hints.
  boolean isUsed() {
    return !given.isEmpty();
  }

  /// The services that a zone of theirs has too few endpoints of.
  List<String> overloaded() {
    SortedMap<String, Double> parts = capacities.shares().orElseGet(TreeMap::new);
    List<String> services = new ArrayList<>();
    given.forEach((service, byFamily) -> {
      if (byFamily.values().stream().anyMatch(own -> ZoneAllotment.isOverloaded(own, parts))) {
        services.add(service);
      }
    });
    return services;
  }

  /// Gives the slices of one family of a service the hints that they should have.
  ///
  /// @param existing as they are stored
  void put(
      String service,
      AddressFamily family,
      List<JsonObject> existing,
      SliceChanges changes,
      List<Told> told) {
    String impossible = allotted(service, family, existing, changes, told);
    if (impossible != null) {
      told.add(new Told(true, DISABLED, of(impossible, family)));
      drop(service, family);
      TrafficHints.NONE.apply(existing, changes);
    }
  }

  private static String of(String message, AddressFamily family) {
    return message + ", addressType: " + family.text();
  }

  /// Why it cannot be done; null when it is.
  private @Nullable String allotted(
      String service,
      AddressFamily family,
      List<JsonObject> existing,
      SliceChanges changes,
      List<Told> told) {
    List<JsonObject> unchanged = changes.unchanged(existing);
    long endpoints = ready(changes.created()) + ready(changes.updated()) + ready(unchanged);
    SortedMap<String, Double> parts = capacities.shares().orElseGet(TreeMap::new);
    return switch (ZoneAllotment.of(parts, (int) endpoints)) {
      case ZoneAllotment.Impossible(var why) -> why;
      case ZoneAllotment.Possible(var shares) -> {
        Map<String, Integer> byZone = kept(unchanged, shares, changes);
        List<JsonObject> open = new ArrayList<>(changes.created());
        open.addAll(changes.updated());
        if (!giveToOwnZones(open, byZone)) {
          yield "One or more endpoints do not have a zone specified";
        }
        move(open, byZone, ZoneAllotment.moves(shares, byZone));
        given.merge(service, Map.of(family, byZone), TopologyHints::both);
        if (enabled.add(service)) {
          String message = of("Topology Aware Hints has been enabled", family);
          told.add(new Told(false, "TopologyAwareHintsEnabled", message));
        }
        yield null;
      }
    };
  }

  private static long ready(List<JsonObject> slices) {
    return slices.stream()
        .mapToLong(
            slice -> slice.objects("endpoints").stream().filter(TrafficHints::isReady).count())
        .sum();
  }

  private static Map<AddressFamily, Map<String, Integer>> both(
      Map<AddressFamily, Map<String, Integer>> before,
      Map<AddressFamily, Map<String, Integer>> more) {
    Map<AddressFamily, Map<String, Integer>> all = new HashMap<>(before);
    all.putAll(more);
    return Map.copyOf(all);
  }

  /// Leaves slices as they are whose hints can stay; the others are changed, too.
  ///
  /// @return how many endpoints zones have by them
  private static Map<String, Integer> kept(
      List<JsonObject> unchanged,
      SortedMap<String, ZoneAllotment.Share> shares,
      SliceChanges changes) {
    Map<String, Integer> byZone = new HashMap<>();
    for (JsonObject slice : unchanged) {
      Map<String, Integer> own = hinted(slice, shares, byZone);
      if (own == null) {
        changes.updated().add(slice.copy());
      } else {
        own.forEach((zone, endpoints) -> byZone.merge(zone, endpoints, Integer::sum));
      }
    }
    return byZone;
  }

  /// How many endpoints of a slice have a hint at each zone; null when one has none, or a zone has more by them than it may.
  private static @Nullable Map<String, Integer> hinted(
      JsonObject slice,
      SortedMap<String, ZoneAllotment.Share> shares,
      Map<String, Integer> before) {
    Map<String, Integer> own = new HashMap<>();
    for (JsonObject endpoint : slice.objects("endpoints")) {
      if (!TrafficHints.isReady(endpoint)) {
        continue;
      }
      List<JsonObject> zones = TrafficHints.zones(endpoint);
      if (zones.isEmpty()) {
        return null;
      }
      for (JsonObject each : zones) {
        String zone = each.textOrEmpty("name");
        ZoneAllotment.Share share = shares.get(zone);
        int now = own.merge(zone, 1, Integer::sum);
        if (share == null || now + before.getOrDefault(zone, 0) > share.most()) {
          return null;
        }
      }
    }
    return own;
  }

  /// Answers false when one has no zone.
  private static boolean giveToOwnZones(List<JsonObject> slices, Map<String, Integer> byZone) {
    for (JsonObject slice : slices) {
      for (JsonObject endpoint : slice.objects("endpoints")) {
        String zone = endpoint.textOrEmpty("zone");
        if (!TrafficHints.isReady(endpoint)) {
          continue;
        }
        if (zone.isEmpty()) {
          return false;
        }
        byZone.merge(zone, 1, Integer::sum);
        TrafficHints.setZone(endpoint, zone);
      }
    }
    return true;
  }

  private static void move(
      List<JsonObject> slices, Map<String, Integer> byZone, ZoneAllotment.Moves moves) {
    for (JsonObject slice : slices) {
      for (JsonObject endpoint : slice.objects("endpoints")) {
        if (moves.giving().isEmpty() || moves.receiving().isEmpty()) {
          return;
        }
        String from = endpoint.textOrEmpty("zone");
        if (TrafficHints.isReady(endpoint) && moves.giving().containsKey(from)) {
          String to = moves.receiving().firstKey();
          TrafficHints.setZone(endpoint, to);
          takeOne(moves.giving(), from);
          takeOne(moves.receiving(), to);
          byZone.merge(to, 1, Integer::sum);
          byZone.merge(from, -1, Integer::sum);
        }
      }
    }
  }

  private static void takeOne(Map<String, Integer> endpoints, String zone) {
    endpoints.computeIfPresent(zone, (_, left) -> left == 1 ? null : left - 1);
  }

  /// Says that a service does not ask for them, or no longer.
  void end(String service, AddressFamily family, List<Told> told) {
    if (enabled.contains(service)) {
      String message = of("Topology Aware Hints has been disabled", family);
      told.add(new Told(true, DISABLED, message));
    }
    drop(service, family);
  }

  /// Forgets what one family of a service was given. Upstream tells anew of those of the other family then, and so does this.
  void drop(String service, AddressFamily family) {
    given.computeIfPresent(
        service,
        (_, byFamily) -> {
          Map<AddressFamily, Map<String, Integer>> left = new HashMap<>(byFamily);
          left.remove(family);
          return left.isEmpty() ? null : Map.copyOf(left);
        });
    enabled.remove(service);
  }

  void forget(String service) {
    given.remove(service);
    enabled.remove(service);
  }
}
