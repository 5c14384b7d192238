package dev.pintle.kube.endpoint;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.pintle.kube.object.Json;
import dev.pintle.kube.object.JsonArray;
import dev.pintle.kube.object.JsonObject;
import dev.pintle.kube.quantity.Quantity;
import dev.pintle.kube.schema.BuiltInTypes;
import dev.pintle.kube.schema.GroupVersion;
import dev.pintle.kube.schema.ResourceType;
import dev.pintle.kube.store.ObjectReader;
import dev.pintle.kube.store.SameVersionOnly;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Which hints endpoints have of a service that asks for `topology-mode: Auto`, and what is told of it.
final class TopologyHintsTest {
  private static final ResourceType NODES =
      requireNonNull(BuiltInTypes.load().snapshot().resource(new GroupVersion("", "v1"), "nodes"));
  private static final String INSUFFICIENT =
      "Insufficient Node information: allocatable CPU or zone not specified on one or more nodes, addressType: IPv4";

  private final ZoneCapacities capacities =
      new ZoneCapacities(NODES, new ObjectReader(new SameVersionOnly()));
  private final TopologyHints hints = new TopologyHints(capacities);
  private final List<TopologyHints.Told> told = new ArrayList<>();

  /// `a:1000m b:500m! -:1 c:1/`: zone and processors, with `!` of one that is not ready and `/` of one of the control plane.
  private void nodes(String text) {
    capacities.replacing();
    int number = 0;
    for (String node : text.split(" ", -1)) {
      boolean ready = !node.endsWith("!");
      boolean excluded = node.endsWith("/");
      String[] parts = node.replaceAll("[!/]", "").split(":", -1);
      if (parts.length == 2) {
        String zone = parts[0].equals("-") ? "" : parts[0];
        capacities.put(
            "n" + number++,
            new ZoneCapacities.Capacity(zone, ready, excluded, Quantity.parse(parts[1])));
      }
    }
    capacities.replaced();
  }

  /// `a b b! c>a`: the zones of endpoints, with `!` of one that is not ready and `>` before the zone of its hint.
  private static JsonObject slice(String name, String endpoints) {
    JsonArray all = new JsonArray();
    for (String each : endpoints.isEmpty() ? new String[0] : endpoints.split(" ", -1)) {
      boolean ready = !each.contains("!");
      String[] parts = each.replace("!", "").split(">", -1);
      JsonObject endpoint =
          new JsonObject()
              .set("addresses", JsonArray.of(Json.of("10.0.0." + all.size())))
              .set("conditions", new JsonObject().set("ready", Json.of(ready)));
      if (!parts[0].equals("-")) {
        endpoint.set("zone", parts[0]);
      }
      if (parts.length > 1) {
        TrafficHints.setZone(endpoint, parts[1]);
      }
      all.add(endpoint);
    }
    return new JsonObject()
        .set("metadata", new JsonObject().set("name", name))
        .set("endpoints", all);
  }

  private static String text(JsonObject slice) {
    List<String> all = new ArrayList<>();
    for (JsonObject endpoint : slice.objects("endpoints")) {
      List<JsonObject> zones = TrafficHints.zones(endpoint);
      String zone = endpoint.has("zone") ? endpoint.textOrEmpty("zone") : "-";
      all.add(
          zone
              + (TrafficHints.isReady(endpoint) ? "" : "!")
              + (zones.isEmpty() ? "" : ">" + zones.getFirst().textOrEmpty("name")));
    }
    return String.join(" ", all);
  }

  private void put(SliceChanges changes, JsonObject... existing) {
    told.clear();
    hints.put("ns/s", AddressFamily.V4, List.of(existing), changes, told);
  }

  private String hinted(String endpoints) {
    SliceChanges changes = new SliceChanges();
    changes.created().add(slice("", endpoints));
    put(changes);
    return text(changes.created().getFirst());
  }

  private List<String> messages() {
    return told.stream()
        .map(each -> (each.isWarning() ? "W " : "N ") + each.reason() + ": " + each.message())
        .toList();
  }

  @ParameterizedTest
  @CsvSource({
    "'', a b",
    "a:1, a b",
    "a:1 a:1, a b",
    "a:1 b:1!, a b",
    "a:1 b:1/, a b",
    "a:1 b:1 -:1, a b",
    "a:1 b:0, a b",
  })
  void nothingIsHintedWhereNodesSayTooLittle(String nodes, String endpoints) {
    nodes(nodes);
    assertThat(hinted(endpoints)).isEqualTo(endpoints);
    assertThat(messages()).containsExactly("W TopologyAwareHintsDisabled: " + INSUFFICIENT);
  }

