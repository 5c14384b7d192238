package dev.pintle.kube.endpoint;

import dev.pintle.kube.format.Addresses;
import dev.pintle.kube.object.Json;
import dev.pintle.kube.object.JsonArray;
import dev.pintle.kube.object.JsonObject;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The slices that one Endpoints object becomes: one for the ports of a subset and each family of addresses.
final class MirroredEndpoints {
  static final int ADDRESSES_MAX = 1_000;
  private static final String LAST_APPLIED = "kubectl.kubernetes.io/last-applied-configuration";

  private final JsonObject endpoints;

  /// What each slice has, by family and ports.
  private final Map<Place, Wanted> wanted = new LinkedHashMap<>();

  private int invalid;
  private int skipped;

  private record Place(String family, Set<Json> ports) {}

  private record Wanted(JsonArray ports, Map<SliceEndpoint.Key, JsonObject> endpoints) {}

  MirroredEndpoints(JsonObject endpoints) {
    this.endpoints = endpoints;
    for (JsonObject subset : SubsetPacking.packed(endpoints.arrayOrEmpty("subsets")).objects()) {
      addAll(subset);
    }
  }

  /// Addresses that are none.
  int invalid() {
    return invalid;
  }

  /// Addresses that are in no slice, invalid ones among them.
  int skipped() {
    return skipped;
  }

  private void addAll(JsonObject subset) {
    JsonArray ports = new JsonArray();
    for (JsonObject port : subset.objects("ports")) {
      ports.add(SelectingService.port(port, port.wholeOrZero("port")));
    }
    List<JsonObject> ready = subset.objects("addresses");
    List<JsonObject> notReady = subset.objects("notReadyAddresses");
    int added = addAll(ready, true, ports, 0);
    added = addAll(notReady, false, ports, added);
    skipped += ready.size() + notReady.size() - added;
  }

  private int addAll(List<JsonObject> addresses, boolean ready, JsonArray ports, int before) {
    int added = before;
    for (JsonObject each : addresses) {
      if (added >= ADDRESSES_MAX) {
        break;
      }
      byte[] address = Addresses.parse(each.textOrEmpty("ip"));
      if (address == null) {
        invalid++;
      } else {
        add(each, address, ready, ports);
        added++;
      }
    }
    return added;
  }

  private void add(JsonObject from, byte[] address, boolean ready, JsonArray ports) {
    AddressFamily family =
        address.length == Addresses.BYTES_V6 ? AddressFamily.V6 : AddressFamily.V4;
    JsonObject endpoint =
        new JsonObject()
            .set("addresses", JsonArray.of(Json.of(Addresses.text(address))))
            .set("conditions", new JsonObject().set("ready", Json.of(ready)));
    SliceEndpoint.set(endpoint, "hostname", from.textOrEmpty("hostname"));
    for (String same : List.of("nodeName", "targetRef")) {
      Json given = from.get(same);
      if (given != null) {
        endpoint.set(same, given.copy());
      }
    }
    Place place = new Place(family.text(), EndpointSliceController.portKey(ports));
    wanted
        .computeIfAbsent(place, _ -> new Wanted(ports, new LinkedHashMap<>()))
        .endpoints()
        .put(SliceEndpoint.Key.of(endpoint), endpoint);
  }

  /// @param existing the slices that there are
  void change(List<JsonObject> existing, SliceChanges changes) {
    Map<Place, List<JsonObject>> there = new LinkedHashMap<>();
    for (JsonObject slice : existing) {
      Place place =
          new Place(
              slice.textOrEmpty("addressType"),
              EndpointSliceController.portKey(slice.arrayOrEmpty("ports")));
      there.computeIfAbsent(place, _ -> new ArrayList<>()).add(slice);
    }
    wanted.forEach((place, content) -> change(place, content, there.remove(place), changes));
    there.values().forEach(changes.deleted()::addAll);
  }

  private void change(
      Place place, Wanted content, @Nullable List<JsonObject> there, SliceChanges changes) {
    JsonObject slice = slice(place.family(), content);
    if (there == null) {
      changes.created().add(slice);
      return;
    }
    JsonObject first = there.getFirst();
    changes.deleted().addAll(there.subList(1, there.size()));
    if (!isRight(first, slice, content)) {
      slice.objectAt("metadata").remove("generateName");
      slice.objectAt("metadata").set("name", SliceChanges.name(first));
      changes.updated().add(slice);
    }
  }

  private JsonObject slice(String family, Wanted content) {
    JsonObject source = endpoints.objectOrEmpty("metadata");
    String name = source.textOrEmpty("name");
    JsonObject labels = source.objectOrEmpty("labels").copy();
    labels.set(SliceLabels.SERVICE, name);
    labels.set(SliceLabels.MANAGED_BY, EndpointSliceMirroringController.MANAGER);
    JsonObject annotations = source.objectOrEmpty("annotations").copy();
    annotations.remove(TriggerTimes.ANNOTATION);
    annotations.remove(LAST_APPLIED);
    JsonArray all = new JsonArray();
    content.endpoints().values().forEach(all::add);
    return new JsonObject()
        .set(
            "metadata",
            SliceEvents.metadata(
                    source.textOrEmpty("namespace"), name, "Endpoints", source.textOrEmpty("uid"))
                .set("labels", labels)
                .set("annotations", annotations))
        .set("addressType", family)
        .set("endpoints", all)
        .set("ports", content.ports().copy());
  }

  private static boolean isRight(JsonObject first, JsonObject slice, Wanted content) {
    JsonObject has = first.objectOrEmpty("metadata");
    JsonObject wants = slice.objectOrEmpty("metadata");
    List<JsonObject> there = first.objects("endpoints");
    return there.size() == content.endpoints().size()
        && there.stream().allMatch(endpoint -> isWanted(endpoint, content))
        && has.objectOrEmpty("labels").equals(wants.objectOrEmpty("labels"))
        && has.objectOrEmpty("annotations").equals(wants.objectOrEmpty("annotations"))
        && owner(has).equals(owner(wants));
  }

  private static boolean isWanted(JsonObject endpoint, Wanted content) {
    JsonObject wanted = content.endpoints().get(SliceEndpoint.Key.of(endpoint));
    return wanted != null && SliceEndpoint.isSame(wanted, endpoint);
  }

  private static String owner(JsonObject metadata) {
    for (JsonObject owner : metadata.objects("ownerReferences")) {
      if (owner.textOrEmpty("kind").equals("Endpoints")) {
        return owner.textOrEmpty("uid");
      }
    }
    return "";
  }
}
