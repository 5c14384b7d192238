package dev.pintle.kube.openapi;

import dev.pintle.kube.object.Json;
import dev.pintle.kube.object.JsonArray;
import dev.pintle.kube.object.JsonObject;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/// The parameters that every operation of a path takes, which are written once, at the path.
final class SharedParameters {
  private static final String PARAMETERS = "parameters";

  private SharedParameters() {}

  /// The operations without what they share, and that beside them, with the parameters of the path
  /// itself.
  static JsonObject lift(JsonObject operations, List<Parameter> places, OpenApiVersion dialect) {
    List<JsonObject> shared = shared(operations);
    for (JsonObject.Field each : operations) {
      JsonObject operation = (JsonObject) each.value();
      JsonArray left = without(operation, shared);
      if (left.isEmpty()) {
        operation.remove(PARAMETERS);
      } else {
        operation.set(PARAMETERS, left);
      }
    }
    places.forEach(place -> shared.add(place.write(dialect)));
    shared.sort(
        Comparator.<JsonObject, String>comparing(parameter -> parameter.textOrEmpty("name"))
            .thenComparing(parameter -> parameter.textOrEmpty("in")));
    JsonArray parameters = new JsonArray();
    shared.forEach(parameters::add);
    return operations.set(PARAMETERS, parameters);
  }

  private static List<JsonObject> shared(JsonObject operations) {
    List<JsonObject> shared = new ArrayList<>();
    JsonArray first = parametersOf((JsonObject) operations.valueAt(0));
    for (Json parameter : first) {
      boolean everywhere = true;
      for (int i = 1; i < operations.size(); i++) {
        everywhere &= contains(parametersOf((JsonObject) operations.valueAt(i)), parameter);
      }
      boolean body = parameter instanceof JsonObject at && at.textOrEmpty("in").equals("body");
      if (everywhere && !body && parameter instanceof JsonObject object) {
        shared.add(object);
      }
    }
    return shared;
  }

  private static boolean contains(JsonArray parameters, Json wanted) {
    for (Json parameter : parameters) {
      if (parameter.equals(wanted)) {
        return true;
      }
    }
    return false;
  }

  private static JsonArray without(JsonObject operation, List<JsonObject> shared) {
    JsonArray left = new JsonArray();
    for (Json parameter : parametersOf(operation)) {
      if (!(parameter instanceof JsonObject object) || !shared.contains(object)) {
        left.add(parameter);
      }
    }
    return left;
  }

  private static JsonArray parametersOf(JsonObject operation) {
    return operation.arrayOrEmpty(PARAMETERS);
  }
}
