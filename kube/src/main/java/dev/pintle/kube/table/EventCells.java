package dev.pintle.kube.table;

import dev.pintle.kube.object.Json;
import dev.pintle.kube.object.JsonObject;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/// Cells of events, in the fields of the core group or of `events.k8s.io`, where the same facts have other names.
final class EventCells {
  private EventCells() {}

  static Map<String, Function<List<String>, Cell>> all() {
    return Map.of(
        "event-first-seen",
            _ -> (event, now) -> Json.of(HumanDuration.since(firstSeen(event), now)),
        "event-last-seen", _ -> (event, now) -> Json.of(HumanDuration.since(lastSeen(event), now)),
        "event-count", _ -> (event, _) -> Json.of(count(event)),
        "event-message", _ -> PlainCells.text(event -> either(event, "message", "note").strip()),
        "event-object", _ -> PlainCells.text(EventCells::object),
        "event-source", _ -> PlainCells.text(EventCells::source));
  }

  private static String either(JsonObject event, String name, String otherName) {
    return NestedFields.textOr(NestedFields.text(event, otherName), event, name);
  }

  private static Optional<Instant> firstSeen(JsonObject event) {
    return NestedFields.time(event, "firstTimestamp")
        .or(() -> NestedFields.time(event, "deprecatedFirstTimestamp"))
        .or(() -> NestedFields.time(event, "eventTime"));
  }

  private static Optional<Instant> lastSeen(JsonObject event) {
    if (NestedFields.isThere(event, "series")) {
      return NestedFields.time(event, "series", "lastObservedTime");
    }
    return NestedFields.time(event, "lastTimestamp")
        .or(() -> NestedFields.time(event, "deprecatedLastTimestamp"))
        .or(() -> firstSeen(event));
  }

  private static long count(JsonObject event) {
    if (NestedFields.isThere(event, "series")) {
      return NestedFields.whole(event, "series", "count");
    }
    long count = NestedFields.whole(event, "count") + NestedFields.whole(event, "deprecatedCount");
    return count == 0 ? 1 : count;
  }

  private static String object(JsonObject event) {
    JsonObject object = event.object("involvedObject");
    JsonObject involved = object == null ? event.object("regarding") : object;
    String kind = NestedFields.text(involved, "kind").toLowerCase(Locale.ROOT);
    String name = NestedFields.text(involved, "name");
    return name.isEmpty() ? kind : kind + "/" + name;
  }

  private static String source(JsonObject event) {
    JsonObject given = event.object("source");
    JsonObject source = given == null ? event.object("deprecatedSource") : given;
    String component =
        NestedFields.textOr(
            either(event, "reportingComponent", "reportingController"), source, "component");
    String instance =
        NestedFields.textOr(NestedFields.text(event, "reportingInstance"), source, "host");
    return instance.isEmpty() ? component : component + ", " + instance;
  }
}