  @ParameterizedTest
  @CsvSource({
    "a:1 b:1, a b, a>a b>b",
    "a:1 b:1 -:1!, a b, a>a b>b",
    "a:1 b:1 c:5/, a b, a>a b>b",
    "a:1 b:1, a b b! b!, a>a b>b b! b!",
    "a:500m b:500m, a a a a, a>b a>b a>a a>a",
    "a:3 b:1, a a b b, a>a a>a b>a b>b",
    "a:1 b:1 c:1, a a a b b c, a>c a>a a>a b>b b>b c>c",
    "a:35 b:35 c:30, a b c c a a a b c a, a>b b>b c>c c>c a>a a>a a>a b>b c>c a>a",
  })
  void everyZoneHasEndpointsByItsProcessors(String nodes, String endpoints, String expected) {
    nodes(nodes);
    assertThat(hinted(endpoints)).isEqualTo(expected);
    assertThat(messages())
        .containsExactly(
            "N TopologyAwareHintsEnabled: Topology Aware Hints has been enabled, addressType: IPv4");
  }

  @ParameterizedTest
  @CsvSource({
    "a:1 b:1 c:1, a b, 'Insufficient number of endpoints (2 endpoints, 3 zones)'",
    "a:4 b:4 c:2, a b c c, 'Unable to allocate minimum required endpoints to each zone without exceeding overload threshold (4 endpoints, 3 zones)'",
    "a:1 b:1, a - b b, 'One or more endpoints do not have a zone specified'",
  })
  void whatCannotBeGivenIsTold(String nodes, String endpoints, String message) {
    nodes(nodes);
    assertThat(hinted(endpoints)).isEqualTo(endpoints);
    assertThat(messages())
        .containsExactly("W TopologyAwareHintsDisabled: " + message + ", addressType: IPv4");
  }

  @Test
  void slicesThatAreRightStayAndCount() {
    nodes("a:1 b:1");
    JsonObject right = slice("right", "a>a b>b");
    JsonObject without = slice("without", "a b>b");
    JsonObject elsewhere = slice("elsewhere", "a>x b>b");
    SliceChanges changes = new SliceChanges();
    put(changes, right, without, elsewhere);
    assertThat(changes.updated())
        .extracting(TopologyHintsTest::text)
        .containsExactly("a>a b>b", "a>a b>b");
    assertThat(changes.updated())
        .extracting(SliceChanges::name)
        .containsExactly("without", "elsewhere");
    assertThat(text(without)).isEqualTo("a b>b");
  }

  @Test
  void slicesThatWouldLeaveOthersTooFewAreChanged() {
    nodes("a:1 b:1");
    SliceChanges changes = new SliceChanges();
    put(changes, slice("one", "a>a a>a"), slice("two", "a>a a>a"));
    assertThat(changes.updated()).extracting(SliceChanges::name).containsExactly("two");
    assertThat(text(changes.updated().getFirst())).isEqualTo("a>b a>b");
  }

  @Test
  void hintsAreTakenBackWhenTheyCannotBeGivenAnyMore() {
    nodes("a:1 b:1");
    assertThat(hinted("a b")).isEqualTo("a>a b>b");
    nodes("a:1 b:1!");
    assertThat(hints.overloaded()).containsExactly("ns/s");
    SliceChanges changes = new SliceChanges();
    put(changes, slice("one", "a>a b!>b"), slice("two", "a"));
    assertThat(changes.updated()).extracting(TopologyHintsTest::text).containsExactly("a b!");
    assertThat(messages()).containsExactly("W TopologyAwareHintsDisabled: " + INSUFFICIENT);
    assertThat(hints.isUsed()).isFalse();
  }

  @Test
  void whoAsksNoLongerIsToldOnce() {
    nodes("a:1 b:1");
    assertThat(hinted("a b")).isEqualTo("a>a b>b");
    assertThat(hinted("a b")).isEqualTo("a>a b>b");
    assertThat(told).isEmpty();
    hints.end("ns/s", AddressFamily.V4, told);
    hints.end("ns/s", AddressFamily.V6, told);
    assertThat(messages())
        .containsExactly(
            "W TopologyAwareHintsDisabled: Topology Aware Hints has been disabled, addressType: IPv4");
  }

  @Test
  void servicesAreOverloadedWhenTheirZonesGrow() {
    nodes("a:1 b:1");
    assertThat(hinted("a b")).isEqualTo("a>a b>b");
    assertThat(hints.overloaded()).isEmpty();
    nodes("a:4 b:1");
    assertThat(hints.overloaded()).containsExactly("ns/s");
  }

  @Test
  void nothingIsSaidBeforeEveryNodeIsKnown() {
    assertThat(hints.isReady()).isFalse();
    nodes("");
    assertThat(hints.isReady()).isTrue();
    capacities.replacing();
    assertThat(hints.isReady()).isFalse();
  }
}
