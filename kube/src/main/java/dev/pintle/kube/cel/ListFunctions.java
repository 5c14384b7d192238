package dev.pintle.kube.cel;

import dev.pintle.kube.cel.Functions.Implementation;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Functions of lists.
final class ListFunctions {
  private static final long REFERENCE_BYTES = 8;

  private ListFunctions() {}

  static void addTo(Map<String, Implementation> functions) {
    functions.put("isSorted", (frame, given) -> isSorted(frame, items(given[0])));
    functions.put("sum", (frame, given) -> sum(frame, items(given[0])));
    functions.put("min", (frame, given) -> extreme(frame, items(given[0]), -1, "min"));
    functions.put("max", (frame, given) -> extreme(frame, items(given[0]), 1, "max"));
    functions.put("sort", (frame, given) -> sorted(frame, items(given[0]), items(given[0])));
    functions.put(
        "@sortByAssociatedKeys", (frame, given) -> sorted(frame, items(given[0]), items(given[1])));
    functions.put("join", ListFunctions::join);
    functions.put("slice", ListFunctions::slice);
    functions.put("lists.range", ListFunctions::range);
    functions.put("reverse", (frame, given) -> reversed(frame, items(given[0])));
    functions.put("distinct", (frame, given) -> distinct(frame, items(given[0])));
    functions.put("flatten", ListFunctions::flatten);
    functions.put("first", (_, given) -> end(items(given[0]), true));
    functions.put("last", (_, given) -> end(items(given[0]), false));
    functions.put(
        "sets.contains",
        (frame, given) -> Value.of(containsAll(frame, items(given[0]), items(given[1]))));
    functions.put(
        "sets.equivalent",
        (frame, given) ->
            Value.of(
                containsAll(frame, items(given[0]), items(given[1]))
                    && containsAll(frame, items(given[1]), items(given[0]))));
    functions.put("sets.intersects", ListFunctions::intersects);
  }

  static List<Value> items(Value value) {
    if (value instanceof Value.ListValue(List<Value> items)) {
      return items;
    }
    throw CelException.noOverload();
  }

  private static Value isSorted(Activation frame, List<Value> items) {
    for (int i = 0; i < items.size(); i++) {
      requireOrdered(items, i);
      if (i > 0 && order(frame, items.get(i - 1), items.get(i)) > 0) {
        return Constants.FALSE;
      }
    }
    return Constants.TRUE;
  }

  /// What cannot be compared is neither before nor behind, as upstream has it here.
  private static int order(Activation frame, Value left, Value right) {
    try {
      return ValueComparison.order(frame, left, right);
    } catch (CelException misfit) {
      if (misfit.isCancelled()) {
        throw misfit;
      }
      return 0;
    }
  }

  private static Value sum(Activation frame, List<Value> items) {
    Value sum = items.isEmpty() ? Value.of(0) : items.getFirst();
    requireSummable(sum);
    for (int i = 1; i < items.size(); i++) {
      sum = Operators.plus(frame, sum, items.get(i));
    }
    return sum;
  }

  private static void requireSummable(Value item) {
    boolean summable =
        switch (item) {
          case Value.Numeric _, Value.DurationValue _ -> true;
          case Value.Sized _, Value.TimestampValue _, Value.Plain _, Value.OptionalValue _ -> false;
        };
    if (!summable) {
      throw new CelException(CelException.NO_OVERLOAD + ": sum(list)");
    }
  }

  /// The first item tells whether the function fits; another one does not fit the others.
  private static void requireOrdered(List<Value> items, int position) {
    if (!MisfitWords.isOrdered(items.get(position))) {
      throw position == 0 ? CelException.noOverload() : CelException.plainNoOverload();
    }
  }

  private static Value extreme(Activation frame, List<Value> items, int direction, String name) {
    if (items.isEmpty()) {
      throw new CelException(name + " called on empty list");
    }
    Value best = items.getFirst();
    for (int i = 0; i < items.size(); i++) {
      requireOrdered(items, i);
      best = order(frame, items.get(i), best) * direction > 0 ? items.get(i) : best;
    }
    return best;
  }

  /// The items in the order of their keys.
  private static Value sorted(Activation frame, List<Value> items, List<Value> keys) {
    frame.allocate(2 * REFERENCE_BYTES * items.size());
    for (Value key : keys) {
      if (!MisfitWords.isOrdered(keys.getFirst())) {
        throw new CelException("list elements must be comparable");
      }
      if (!key.type().equals(keys.getFirst().type())) {
        throw new CelException("list elements must have the same type");
      }
    }
    int[] order =
        PatternSort.order(
            items.size(), (one, other) -> isBefore(frame, keys.get(one), keys.get(other)));
    List<Value> sorted = new ArrayList<>();
    for (int position : order) {
      sorted.add(items.get(position));
    }
    return new Value.ListValue(sorted);
  }

  /// What is no number is neither before anything nor behind it.
  private static boolean isBefore(Activation frame, Value left, Value right) {
    return !isNoNumber(left) && !isNoNumber(right) && ValueComparison.order(frame, left, right) < 0;
  }

  private static boolean isNoNumber(Value value) {
    return value instanceof Value.DoubleValue(double number) && Double.isNaN(number);
  }

  static Value indexOf(Activation frame, List<Value> items, Value wanted) {
    for (int i = 0; i < items.size(); i++) {
      if (ValueComparison.isEqual(frame, items.get(i), wanted)) {
        return Value.of(i);
      }
    }
    return Value.of(-1);
  }

