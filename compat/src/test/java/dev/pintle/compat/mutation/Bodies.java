package dev.pintle.compat.mutation;

import dev.pintle.compat.mutation.Trees.Place;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// The bodies of requests that change an object: whole ones, and patches of every form.
final class Bodies {
  /// By which of them items of lists are found, over all kinds.
  private static final Set<String> KEYS =
      Set.of(
          "name",
          "type",
          "port",
          "containerPort",
          "protocol",
          "uid",
          "ip",
          "key",
          "mountPath",
          "devicePath",
          "topologyKey",
          "whenUnsatisfiable",
          "resourceName",
          "conditionType");

  private static final String[] OPERATIONS = {
    "add", "add", "remove", "replace", "replace", "replace", "move", "copy", "test", "test"
  };

  /// How the items of lists stand in a part of an object.
  enum Lists {
    /// With all the others.
    WHOLE,
    /// One alone, with what it is found by.
    KEYED
  }

  private final SplittableRandom random;
  private final TreeChange change;
  private final OddValues values;

  Bodies(SplittableRandom random) {
    this.random = random;
    this.change = new TreeChange(random);
    this.values = new OddValues(random);
  }

  ObjectNode whole(Sample sample) {
    ObjectNode object = sample.object().deepCopy();
    for (int i = random.nextInt(3); i >= 0; i--) {
      change.change(object, sample.whole());
    }
    return object;
  }

  ObjectNode merge(Sample sample) {
    return parts(sample, Lists.WHOLE);
  }

  ObjectNode strategic(Sample sample) {
    ObjectNode patch = parts(sample, random.nextInt(5) == 0 ? Lists.WHOLE : Lists.KEYED);
    if (random.nextInt(3) == 0) {
      direct(patch);
    }
    return patch;
  }

  ObjectNode apply(Sample sample) {
    ObjectNode patch = Trees.MAPPER.createObjectNode();
    patch.put("apiVersion", sample.apiVersion()).put("kind", sample.kind());
    patch.putObject("metadata").put("name", sample.name());
    ObjectNode parts = parts(sample, random.nextInt(5) == 0 ? Lists.WHOLE : Lists.KEYED);
    ObjectNode merged = Trees.merged(patch, parts);
    if (random.nextInt(10) == 0) {
      change.change(merged, sample.whole());
    }
    return merged;
  }

  /// Some places of an object with other values.
  private ObjectNode parts(Sample sample, Lists lists) {
    ObjectNode out = Trees.MAPPER.createObjectNode();
    for (int i = random.nextInt(3) == 0 ? 2 : 1; i > 0; i--) {
      boolean foreign = !sample.whole().isEmpty() && random.nextInt(4) == 0;
      ObjectNode from = foreign ? sample.whole() : sample.object();
      Place place = change.place(from);
      JsonNode value =
          random.nextInt(5) == 0 ? place.value().deepCopy() : values.like(place.value());
      if (partial(from, place.steps(), lists, value) instanceof ObjectNode part) {
        out = Trees.merged(out, part);
      }
    }
    return out;
  }

  /// What stands above a place, and a value in it; null for the one that is there.
  static JsonNode partial(JsonNode at, List<String> steps, Lists lists, @Nullable JsonNode value) {
    if (steps.isEmpty()) {
      return value == null ? at.deepCopy() : value;
    }
    String step = steps.getFirst();
    List<String> rest = steps.subList(1, steps.size());
    return switch (at) {
      case ObjectNode object ->
          Trees.MAPPER.createObjectNode().set(step, partial(object.path(step), rest, lists, value));
      case ArrayNode list -> item(list, Integer.parseInt(step), rest, lists, value);
      default -> at.deepCopy();
    };
  }

  private static JsonNode item(
      ArrayNode list, int index, List<String> rest, Lists lists, @Nullable JsonNode value) {
    JsonNode there = list.path(index);
    JsonNode part = partial(there, rest, lists, value);
    if (lists == Lists.WHOLE) {
      ArrayNode whole = list.deepCopy();
      whole.set(
          index,
          there instanceof ObjectNode object && part instanceof ObjectNode changed
              ? Trees.merged(object, changed)
              : part);
      return whole;
    }
    if (there instanceof ObjectNode object && part instanceof ObjectNode changed) {
      for (String key : object.propertyNames()) {
        if (KEYS.contains(key) && !changed.has(key)) {
          changed.set(key, object.path(key));
        }
      }
    }
    return Trees.MAPPER.createArrayNode().add(part);
  }

  /// Adds a word of strategic patches somewhere.
  private void direct(ObjectNode patch) {
    List<Place> places = Trees.places(patch);
    ObjectNode at = patch;
    boolean inside = false;
    for (int i = 0; i < 3 && !inside && !places.isEmpty(); i++) {
      if (places.get(random.nextInt(places.size())).value() instanceof ObjectNode inner) {
        at = inner;
        inside = true;
      }
    }
    List<String> names = List.copyOf(at.propertyNames());
    String name = names.isEmpty() ? "a" : names.get(random.nextInt(names.size()));
    switch (random.nextInt(8)) {
      case 0, 1 -> at.put("$patch", "delete");
      case 2 -> at.put("$patch", "replace");
      case 3 -> at.set("$patch", random.nextBoolean() ? values.any() : values.text());
      case 4 -> at.set("$retainKeys", Trees.MAPPER.valueToTree(names));
      case 5 -> at.set("$retainKeys", values.any());
      case 6 -> at.set("$setElementOrder/" + name, order(at.path(name)));
      default -> at.set("$deleteFromPrimitiveList/" + name, order(at.path(name)));
    }
  }

  private JsonNode order(JsonNode list) {
    ArrayNode order = Trees.MAPPER.createArrayNode();
    for (JsonNode item : list) {
      if (random.nextInt(4) != 0) {
        order.add(item.deepCopy());
      }
    }
    return random.nextInt(5) == 0 ? values.any() : order;
  }

  ArrayNode operations(Sample sample) {
    ArrayNode operations = Trees.MAPPER.createArrayNode();
    for (int i = random.nextInt(3); i >= 0; i--) {
      Place place = change.place(sample.object());
      String name = OPERATIONS[random.nextInt(OPERATIONS.length)];
      ObjectNode operation = operations.addObject();
      operation.put("op", name);
      operation.put("path", pointer(place, sample));
      if (name.equals("move") || name.equals("copy")) {
        operation.put("from", pointer(change.place(sample.object()), sample));
      } else if (!name.equals("remove") && random.nextInt(12) != 0) {
        operation.set(
            "value",
            random.nextInt(3) == 0 ? place.value().deepCopy() : values.like(place.value()));
      }
      if (random.nextInt(20) == 0) {
        change.change(operation, Trees.MAPPER.createObjectNode());
      }
    }
    return operations;
  }

  private String pointer(Place place, Sample sample) {
    String pointer = place.pointer();
    return switch (random.nextInt(16)) {
      case 0 -> pointer + "/-";
      case 1 -> pointer + "/absent";
      case 2 -> pointer + "/0";
      case 3 -> pointer + "/-1";
      case 4 -> pointer.substring(0, pointer.lastIndexOf('/')) + "/absent";
      case 5 -> pointer.substring(0, pointer.lastIndexOf('/'));
      case 6 -> random.nextInt(4) == 0 ? pointer.substring(1) : pointer;
      case 7, 8 -> sample.whole().isEmpty() ? pointer : change.place(sample.whole()).pointer();
      default -> pointer;
    };
  }
}
