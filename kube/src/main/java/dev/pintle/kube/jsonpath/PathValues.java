package dev.pintle.kube.jsonpath;

import dev.pintle.kube.object.Json;
import dev.pintle.kube.object.JsonArray;
import dev.pintle.kube.object.JsonObject;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/// One walk along a path.
final class PathValues {
  /// Values that are passed by on one walk: descents behind one another pass the same values many times.
  static final int VISITED_MAX = 200_000;

  private int visited;

  List<Json> follow(List<Step> steps, List<Json> start) throws JsonPathException {
    List<Json> found = start;
    for (Step step : steps) {
      found = next(step, found);
    }
    return found;
  }

  private List<Json> next(Step step, List<Json> before) throws JsonPathException {
    List<Json> found = new ArrayList<>();
    switch (step) {
      case Step.Literal(var text) -> found.add(text);
      case Step.Union(var paths) -> {
        for (List<Step> path : paths) {
          found.addAll(follow(path, before));
        }
      }
      case Step.Word(var name) -> throw new JsonPathException("unrecognized identifier " + name);
      case Step.Field _,
          Step.Slice _,
          Step.Wildcard _,
          Step.RecursiveDescent _,
          Step.Filter _,
          Step.Constant _ -> {
        for (Json value : before) {
          visit(1);
          each(step, value, found);
        }
      }
    }
    return found;
  }

  private void each(Step step, Json value, List<Json> found) throws JsonPathException {
    switch (step) {
      case Step.Field(var name) -> {
        if (value instanceof JsonObject object && object.get(name) instanceof Json there) {
          found.add(there);
        }
      }
      case Step.Slice slice -> items(slice, value, found);
      case Step.Wildcard _ -> found.addAll(children(value));
      case Step.RecursiveDescent _ -> descend(value, found);
      case Step.Filter filter -> filter(filter, value, found);
      case Step.Constant(var constant) -> found.add(constant);
      case Step.Literal _, Step.Union _, Step.Word _ -> {}
    }
  }

  private void visit(int values) throws JsonPathException {
    visited += values;
    if (visited > VISITED_MAX) {
      throw new JsonPathException("more than %d values on the way".formatted(VISITED_MAX));
    }
  }

  private void items(Step.Slice slice, Json value, List<Json> found) throws JsonPathException {
    if (value instanceof Json.Null) {
      return;
    }
    JsonArray list = list(value);
    long length = list.size();
    long from = fromEnd(slice.from() == null ? 0 : slice.from(), length);
    long to = slice.to() == null ? length : slice.to();
    if (to < 0 || (to == 0 && slice.single())) {
      to += length;
    }
    if (from == to) {
      return;
    }
    if (from < 0 || from >= length || to < 0 || to > length || from > to) {
      throw new JsonPathException(
          "array index out of bounds: %d to %d, length %d".formatted(from, to, length));
    }
    long step = slice.step() == null ? 1 : slice.step();
    if (step <= 0) {
      throw new JsonPathException("step must be > 0");
    }
    for (long i = from; i < to && i >= 0; i += step) {
      visit(1);
      found.add(list.at((int) i));
    }
  }

  private static long fromEnd(long index, long length) {
    return index < 0 ? index + length : index;
  }

  private static JsonArray list(Json value) throws JsonPathException {
    if (value instanceof JsonArray list) {
      return list;
    }
    throw new JsonPathException("not an array");
  }

  /// What is one level below; of a text its bytes, as Go has it.
  private List<Json> children(Json value) throws JsonPathException {
    List<Json> children = new ArrayList<>();
    switch (value) {
      case JsonArray list -> list.forEach(children::add);
      case JsonObject object -> object.forEach(field -> children.add(field.value()));
      case Json.Text(var text) -> {
        visit(text.length());
        for (byte one : text.getBytes(StandardCharsets.UTF_8)) {
          children.add(Json.of(one & 0xff));
        }
      }
      case Json.Whole _, Json.Decimal _, Json.Bool _, Json.Null _ -> {}
    }
    visit(children.size());
    return children;
  }

  private void descend(Json top, List<Json> found) throws JsonPathException {
    Deque<Json> open = new ArrayDeque<>();
    open.push(top);
    while (!open.isEmpty()) {
      Json value = open.pop();
      if (value instanceof Json.Text(var text)) {
        if (!text.isEmpty()) {
          found.add(value);
        }
        continue;
      }
      List<Json> children = children(value);
      if (!children.isEmpty()) {
        found.add(value);
        children.reversed().forEach(open::push);
      }
    }
  }

  private void filter(Step.Filter filter, Json value, List<Json> found) throws JsonPathException {
    for (Json item : list(value)) {
      visit(1);
      if (filter.operator().isEmpty() ? leadsAnywhere(filter.left(), item) : holds(filter, item)) {
        found.add(item);
      }
    }
  }

  /// A step that does not fit leaves what is there, as upstream has it.
  private boolean leadsAnywhere(List<Step> steps, Json item) throws JsonPathException {
    List<Json> found = List.of(item);
    try {
      for (Step step : steps) {
        found = next(step, found);
      }
    } catch (JsonPathException failed) {
      if (visited > VISITED_MAX) {
        throw failed;
      }
    }
    return !found.isEmpty();
  }

  private boolean holds(Step.Filter filter, Json item) throws JsonPathException {
    List<Json> left = single(follow(filter.left(), List.of(item)));
    if (left.isEmpty()) {
      return false;
    }
    List<Json> right = single(follow(filter.right(), List.of(item)));
    return !right.isEmpty()
        && PathComparison.holds(left.getFirst(), filter.operator(), right.getFirst());
  }

  private static List<Json> single(List<Json> found) throws JsonPathException {
    if (found.size() > 1) {
      throw new JsonPathException("can only compare one element at a time");
    }
    return found;
  }
}
