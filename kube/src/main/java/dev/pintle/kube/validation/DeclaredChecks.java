package dev.pintle.kube.validation;

import dev.pintle.kube.object.FieldOrder;
import dev.pintle.kube.object.Json;
import dev.pintle.kube.object.JsonArray;
import dev.pintle.kube.object.JsonObject;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// The words of the table for what upstream declares beside its types instead of writing it down in code: they say other
/// things, and come after all the others.
final class DeclaredChecks {
  private static final String AT_MOST = "at most ";
  private static final String IMMUTABLE = "immutable ";
  private static final String UNIQUE_BY = "unique by ";

  /// The order of the fields of structures inside one that stands twice; others are entries of maps.
  private static final List<String> INNER =
      List.of(
          "name",
          "deviceClassName",
          "selectors",
          "allocationMode",
          "count",
          "adminAccess",
          "tolerations",
          "capacity",
          "derivedAttributes",
          "key",
          "operator",
          "value",
          "effect",
          "tolerationSeconds",
          "type",
          "status",
          "observedGeneration",
          "lastTransitionTime",
          "reason",
          "message",
          "interfaceName",
          "ips",
          "hardwareAddress");

  private DeclaredChecks() {}

  static Check parse(String words) {
    if (words.equals("immutable")) {
      return DeclaredChecks::immutable;
    }
    if (words.startsWith(IMMUTABLE)) {
      return immutable(words.substring(IMMUTABLE.length()));
    }
    if (words.equals("unique")) {
      return DeclaredChecks::unique;
    }
    if (words.startsWith(UNIQUE_BY)) {
      String[] parts = words.substring(UNIQUE_BY.length()).split(" as ", -1);
      return unique(List.of(parts[0].split("\\|")), List.of(parts[1].split("\\|")));
    }
    if (words.startsWith(AT_MOST)) {
      int end = words.lastIndexOf(' ');
      int most = Integer.parseInt(words.substring(AT_MOST.length(), end));
      return words.endsWith(" items") ? atMostItems(most) : atMostCharacters(most);
    }
    throw new IllegalArgumentException(
        "declared %s (expected: immutable, unique, unique by … as …, or at most …)"
            .formatted(words));
  }

  /// @param form its name in Go
  private static Check immutable(String form) {
    return spot -> {
      boolean same =
          (spot.value() instanceof JsonObject now && spot.old() instanceof JsonObject before)
              ? InternalForms.same(form, now, before)
              : Immutable.same(spot.value(), spot.old());
      return isKept(spot, same);
    };
  }

  private static boolean immutable(ValidatedField spot) {
    boolean isMap = Immutable.isMapOfTexts(spot.field());
    return isKept(
        spot,
        isMap
            ? Immutable.sameEntries(map(spot.value()), map(spot.old()))
            : Immutable.same(spot.value(), spot.old()));
  }

  private static @Nullable JsonObject map(@Nullable Json value) {
    return value instanceof JsonObject map ? map : null;
  }

  /// The error does not show the value.
  private static boolean isKept(ValidatedField spot, boolean same) {
    if (!same) {
      spot.report(FieldError.invalid(spot.path(), Json.NULL, Immutable.MESSAGE));
      return false;
    }
    return true;
  }

  private static Check atMostCharacters(int charactersMax) {
    return spot -> {
      if (isLonger(spot.text(), charactersMax)) {
        String detail = "may not be more than %d characters".formatted(charactersMax);
        spot.report(new FieldError(FieldError.Kind.TOO_LONG, spot.path().toString(), null, detail));
      }
      return true;
    };
  }

  private static boolean isLonger(String text, int charactersMax) {
    return text.length() > charactersMax && text.codePointCount(0, text.length()) > charactersMax;
  }

  /// A list that is too long is not looked at any further.
  private static Check atMostItems(int itemsMax) {
    return spot -> {
      boolean fits = !(spot.value() instanceof JsonArray list) || list.size() <= itemsMax;
      if (!fits) {
        int items = spot.structure().count(spot.field());
        spot.report(FieldError.tooMany(spot.path(), items, itemsMax));
      }
      return fits;
    };
  }

  private static boolean unique(ValidatedField spot) {
    Set<Json> seen = new HashSet<>();
    if (spot.value() instanceof JsonArray list) {
      for (int i = 0; i < list.size(); i++) {
        if (!seen.add(list.at(i))) {
          spot.report(FieldError.duplicate(spot.path().index(i), list.at(i)));
        }
      }
    }
    return true;
  }

  /// @param keys what tells an item from another
  /// @param shown the fields of an item in the order in which errors show them; one with `!` also when it is absent
  private static Check unique(List<String> keys, List<String> shown) {
    return spot -> {
      Set<Json> seen = new HashSet<>();
      for (ValidatedObject item : spot.structure().items(spot.field())) {
        JsonObject key = new JsonObject();
        keys.forEach(field -> key.set(field, item.text(field)));
        if (!seen.add(key)) {
          item.add(FieldError.duplicate(item.path(), shown(item, shown)));
        }
      }
      return true;
    };
  }

  private static JsonObject shown(ValidatedObject item, List<String> order) {
    JsonObject inOrder = new JsonObject();
    for (String word : order) {
      boolean always = word.endsWith("!");
      String name = always ? word.substring(0, word.length() - 1) : word;
      Json value = item.value(name);
      if (value != null) {
        inOrder.set(name, ordered(name, value));
      } else if (always) {
        inOrder.set(name, Json.NULL);
      }
    }
    return inOrder;
  }

  private static Json ordered(Json value) {
    return switch (value) {
      case JsonObject object -> ordered(object);
      case JsonArray list -> {
        JsonArray inOrder = new JsonArray();
        list.forEach(item -> inOrder.add(ordered(item)));
        yield inOrder;
      }
      case Json.Text _, Json.Whole _, Json.Decimal _, Json.Bool _, Json.Null _ -> value;
    };
  }

  private static JsonObject ordered(JsonObject object) {
    JsonObject inOrder = new JsonObject();
    Set<String> others = new TreeSet<>();
    object.forEach(field -> others.add(field.name()));
    for (String name : INNER) {
      if (others.remove(name) && object.get(name) instanceof Json value) {
        inOrder.set(name, ordered(name, value));
      }
    }
    for (String name : others) {
      if (object.get(name) instanceof Json value) {
        inOrder.set(name, ordered(name, value));
      }
    }
    return inOrder;
  }

  private static Json ordered(String name, Json value) {
    return switch (name) {
      case "counters", "requests" ->
          value instanceof JsonObject map ? FieldOrder.byName(map) : ordered(value);
      case "data" -> value;
      default -> ordered(value);
    };
  }
}
