package dev.pintle.kube.jsonpath;

import dev.pintle.kube.object.Json;
import java.util.List;

/// A path that leads to values of an object: `.spec.ports[*].port`, `.metadata.annotations['a\.b']`, `.items[0:2]`,
/// `.status.conditions[?(@.type=="Ready")].status`, `..name`.
///
/// What a client may write is bounded in what it costs, by [PathValues#VISITED_MAX].
public final class JsonPath {
  private final List<Step> steps;

  private JsonPath(List<Step> steps) {
    this.steps = steps;
  }

  /// @throws JsonPathException for what upstream's parser refuses
  public static JsonPath parse(String text) throws JsonPathException {
    return new JsonPath(JsonPathParser.template(text));
  }

  public static boolean isPath(String text) {
    try {
      parse(text);
      return true;
    } catch (JsonPathException _) {
      return false;
    }
  }

  /// Everything the path leads to, in order.
  ///
  /// @throws JsonPathException when a step does not fit: an index of what is no list or behind its end, a comparison of a text
  ///     with a number; or when too much is visited
  public List<Json> find(Json start) throws JsonPathException {
    return new PathValues().follow(steps, List.of(start));
  }
}
