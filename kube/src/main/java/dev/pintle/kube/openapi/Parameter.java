package dev.pintle.kube.openapi;

import dev.pintle.kube.object.Json;
import dev.pintle.kube.object.JsonObject;
import java.util.Comparator;

/// A parameter of a path or of its query.
///
/// @param type in the words of OpenAPI
record Parameter(String name, Place place, String type, String description) {
  /// The part of an address where a parameter stands.
  enum Place {
    PATH("path"),
    QUERY("query");

    private final String text;

    Place(String text) {
      this.text = text;
    }
  }

  /// By name, in the path before in the query.
  static final Comparator<Parameter> ORDER =
      Comparator.comparing(Parameter::name).thenComparing(Parameter::place);

  static final Parameter PRETTY =
      query(
          "pretty",
          "string",
          "If 'true', then the output is pretty printed. Defaults to 'false' unless the user-agent indicates a browser or"
              + " command-line HTTP tool (curl and wget).");
  static final Parameter NAMESPACE =
      path("namespace", "object name and auth scope, such as for teams and projects");

  /// What stands behind the object's own address.
  static final Parameter FURTHER_PATH = path("path", "path to the resource");

  static Parameter query(String name, String type, String description) {
    return new Parameter(name, Place.QUERY, type, description);
  }

  static Parameter path(String name, String description) {
    return new Parameter(name, Place.PATH, "string", description);
  }

  static Parameter nameOf(String kind) {
    return path("name", "name of the " + kind);
  }

  /// In v2 the members are in the order in which upstream writes them, because names are made of the text.
  JsonObject write(OpenApiVersion dialect) {
    JsonObject shape = new JsonObject().set("uniqueItems", Json.of(true)).set("type", type);
    JsonObject written = dialect == OpenApiVersion.V2 ? shape : new JsonObject();
    if (!description.isEmpty()) {
      written.set("description", description);
    }
    written.set("name", name).set("in", place.text);
    if (place == Place.PATH) {
      written.set("required", Json.of(true));
    }
    return dialect == OpenApiVersion.V2 ? written : written.set("schema", shape);
  }
}
