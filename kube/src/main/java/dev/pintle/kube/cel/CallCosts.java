package dev.pintle.kube.cel;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/// The costs of calls when they are made, in upstream's units.
final class CallCosts {
  /// Of a character that is looked at.
  static final double TRAVERSAL = 0.1;

  /// Of a character of a pattern.
  static final double PATTERN = 0.25;

  private static final long LIST = 10;
  private static final long REQUIREMENT = 50;
  // One run can ask about rights twice.
  private static final long RIGHTS = 350_000;
  // Far above what any run may cost, and far below an overflow.
  private static final double MOST = 1e15;

  /// The cost of one call, told before it is made; what depends on the result is charged by the function.
  interface Rule {
    long of(Value[] arguments);
  }

  private CallCosts() {}

  static Rule of(String function, String overload) {
    return switch (function) {
      case "isSorted", "sum", "max", "min", "indexOf", "lastIndexOf" ->
          given -> traversal(given[0]);
      case "lowerAscii",
          "upperAscii",
          "substring",
          "trim",
          "quantity",
          "isQuantity",
          "jsonpatch.escapeKey" ->
          first(1);
      case "check" -> _ -> RIGHTS;
      case "fieldSelector", "labelSelector" -> given -> selector(size(given[1]));
      case "replace", "split" -> first(2);
      case "find", "findAll" -> given -> pattern(given[0], given[1]);
      case "join", "lists.range", "slice" -> _ -> 0;
      case "url", "cidr", "isIP", "isCIDR", "semver", "isSemver" -> first(1);
      case "ip" -> overload.equals("cidr_ip") ? _ -> 1 : first(1);
      case "ip.isCanonical" -> first(2);
      case "containsIP" -> CallCosts::containsAddress;
      case "containsCIDR" -> CallCosts::containsRange;
      case "validate" -> CallCosts::validation;
      case "sort" -> overload.isEmpty() ? _ -> 1 : given -> pairs(given[0]);
      case "@sortByAssociatedKeys" -> overload.isEmpty() ? _ -> 1 : given -> pairs(given[1]);
      default -> ofOverload(overload);
    };
  }

  /// What a call costs that does not fit, of those that are paid for by what they make.
  static long ofMisfit(String function) {
    return switch (function) {
      case "join" -> 1;
      case "lists.range", "slice" -> list(1, 1);
      default -> 0;
    };
  }

  /// Of reading requirements, of which the shortest are two characters long.
  private static long selector(long length) {
    return LIST + over(length, TRAVERSAL) + over(length, 0.5) * REQUIREMENT;
  }

  private static Rule first(double factor) {
    return given -> over(size(given[0]), factor * TRAVERSAL);
  }

  private static Rule ofOverload(String overload) {
    return switch (overload) {
      case "starts_with_string", "ends_with_string" -> given -> over(size(given[1]), TRAVERSAL);
      case "string_to_bytes", "bytes_to_string", "strings_quote", "string_format" -> first(1);
      case "in_list" -> given -> size(given[1]);
      case "less_string",
          "greater_string",
          "less_equals_string",
          "greater_equals_string",
          "less_bytes",
          "greater_bytes",
          "less_equals_bytes",
          "greater_equals_bytes",
          "equals",
          "not_equals" ->
          given -> over(Math.min(size(given[0]), size(given[1])), TRAVERSAL);
      case "add_string", "add_bytes" -> given -> over(size(given[0]) + size(given[1]), TRAVERSAL);
      case "matches", "matches_string" -> given -> pattern(given[0], given[1]);
      case "contains_string" ->
          given -> over(size(given[0]), TRAVERSAL) * over(size(given[1]), TRAVERSAL);
      case "list_reverse", "list_flatten" -> given -> list(1, size(given[0]));
      case "list_flatten_int" ->
          given -> list(given[1] instanceof Value.Int(long deep) ? deep : 1, size(given[0]));
      case "list_distinct" -> given -> pairs(given[0]);
      case "list_sets_contains_list", "list_sets_intersects_list" ->
          given -> 1 + size(given[0]) * size(given[1]);
      case "list_sets_equivalent_list" -> given -> 1 + 2 * size(given[0]) * size(given[1]);
      default -> _ -> 1;
    };
  }

  private static long over(long size, double factor) {
    return (long) Math.ceil(size * factor);
  }

  private static long containsAddress(Value[] given) {
    return over(2 * size(given[0]), TRAVERSAL) + reading(given[1]);
  }

  private static long containsRange(Value[] given) {
    long size = size(given[0]);
    return over(2 * size, TRAVERSAL) + over(size, TRAVERSAL) + 1 + reading(given[1]);
  }

  private static long reading(Value given) {
    return given instanceof Value.Text ? over(size(given), TRAVERSAL) : 0;
  }

  private static long validation(Value[] given) {
    if (!(given[0] instanceof Value.Extension(NamedFormat format))) {
      return 1;
    }
    return over(1 + size(given[1]), TRAVERSAL) * over(format.patternLength(), PATTERN);
  }

  private static long pattern(Value text, Value pattern) {
    return (long) Math.ceil((1.0 + size(text)) * TRAVERSAL) * over(size(pattern), PATTERN);
  }

  /// Of a list that is made.
  static long list(double factor, long size) {
    double each = factor < 0 ? 1 : factor;
    return (long) Math.min(size * each, MOST) + 1 + LIST;
  }

  private static long pairs(Value list) {
    long size = size(list);
    boolean texts =
        list instanceof Value.ListValue(List<Value> items)
            && !items.isEmpty()
            && (items.getFirst() instanceof Value.Text || items.getFirst() instanceof Value.Bytes);
    return list(texts ? 2 + TRAVERSAL : 2, size * size);
  }

  /// Characters, bytes, items or entries; 1 for what has none of them.
  static long size(Value value) {
    return switch (value) {
      case Value.Text(String text) -> text.codePointCount(0, text.length());
      case Value.Bytes(byte[] bytes) -> bytes.length;
      case Value.ListValue(List<Value> items) -> items.size();
      case Value.MapValue(Map<Value, Value> entries) -> entries.size();
      case Value.OptionalValue(var held) -> held.isPresent() ? size(held.get()) : 1;
      case Value.Extension(LibraryValue object) -> object.size();
      case Value.Bool _,
          Value.Int _,
          Value.Uint _,
          Value.DoubleValue _,
          Value.NullValue _,
          Value.DurationValue _,
          Value.TimestampValue _,
          Value.QuantityValue _,
          Value.Type _ ->
          1;
    };
  }

  /// Of going through all that there is in a value.
  private static long traversal(Value value) {
    return switch (value) {
      case Value.Text(String text) ->
          (long) (text.getBytes(StandardCharsets.UTF_8).length * TRAVERSAL);
      case Value.Bytes(byte[] bytes) -> (long) (bytes.length * TRAVERSAL);
      case Value.ListValue(List<Value> items) -> {
        long cost = 0;
        for (Value item : items) {
          cost += traversal(item);
        }
        yield cost;
      }
      case Value.MapValue(Map<Value, Value> entries) -> {
        long cost = 0;
        for (Map.Entry<Value, Value> entry : entries.entrySet()) {
          cost += traversal(entry.getKey()) + traversal(entry.getValue());
        }
        yield cost;
      }
      case Value.Bool _,
          Value.Int _,
          Value.Uint _,
          Value.DoubleValue _,
          Value.NullValue _,
          Value.DurationValue _,
          Value.TimestampValue _,
          Value.QuantityValue _,
          Value.Extension _,
          Value.OptionalValue _,
          Value.Type _ ->
          1;
    };
  }
}
