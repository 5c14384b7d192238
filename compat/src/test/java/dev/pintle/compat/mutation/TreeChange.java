package dev.pintle.compat.mutation;

import dev.pintle.compat.mutation.Trees.Place;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// The changes of an object by chance, one at a time, most of which leave it nearly right.
final class TreeChange {
  private final SplittableRandom random;
  private final OddValues values;

  TreeChange(SplittableRandom random) {
    this.random = random;
    this.values = new OddValues(random);
  }

  /// Changes one thing somewhere.
  ///
  /// @param whole has what the object may have besides
  void change(ObjectNode object, ObjectNode whole) {
    if (!whole.isEmpty() && random.nextInt(5) == 0) {
      graft(object, whole);
      return;
    }
    Place place = place(object);
    switch (random.nextInt(12)) {
      case 0, 1 -> place.remove();
      case 2 -> add(place, "unknown", values.any());
      case 3 -> rename(place);
      case 4 -> place.set(place(object).value().deepCopy());
      case 5 -> twice(place);
      default -> place.set(values.like(place.value()));
    }
  }

  /// Any place, seldom one that says what the object is.
  Place place(ObjectNode object) {
    List<Place> places = Trees.places(object);
    List<Place> inner = new ArrayList<>(places);
    inner.removeIf(TreeChange::isIdentity);
    List<Place> from = inner.isEmpty() || random.nextInt(25) == 0 ? places : inner;
    return from.get(random.nextInt(from.size()));
  }

  private static boolean isIdentity(Place place) {
    return switch (place.pointer()) {
      case "/apiVersion", "/kind", "/metadata", "/metadata/name", "/metadata/namespace" -> true;
      default -> false;
    };
  }

  /// Takes a part of the whole object over; most of the golden values are no right ones.
  void graft(ObjectNode object, ObjectNode whole) {
    Place there = place(whole);
    JsonNode at = object;
    List<String> steps = there.steps();
    for (int i = 0; i < steps.size() - 1; i++) {
      if (at instanceof ArrayNode && !isNumber(steps.get(i))) {
        // Something else was put where an object belongs.
        return;
      }
      JsonNode next =
          at instanceof ArrayNode list
              ? list.path(Math.min(Integer.parseInt(steps.get(i)), Math.max(0, list.size() - 1)))
              : at.path(steps.get(i));
      if (!(next instanceof ObjectNode || next instanceof ArrayNode)) {
        if (at instanceof ObjectNode holder) {
          holder.set(steps.get(i), part(whole, steps, i + 1));
        }
        return;
      }
      at = next;
    }
    JsonNode value = random.nextInt(3) == 0 ? values.like(there.value()) : there.value().deepCopy();
    switch (at) {
      case ObjectNode holder -> holder.set(there.step(), value);
      case ArrayNode list -> list.add(value);
      default -> {}
    }
  }

  private static boolean isNumber(String step) {
    return !step.isEmpty() && step.chars().allMatch(Character::isDigit);
  }

  /// What the whole object has above a place, with nothing beside it.
  private static JsonNode part(JsonNode whole, List<String> steps, int from) {
    JsonNode at = whole;
    for (String step : steps.subList(0, from)) {
      at = at instanceof ArrayNode list ? list.path(Integer.parseInt(step)) : at.path(step);
    }
    return Bodies.partial(at, steps.subList(from, steps.size()), Bodies.Lists.KEYED, null);
  }

  private void add(Place place, String name, JsonNode value) {
    switch (place.value()) {
      case ObjectNode object -> object.set(name, value);
      case ArrayNode list -> list.add(value);
      default -> place.set(value);
    }
  }

  private void rename(Place place) {
    if (place.holder() instanceof ObjectNode object && !place.step().isEmpty()) {
      JsonNode value = object.remove(place.step());
      char first = place.step().charAt(0);
      object.set(
          (Character.isUpperCase(first)
                  ? Character.toLowerCase(first)
                  : Character.toUpperCase(first))
              + place.step().substring(1),
          value);
    }
  }

  private static void twice(Place place) {
    if (place.holder() instanceof ArrayNode list) {
      list.add(place.value().deepCopy());
    } else if (place.value() instanceof ArrayNode list && !list.isEmpty()) {
      list.add(list.get(0).deepCopy());
    }
  }
}
