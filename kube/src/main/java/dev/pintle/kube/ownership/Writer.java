package dev.pintle.kube.ownership;

import dev.pintle.kube.object.Hashes;
import dev.pintle.kube.object.Json;
import dev.pintle.kube.object.JsonObject;
import dev.pintle.kube.object.JsonWriter;

/// The identity of an entry: one that applies has one entry whatever the version, one that updates has one a version.
///
/// @param apiVersion empty for one that applies
/// @param subresource through which it writes, empty for the object itself
record Writer(String manager, Operation operation, String apiVersion, String subresource) {
  /// The way in which fields came to be owned; the words of the API.
  enum Operation {
    APPLY("Apply"),
    UPDATE("Update");

    private final String text;

    Operation(String text) {
      this.text = text;
    }

    String text() {
      return text;
    }
  }

  static Writer applying(String manager, String subresource) {
    return new Writer(manager, Operation.APPLY, "", subresource);
  }

  static Writer updating(String manager, String apiVersion, String subresource) {
    return new Writer(nameOr(manager), Operation.UPDATE, apiVersion, subresource);
  }

  private static String nameOr(String manager) {
    return manager.isEmpty() ? "unknown" : manager;
  }

  /// Managers' names are a client's choice.
  @Override
  public int hashCode() {
    return Hashes.of(Hashes.of(manager), apiVersion.hashCode() + operation.ordinal());
  }

  boolean applies() {
    return operation == Operation.APPLY;
  }

  /// The text by which upstream tells writers apart, and sorts them in messages.
  String identity() {
    JsonObject identity = new JsonObject();
    if (!manager.isEmpty()) {
      identity.set("manager", manager);
    }
    identity.set("operation", operation.text());
    if (!apiVersion.isEmpty()) {
      identity.set("apiVersion", apiVersion);
    }
    if (!subresource.isEmpty()) {
      identity.set("subresource", subresource);
    }
    return JsonWriter.text(identity);
  }

  /// As conflicts name it.
  String shown() {
    String shown = ScalarKeys.text(Json.of(manager));
    if (!subresource.isEmpty()) {
      shown += " with subresource " + ScalarKeys.text(Json.of(subresource));
    }
    return applies() ? shown : shown + " using " + apiVersion;
  }
}
