package dev.pintle.kube.endpoint;

import dev.pintle.kube.object.Json;
import dev.pintle.kube.object.JsonArray;
import dev.pintle.kube.object.JsonObject;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// The one way in which the subsets of Endpoints are written: ports with the same addresses stand together, and addresses are in order.
/// Of an address that is ready and not, the latter counts.
final class SubsetPacking {
  private static final String READY = "addresses";
  private static final String NOT_READY = "notReadyAddresses";
  private static final String PORTS = "ports";

  /// Stands for the ports of subsets without any.
  private static final JsonObject NO_PORT = new JsonObject();

  private static final Comparator<JsonObject> ADDRESS_ORDER =
      Comparator.comparing((JsonObject address) -> address.textOrEmpty("ip"))
          .thenComparing(SubsetPacking::uid);

  private static final Comparator<JsonObject> PORT_ORDER =
      Comparator.comparing((JsonObject port) -> port.textOrEmpty("name"))
          .thenComparingLong(port -> port.wholeOrZero("port"))
          .thenComparing(port -> port.textOrEmpty("protocol"));

  private static final Comparator<JsonObject> SUBSET_ORDER =
      Comparator.comparing((JsonObject subset) -> subset.arrayOrEmpty(PORTS).toString())
          .thenComparing(JsonObject::toString);

  /// The addresses, by what tells them apart.
  private final Map<Key, JsonObject> addresses = new LinkedHashMap<>();

  /// Which addresses each port has, and whether they are ready.
  private final Map<JsonObject, Map<Key, Boolean>> ports = new LinkedHashMap<>();

  private record Key(String ip, String uid) {}

  private static String uid(JsonObject address) {
    return address.objectOrEmpty("targetRef").textOrEmpty("uid");
  }

  /// @param subsets in whatever form
  static JsonArray packed(JsonArray subsets) {
    SubsetPacking packing = new SubsetPacking();
    for (JsonObject subset : subsets.objects()) {
      List<JsonObject> own = subset.objects(PORTS);
      for (JsonObject port : own.isEmpty() ? List.of(NO_PORT) : own) {
        subset.objects(READY).forEach(address -> packing.add(port, address, true));
        subset.objects(NOT_READY).forEach(address -> packing.add(port, address, false));
      }
    }
    return packing.packed();
  }

  void add(JsonObject port, JsonObject address, boolean ready) {
    Key key = new Key(address.textOrEmpty("ip"), uid(address));
    addresses.putIfAbsent(key, address);
    ports.computeIfAbsent(port, _ -> new LinkedHashMap<>()).merge(key, ready, Boolean::logicalAnd);
  }

  /// An address that is reached without a port.
  void add(JsonObject address, boolean ready) {
    add(NO_PORT, address, ready);
  }

  JsonArray packed() {
    Map<Map<Key, Boolean>, List<JsonObject>> together = new LinkedHashMap<>();
    ports.forEach((port, own) -> {
      List<JsonObject> same = together.computeIfAbsent(own, _ -> new ArrayList<>());
      if (!port.isEmpty()) {
        same.add(port);
      }
    });
    List<JsonObject> subsets = new ArrayList<>();
    together.forEach((own, same) -> subsets.add(subset(own, same)));
    subsets.sort(SUBSET_ORDER);
    JsonArray packed = new JsonArray();
    subsets.forEach(packed::add);
    return packed;
  }

  private JsonObject subset(Map<Key, Boolean> own, List<JsonObject> same) {
    JsonObject subset = new JsonObject();
    List<JsonObject> ready = new ArrayList<>();
    List<JsonObject> notReady = new ArrayList<>();
    own.forEach((key, isReady) -> {
      JsonObject address = addresses.get(key);
      if (address != null) {
        (isReady ? ready : notReady).add(address);
      }
    });
    put(subset, READY, ready, ADDRESS_ORDER);
    put(subset, NOT_READY, notReady, ADDRESS_ORDER);
    put(subset, PORTS, same, PORT_ORDER);
    return subset;
  }

  private static void put(
      JsonObject subset, String name, List<JsonObject> objects, Comparator<JsonObject> order) {
    if (!objects.isEmpty()) {
      JsonArray array = new JsonArray();
      objects.stream().sorted(order).forEach(each -> array.add(each.copy()));
      subset.set(name, array);
    }
  }

  /// How many addresses subsets have together.
  static int size(JsonArray subsets) {
    return total(subsets, READY) + total(subsets, NOT_READY);
  }

  private static int total(JsonArray subsets, String name) {
    return subsets.objects().stream().mapToInt(each -> each.arrayOrEmpty(name).size()).sum();
  }

  /// Leaves of subsets with more than `most` addresses so many, of each about the same part, and those first that are ready.
  static void limit(JsonArray subsets, int most) {
    int ready = total(subsets, READY);
    boolean readyAlone = ready > most;
    String limited = readyAlone ? READY : NOT_READY;
    int all = total(subsets, limited);
    int room = readyAlone ? most : most - ready;
    int left = room;
    for (JsonObject subset : subsets.objects()) {
      JsonArray own = subset.arrayOrEmpty(limited);
      int share = (int) Math.min(left, Math.ceil((double) own.size() / all * room));
      while (own.size() > share) {
        own.remove(own.size() - 1);
      }
      left -= own.size();
      if (readyAlone) {
        subset.remove(NOT_READY);
      }
      if (own.isEmpty()) {
        subset.remove(limited);
      }
    }
  }

  /// Whether subsets say the same; versions of pods do not matter.
  static boolean isSame(JsonArray one, JsonArray other) {
    return unversioned(packed(one)).equals(unversioned(packed(other)));
  }

  private static Json unversioned(JsonArray subsets) {
    for (JsonObject subset : subsets.objects()) {
      for (String name : List.of(READY, NOT_READY)) {
        for (JsonObject address : subset.objects(name)) {
          address.objectOrEmpty("targetRef").remove("resourceVersion");
        }
      }
    }
    return subsets;
  }
}
