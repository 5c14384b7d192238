package dev.pintle.compat.mutation;

import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// The places of trees.
final class Trees {
  static final ObjectMapper MAPPER = new ObjectMapper();

  private Trees() {}

  /// A place in a tree.
  ///
  /// @param holder an object or a list
  /// @param step a name, or a number in a list
  record Place(JsonNode holder, String step, List<String> steps) {
    JsonNode value() {
      return holder instanceof ArrayNode list
          ? list.path(Integer.parseInt(step))
          : holder.path(step);
    }

    void set(JsonNode value) {
      if (holder instanceof ArrayNode list) {
        list.set(Integer.parseInt(step), value);
      } else if (holder instanceof ObjectNode object) {
        object.set(step, value);
      }
    }

    void remove() {
      if (holder instanceof ArrayNode list) {
        list.remove(Integer.parseInt(step));
      } else if (holder instanceof ObjectNode object) {
        object.remove(step);
      }
    }

    /// As JSON Patch writes it.
    String pointer() {
      StringBuilder out = new StringBuilder();
      for (String one : steps) {
        out.append('/').append(one.replace("~", "~0").replace("/", "~1"));
      }
      return out.toString();
    }
  }

  /// Every place but the root, outer ones first.
  static List<Place> places(JsonNode root) {
    List<Place> places = new ArrayList<>();
    collect(root, List.of(), places);
    return places;
  }

  private static void collect(JsonNode node, List<String> steps, List<Place> places) {
    if (node instanceof ObjectNode object) {
      for (String name : object.propertyNames()) {
        collect(node, name, object.path(name), steps, places);
      }
    } else if (node instanceof ArrayNode list) {
      for (int i = 0; i < list.size(); i++) {
        collect(node, Integer.toString(i), list.path(i), steps, places);
      }
    }
  }

  private static void collect(
      JsonNode holder, String step, JsonNode value, List<String> steps, List<Place> places) {
    List<String> here = new ArrayList<>(steps);
    here.add(step);
    places.add(new Place(holder, step, List.copyOf(here)));
    collect(value, here, places);
  }

  /// One object with what both have; the second has the last word.
  static ObjectNode merged(ObjectNode first, ObjectNode second) {
    ObjectNode out = first.deepCopy();
    for (String name : second.propertyNames()) {
      boolean both =
          out.path(name) instanceof ObjectNode && second.path(name) instanceof ObjectNode;
      out.set(
          name,
          both
              ? merged((ObjectNode) out.path(name), (ObjectNode) second.path(name))
              : second.path(name));
    }
    return out;
  }
}
