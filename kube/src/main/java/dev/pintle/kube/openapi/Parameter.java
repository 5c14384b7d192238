package dev.pintle.kube.openapi;

import dev.pintle.kube.object.Json;
import dev.pintle.kube.object.JsonObject;
import java.util.List;

/// A parameter of a path or of its query.
enum Parameter {
  ALLOW_WATCH_BOOKMARKS(
      "allowWatchBookmarks", "boolean", "Asks a watch for events of type BOOKMARK as well."),
  CONTINUE("continue", "string", "The token of the list before, to go on where it ended."),
  DRY_RUN(
      "dryRun",
      "string",
      "With the value All the request is worked through and nothing is stored."),
  FIELD_MANAGER(
      "fieldManager",
      "string",
      "The name under which changed fields are owned, at most 128 characters."),
  FIELD_SELECTOR(
      "fieldSelector",
      "string",
      "A selector to restrict the list of returned objects by their fields. Defaults to everything."),
  FIELD_VALIDATION(
      "fieldValidation",
      "string",
      "What happens to unknown and duplicate fields: Ignore, Warn or Strict."),
  FORCE("force", "boolean", "Takes over fields that others own; for apply patches only."),
  GRACE_PERIOD_SECONDS(
      "gracePeriodSeconds", "integer", "Seconds before the object is gone; 0 at once."),
  IGNORE_STORE_READ_ERROR(
      "ignoreStoreReadErrorWithClusterBreakingPotential",
      "boolean",
      "Deletes an object although it cannot be read any more, and skips all that deletion would"
          + " do."),
  LABEL_SELECTOR(
      "labelSelector",
      "string",
      "A selector to restrict the list of returned objects by their labels. Defaults to everything."),
  LIMIT(
      "limit", "integer", "At most so many objects in one answer; the rest follows with continue."),
  ORPHAN_DEPENDENTS("orphanDependents", "boolean", "Deprecated: use propagationPolicy."),
  PROPAGATION_POLICY(
      "propagationPolicy",
      "string",
      "What happens to dependents: Orphan, Background or Foreground."),
  RESOURCE_VERSION("resourceVersion", "string", "How fresh the answer must be."),
  RESOURCE_VERSION_MATCH(
      "resourceVersionMatch", "string", "How resourceVersion is meant: Exact or NotOlderThan."),
  SEND_INITIAL_EVENTS(
      "sendInitialEvents", "boolean", "Begins a watch with events for all that exists."),
  SHARD_SELECTOR("shardSelector", "string", "Only objects of a shard."),
  TIMEOUT_SECONDS(
      "timeoutSeconds",
      "integer",
      "Timeout for the list/watch call. This limits the duration of the call, regardless of any activity or inactivity."),
  WATCH(
      "watch",
      "boolean",
      "Watch for changes to the described resources and return them as a stream of add, update, and remove notifications. Specify resourceVersion."),
  PRETTY(
      "pretty",
      "string",
      "If 'true', then the output is pretty printed. Defaults to 'false' unless the user-agent indicates a browser or command-line HTTP tool (curl and wget)."),
  NAMESPACE("namespace", "string", "object name and auth scope, such as for teams and projects"),
  NAME("name", "string", "name of the object");

  /// Of lists and watches.
  static final List<Parameter> LIST =
      List.of(
          ALLOW_WATCH_BOOKMARKS,
          CONTINUE,
          FIELD_SELECTOR,
          LABEL_SELECTOR,
          LIMIT,
          RESOURCE_VERSION,
          RESOURCE_VERSION_MATCH,
          SEND_INITIAL_EVENTS,
          SHARD_SELECTOR,
          TIMEOUT_SECONDS,
          WATCH);

  /// Of reads of one object.
  static final List<Parameter> READ = List.of(RESOURCE_VERSION);

  static final List<Parameter> WRITE = List.of(DRY_RUN, FIELD_MANAGER, FIELD_VALIDATION);
  static final List<Parameter> PATCH = List.of(DRY_RUN, FIELD_MANAGER, FIELD_VALIDATION, FORCE);
  static final List<Parameter> DELETE =
      List.of(
          DRY_RUN,
          GRACE_PERIOD_SECONDS,
          IGNORE_STORE_READ_ERROR,
          ORPHAN_DEPENDENTS,
          PROPAGATION_POLICY);
  static final List<Parameter> DELETE_COLLECTION =
      List.of(
          CONTINUE,
          DRY_RUN,
          FIELD_SELECTOR,
          GRACE_PERIOD_SECONDS,
          IGNORE_STORE_READ_ERROR,
          LABEL_SELECTOR,
          LIMIT,
          ORPHAN_DEPENDENTS,
          PROPAGATION_POLICY,
          RESOURCE_VERSION,
          RESOURCE_VERSION_MATCH,
          SEND_INITIAL_EVENTS,
          SHARD_SELECTOR,
          TIMEOUT_SECONDS);

  private final String text;
  private final String type;
  private final String description;

  Parameter(String text, String type, String description) {
    this.text = text;
    this.type = type;
    this.description = description;
  }

  JsonObject write(OpenApiVersion dialect) {
    boolean inPath = this == NAME || this == NAMESPACE;
    JsonObject written =
        new JsonObject()
            .set("name", text)
            .set("in", inPath ? "path" : "query")
            .set("description", description);
    if (inPath) {
      written.set("required", Json.of(true));
    }
    JsonObject schema = dialect == OpenApiVersion.V3 ? new JsonObject() : written;
    schema.set("type", type).set("uniqueItems", Json.of(true));
    return dialect == OpenApiVersion.V3 ? written.set("schema", schema) : written;
  }
}
