package dev.pintle.kube.ownership;

import dev.pintle.kube.object.GoNumbers;
import dev.pintle.kube.object.GoText;
import dev.pintle.kube.object.Json;
import dev.pintle.kube.object.JsonArray;
import dev.pintle.kube.object.JsonObject;
import dev.pintle.kube.object.JsonWriter;
import dev.pintle.kube.object.Utf8Order;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Values as members of a set and as keys of an item. Numbers are compared by what they are worth.
final class ScalarKeys {
  // Beyond, doubles leave whole numbers out.
  private static final double WHOLE_MAX = 1L << 53;

  private ScalarKeys() {}

  /// A whole number as one, however it was written.
  static Json plain(Json value) {
    return value instanceof Json.Decimal(double number, _)
            && Math.abs(number) < WHOLE_MAX
            && number == Math.rint(number)
        ? Json.of((long) number)
        : value;
  }

  static int compare(Json one, Json other) {
    if (isNumber(one) && isNumber(other)) {
      return one instanceof Json.Whole(var whole) && other instanceof Json.Whole(var otherWhole)
          ? Long.compare(whole, otherWhole)
          // A zero has no sign here.
          : Double.compare(number(one) + 0.0, number(other) + 0.0);
    }
    if (one instanceof Json.Text(var text) && other instanceof Json.Text(var otherText)) {
      return Utf8Order.compare(text, otherText);
    }
    if (one instanceof Json.Bool(var truth) && other instanceof Json.Bool(var otherTruth)) {
      return Boolean.compare(truth, otherTruth);
    }
    int byRank = Integer.compare(rank(one), rank(other));
    return byRank != 0 ? byRank : Utf8Order.compare(JsonWriter.text(one), JsonWriter.text(other));
  }

  /// Whether two values are the same to an owner: numbers by their worth, fields in whatever order.
  static boolean same(Json one, Json other) {
    return switch (one) {
      case Json.Whole _, Json.Decimal _ -> isNumber(other) && compare(one, other) == 0;
      case JsonArray list -> other instanceof JsonArray otherList && sameItems(list, otherList);
      case JsonObject map -> other instanceof JsonObject otherMap && sameFields(map, otherMap);
      case Json.Text _, Json.Bool _, Json.Null _ -> one.equals(other);
    };
  }

  private static boolean sameItems(JsonArray list, JsonArray other) {
    boolean same = list.size() == other.size();
    for (int i = 0; same && i < list.size(); i++) {
      same = same(list.at(i), other.at(i));
    }
    return same;
  }

  private static boolean sameFields(JsonObject map, JsonObject other) {
    boolean same = map.size() == other.size();
    for (int i = 0; same && i < map.size(); i++) {
      Json there = other.get(map.nameAt(i));
      same = there != null && same(map.valueAt(i), there);
    }
    return same;
  }

  /// Whether upstream, which compares lists of structures as Go does, tells `now` from what it is once it was stored. What was stored
  /// already is never told from itself.
  static boolean isHeldOtherwise(Json now) {
    return isHeldOtherwise(now, false);
  }

  private static boolean isHeldOtherwise(Json now, boolean inList) {
    boolean otherwise = false;
    if (now instanceof JsonArray list) {
      for (Json item : list) {
        otherwise |= isHeldOtherwise(item, true);
      }
    } else if (now instanceof JsonObject map) {
      otherwise = inList && map.isHeldOtherwise();
      for (int i = 0; !otherwise && i < map.size(); i++) {
        otherwise = isHeldOtherwise(map.valueAt(i), inList);
      }
    }
    return otherwise;
  }

  /// Whether there is nothing in it: absent, null, or without parts.
  static boolean isEmpty(@Nullable Json value) {
    return switch (value) {
      case JsonObject map -> map.isEmpty();
      case JsonArray list -> list.isEmpty();
      case null -> true;
      case Json.Text _, Json.Whole _, Json.Decimal _, Json.Bool _, Json.Null _ -> true;
    };
  }

  /// As messages show a value.
  static String text(Json value) {
    return switch (value) {
      case Json.Text(var text) -> GoText.quote(text);
      case Json.Decimal(var number, _) -> GoNumbers.shortest(number);
      case Json.Whole _, Json.Bool _, Json.Null _ -> JsonWriter.text(value);
      case JsonArray list -> {
        List<String> items = new ArrayList<>();
        list.forEach(item -> items.add(text(item)));
        yield "[" + String.join(",", items) + "]";
      }
      case JsonObject map -> {
        StringBuilder entries = new StringBuilder();
        map.forEach(entry -> entries.append(entry.name()).append('=').append(text(entry.value())));
        yield entries.toString();
      }
    };
  }

  private static boolean isNumber(Json value) {
    return value instanceof Json.Whole || value instanceof Json.Decimal;
  }

  private static double number(Json value) {
    return switch (value) {
      case Json.Whole(var whole) -> whole;
      case Json.Decimal(var decimal, _) -> decimal;
      case JsonObject _, JsonArray _, Json.Text _, Json.Bool _, Json.Null _ -> Double.NaN;
    };
  }

  private static int rank(Json value) {
    return switch (value) {
      case Json.Decimal _ -> 0;
      case Json.Whole _ -> 1;
      case Json.Text _ -> 2;
      case Json.Bool _ -> 3;
      case JsonArray _ -> 4;
      case JsonObject _ -> 5;
      case Json.Null _ -> 6;
    };
  }
}