  static Value lastIndexOf(Activation frame, List<Value> items, Value wanted) {
    for (int i = items.size() - 1; i >= 0; i--) {
      if (ValueComparison.isEqual(frame, items.get(i), wanted)) {
        return Value.of(i);
      }
    }
    return Value.of(-1);
  }

  private static Value join(Activation frame, Value[] given) {
    List<Value> items = items(given[0]);
    String separator = given.length > 1 ? TextFunctions.text(given, 1) : "";
    long characters = Math.max(0, items.size() - 1) * (long) separator.length();
    for (int i = 0; i < items.size(); i++) {
      characters += part(items, i).length();
    }
    frame.allocate(TextFunctions.bytes(characters));
    StringBuilder joined = new StringBuilder();
    for (int i = 0; i < items.size(); i++) {
      joined.append(i == 0 ? "" : separator).append(part(items, i));
    }
    Value made = Value.of(joined.toString());
    frame.charge((long) Math.ceil(CallCosts.size(made) * 2 * CallCosts.TRAVERSAL));
    return made;
  }

  private static String part(List<Value> items, int position) {
    if (items.get(position) instanceof Value.Text(String text)) {
      return text;
    }
    throw position == 0
        ? CelException.noOverload()
        : new CelException("join: invalid input: " + MisfitWords.shown(items.get(position)));
  }

  private static Value slice(Activation frame, Value[] given) {
    List<Value> items = items(given[0]);
    long from = TextFunctions.number(given, 1);
    long to = TextFunctions.number(given, 2);
    boolean fits = from >= 0 && from <= to && to <= items.size();
    frame.charge(CallCosts.list(1, fits ? to - from : 1));
    if (from < 0 || to < 0) {
      throw new CelException(
          "cannot slice(%d, %d), negative indexes not supported".formatted(from, to));
    }
    if (from > to) {
      throw new CelException(
          "cannot slice(%d, %d), start index must be less than or equal to end index"
              .formatted(from, to));
    }
    if (to > items.size()) {
      throw new CelException(
          "cannot slice(%d, %d), list is length %d".formatted(from, to, items.size()));
    }
    return new Value.ListValue(items.subList((int) from, (int) to));
  }

  private static Value range(Activation frame, Value[] given) {
    long count = TextFunctions.number(given, 0);
    frame.charge(CallCosts.list(1, count < 0 ? 1 : count));
    if (count < 0) {
      throw new CelException("lists.range: size must be non-negative, got " + count);
    }
    frame.allocate(4 * REFERENCE_BYTES * count);
    List<Value> numbers = new ArrayList<>();
    for (long i = 0; i < count; i++) {
      numbers.add(Value.of(i));
    }
    return new Value.ListValue(numbers);
  }

  private static Value reversed(Activation frame, List<Value> items) {
    frame.allocate(REFERENCE_BYTES * items.size());
    return new Value.ListValue(new ArrayList<>(items).reversed());
  }

  private static Value distinct(Activation frame, List<Value> items) {
    frame.allocate(8 * REFERENCE_BYTES * items.size());
    List<Value> kept = new ArrayList<>();
    Set<Value> plain = new HashSet<>();
    for (Value item : items) {
      boolean compound = item instanceof Value.ListValue || item instanceof Value.MapValue;
      boolean known =
          compound ? contains(frame, kept, item) : !plain.add(ValueComparison.normal(item));
      if (!known) {
        kept.add(item);
      }
    }
    return new Value.ListValue(kept);
  }

  private static Value flatten(Activation frame, Value[] given) {
    long depth = given.length > 1 ? TextFunctions.number(given, 1) : 1;
    if (depth < 0) {
      throw new CelException("level must be non-negative");
    }
    List<Value> flat = new ArrayList<>();
    flatten(frame, items(given[0]), depth, flat);
    return new Value.ListValue(flat);
  }

  private static void flatten(Activation frame, List<Value> items, long depth, List<Value> flat) {
    frame.allocate(REFERENCE_BYTES * items.size());
    for (Value item : items) {
      if (depth > 0 && item instanceof Value.ListValue(List<Value> inner)) {
        flatten(frame, inner, depth - 1, flat);
      } else {
        flat.add(item);
      }
    }
  }

  private static Value end(List<Value> items, boolean first) {
    if (items.isEmpty()) {
      return new Value.OptionalValue(Optional.empty());
    }
    return new Value.OptionalValue(Optional.of(first ? items.getFirst() : items.getLast()));
  }

  static Value unwrapped(List<Value> items) {
    List<Value> held = new ArrayList<>();
    items.forEach(item -> Functions.held(item).ifPresent(held::add));
    return new Value.ListValue(held);
  }

  /// Items that cannot be compared with it are a problem only in a list that has a schema, and if no other item is equal.
  static boolean contains(Activation frame, List<Value> items, Value wanted) {
    CelException problem = null;
    for (Value item : items) {
      try {
        if (ValueComparison.same(frame, item, wanted)) {
          return true;
        }
      } catch (CelException wrong) {
        problem = Chain.first(problem, wrong);
      }
    }
    if (problem != null && JsonAdapter.origin(items) == TreeOrigin.SCHEMA) {
      throw problem;
    }
    return false;
  }

  private static boolean containsAll(Activation frame, List<Value> items, List<Value> wanted) {
    for (Value one : wanted) {
      if (!contains(frame, items, one)) {
        return false;
      }
    }
    return true;
  }

  private static Value intersects(Activation frame, Value[] given) {
    List<Value> items = items(given[0]);
    for (Value one : items(given[1])) {
      if (contains(frame, items, one)) {
        return Constants.TRUE;
      }
    }
    return Constants.FALSE;
  }
}
