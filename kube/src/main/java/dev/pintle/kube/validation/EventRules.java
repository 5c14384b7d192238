package dev.pintle.kube.validation;

import dev.pintle.kube.format.Formats;
import dev.pintle.kube.object.Json;
import dev.pintle.kube.object.JsonObject;
import java.util.List;
import java.util.Map;

/// The validation of events, which the core group and a group of their own show under different names. Errors speak of the
/// core group's.
final class EventRules {
  private static final String OTHER_NAMESPACE = "does not match event.namespace";
  private static final int REPORTED_BYTES_MAX = 128;
  private static final int NOTE_BYTES_MAX = 1024;
  private static final List<String> UNSET =
      List.of("firstTimestamp", "lastTimestamp", "count", "source");
  // The names of the events group, and what errors call them.
  private static final Map<String, String> CORE_NAMES =
      Map.of(
          "regarding", "involvedObject",
          "note", "message",
          "deprecatedFirstTimestamp", "firstTimestamp",
          "deprecatedLastTimestamp", "lastTimestamp",
          "deprecatedCount", "count",
          "deprecatedSource", "source",
          "reportingController", "reportingComponent");

  /// In the order in which the API looks; the reporting controller stands behind `related`.
  private static final List<String> KEPT =
      List.of(
          "involvedObject",
          "reason",
          "message",
          "source",
          "firstTimestamp",
          "lastTimestamp",
          "count",
          "type",
          "eventTime",
          "action",
          "related");

  private EventRules() {}

  static Map<String, NamedRule> all() {
    return Map.of("newEvent", EventRules::newEvent, "changedEvent", EventRules::changedEvent);
  }

  private static boolean isOfEventsGroup(ValidatedObject event) {
    return event.context().type().group().equals("events.k8s.io");
  }

  /// The event under the names of the core group.
  private static ValidatedObject asCore(ValidatedObject event) {
    JsonObject old = event.old();
    return new ValidatedObject(
        event.context(),
        event.path(),
        renamed(event.structure()),
        old == null ? null : renamed(old));
  }

  private static JsonObject renamed(JsonObject event) {
    JsonObject core = new JsonObject();
    for (JsonObject.Field field : event) {
      core.set(CORE_NAMES.getOrDefault(field.name(), field.name()), field.value());
    }
    return core;
  }

  private static void newEvent(ValidatedObject given) {
    ValidatedObject event = asCore(given);
    common(event);
    if (!isOfEventsGroup(event)) {
      return;
    }
    new MetadataOnCreate(Formats::dns1123Subdomain).check(event);
    finalizers(event);
    series(event);
    if (!event.has("eventTime")) {
      event.required("eventTime", "");
    }
    String type = event.text("type");
    if (!type.equals("Normal") && !type.equals("Warning")) {
      empty(event, "type", "has invalid value: " + type);
    }
    for (String field : UNSET) {
      if (isSet(event, field)) {
        empty(event, field, "needs to be unset");
      }
    }
  }

  private static void finalizers(ValidatedObject event) {
    ValidatedObject metadata = event.childOrEmpty("metadata");
    List<String> finalizers = metadata.texts("finalizers");
    for (int i = 0; i < finalizers.size(); i++) {
      Finalizers.requireKnown(finalizers.get(i), metadata.path("finalizers").index(i), metadata);
    }
  }

  private static boolean isSet(ValidatedObject event, String field) {
    return switch (field) {
      case "count" -> event.number(field) != 0;
      case "source" ->
          !event.childOrEmpty(field).text("component").isEmpty()
              || !event.childOrEmpty(field).text("host").isEmpty();
      default -> event.has(field);
    };
  }

  private static void empty(ValidatedObject event, String field, String detail) {
    event.add(FieldError.invalid(FieldPath.of(field), Json.of(""), detail));
  }

  private static void series(ValidatedObject event) {
    ValidatedObject series = event.child("series");
    if (series == null) {
      return;
    }
    if (series.number("count") < 2) {
      event.add(
          FieldError.invalid(FieldPath.of("series.count"), Json.of(""), "should be at least 2"));
    }
    if (!series.has("lastObservedTime")) {
      event.add(FieldError.required(FieldPath.of("series.lastObservedTime"), ""));
    }
  }

  private static void common(ValidatedObject event) {
    String namespace = event.childOrEmpty("metadata").text("namespace");
    ValidatedObject about = event.childOrEmpty("involvedObject");
    String other = about.text("namespace");
    if (event.has("eventTime")) {
      if (other.isEmpty() && !namespace.equals("default") && !namespace.equals("kube-system")) {
        about.invalidText("namespace", OTHER_NAMESPACE);
      }
      reporter(event);
    } else if (other.isEmpty()
        ? !namespace.isEmpty() && !namespace.equals("default")
        : !namespace.equals(other)) {
      about.invalidText("namespace", OTHER_NAMESPACE);
    }
  }

  private static void reporter(ValidatedObject event) {
    String shownAs = isOfEventsGroup(event) ? "reportingController" : "reportingComponent";
    String controller = event.text("reportingComponent");
    if (controller.isEmpty()) {
      event.required(shownAs, "");
    }
    for (String complaint : Formats.qualifiedName(controller)) {
      event.add(FieldError.invalid(FieldPath.of(shownAs), Json.of(controller), complaint));
    }
    required(event, "reportingInstance");
    required(event, "action");
    required(event, "reason");
    atMost(event, "message", NOTE_BYTES_MAX);
  }

  private static void required(ValidatedObject event, String field) {
    if (event.text(field).isEmpty()) {
      event.required(field, "");
    }
    atMost(event, field, REPORTED_BYTES_MAX);
  }

  private static void atMost(ValidatedObject event, String field, int bytesMax) {
    if (Formats.bytes(event.text(field)) > bytesMax) {
      empty(event, field, "can have at most %d characters".formatted(bytesMax));
    }
  }

  private static void changedEvent(ValidatedObject given) {
    ValidatedObject event = asCore(given);
    common(event);
    JsonObject old = event.old();
    if (!isOfEventsGroup(event) || old == null) {
      return;
    }
    MetadataOnUpdate.check(event);
    finalizers(event);
    if (!Immutable.isUntouched(event.structure().get("series"), old.get("series"))) {
      series(event);
    }
    KEPT.forEach(field -> kept(event, old, field, field));
    kept(event, old, "reportingComponent", "reportingController");
    kept(event, old, "reportingInstance", "reportingInstance");
  }

  private static void kept(ValidatedObject event, JsonObject old, String field, String shownAs) {
    boolean added = field.equals("related") && event.has(field) && !old.has(field);
    if (added || !Immutable.same(event.structure().get(field), old.get(field))) {
      event.add(FieldError.invalid(event.path(shownAs), shown(event, field), Immutable.MESSAGE));
    }
  }

  private static Json shown(ValidatedObject event, String field) {
    return switch (field) {
      case "involvedObject" -> reference(event.childOrEmpty(field));
      case "related" ->
          event.child(field) == null ? Json.NULL : reference(event.childOrEmpty(field));
      case "source" -> GoForm.titled(event.childOrEmpty(field), "component=Component", "host=Host");
      case "count" -> Json.of(event.number(field));
      case "firstTimestamp", "lastTimestamp", "eventTime" -> event.shown(field);
      default -> Json.of(event.text(field));
    };
  }

  private static Json reference(ValidatedObject reference) {
    return GoForm.titled(
        reference,
        "kind=Kind",
        "namespace=Namespace",
        "name=Name",
        "uid=UID",
        "apiVersion=APIVersion",
        "resourceVersion=ResourceVersion",
        "fieldPath=FieldPath");
  }
}
