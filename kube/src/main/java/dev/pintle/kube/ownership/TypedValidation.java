package dev.pintle.kube.ownership;

import dev.pintle.kube.object.CompactTexts;
import dev.pintle.kube.object.GoValues;
import dev.pintle.kube.object.Json;
import dev.pintle.kube.object.JsonArray;
import dev.pintle.kube.object.JsonObject;
import dev.pintle.kube.object.PlaceOrder;
import dev.pintle.kube.schema.ValueKind;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The check of whether a configuration is of its kind: every field declared, every value of the right type, every item
/// told apart.
final class TypedValidation {
  private static final Set<String> OF_RESOURCES = Set.of("apiVersion", "kind", "metadata");

  private final List<String> wrong = new ArrayList<>();
  private final boolean repeats;
  private final boolean quiet;

  /// @param repeats whether two items may be the same
  /// @param quiet whether nobody asks what is wrong and where
  private TypedValidation(boolean repeats, boolean quiet) {
    this.repeats = repeats;
    this.quiet = quiet;
  }

  /// Whether a value is of its type, be it with items that are not told apart.
  static boolean isOfType(MergeGranularity grain, Json value) {
    TypedValidation conformance = new TypedValidation(true, true);
    conformance.value(grain, value, "", false);
    return conformance.wrong.isEmpty();
  }

  /// What is wrong, as one text, or null.
  static @Nullable String complaint(MergeGranularity grain, JsonObject object) {
    return complaint(grain, object, false);
  }

  /// As [#complaint], of an object that is there: two items may be the same.
  static @Nullable String complaintOfLive(MergeGranularity grain, JsonObject object) {
    return complaint(grain, object, true);
  }

  private static @Nullable String complaint(
      MergeGranularity grain, JsonObject object, boolean repeats) {
    TypedValidation conformance = new TypedValidation(repeats, false);
    conformance.value(grain, object, "", false);
    List<String> wrong = conformance.wrong;
    if (wrong.isEmpty()) {
      return null;
    }
    return wrong.size() == 1 ? wrong.getFirst() : "errors:\n  " + String.join("\n  ", wrong);
  }

  private String below(String path, String name) {
    return quiet ? path : path + "." + name;
  }

  /// @param free whether a schema further up lets unknown fields be
  private void value(MergeGranularity grain, Json value, String path, boolean free) {
    if (quiet && !wrong.isEmpty()) {
      return;
    }
    boolean open = free || grain.node().rules().extensions().preserveUnknownFields();
    if (value instanceof Json.Null) {
      return;
    }
    switch (grain.node().kind()) {
      case OBJECT, MAP -> {
        if (value instanceof JsonObject map) {
          entries(grain, map, path, open);
        } else {
          report(path, "expected map, got &{%s}".formatted(GoValues.text(value)));
        }
      }
      case LIST -> {
        if (value instanceof JsonArray list) {
          items(grain, list, path, open);
        } else {
          report(path, "expected list, got &{%s}".formatted(GoValues.text(value)));
        }
      }
      case ANY -> {}
      case TEXT, INT32, INT64, DOUBLE, BOOLEAN, BYTES, TIME, MICRO_TIME, QUANTITY, INT_OR_STRING ->
          scalar(grain, value, path);
    }
  }

  private void scalar(MergeGranularity grain, Json value, String path) {
    switch (grain.node().kind()) {
      case INT32, INT64, DOUBLE -> {
        if (!(value instanceof Json.Whole || value instanceof Json.Decimal)) {
          report(path, "expected numeric (int or float), got " + GoValues.type(value));
        }
      }
      case TEXT -> text(grain, value, path);
      case BYTES -> requireText(value, path);
      case BOOLEAN -> {
        if (!(value instanceof Json.Bool)) {
          report(path, "expected boolean, got &{%s}".formatted(GoValues.text(value)));
        }
      }
      // Upstream's schema says nothing of it.
      case INT_OR_STRING -> {}
      case TIME, MICRO_TIME, QUANTITY, OBJECT, MAP, LIST, ANY -> requireScalar(value, path);
    }
  }

  /// A text with a format may be any scalar here.
  private void text(MergeGranularity grain, Json value, String path) {
    String format = grain.node().rules().format();
    if (format.isEmpty() || format.equals("byte")) {
      requireText(value, path);
    } else {
      requireScalar(value, path);
    }
  }

  private void requireText(Json value, String path) {
    if (!(value instanceof Json.Text)) {
      report(
          path,
          "expected string, got &value.valueUnstructured{Value:%s}"
              .formatted(GoValues.syntax(value)));
    }
  }

  private void requireScalar(Json value, String path) {
    if (value instanceof JsonObject || value instanceof JsonArray) {
      report(path, "expected any scalar, got &{%s}".formatted(GoValues.text(value)));
    }
  }

  private void entries(MergeGranularity grain, JsonObject map, String path, boolean free) {
    for (int i = 0; i < map.size(); i++) {
      String name = map.nameAt(i);
      if (!grain.allows(name) && !free && !isOfEvery(grain, name)) {
        report(path + "." + name, "field not declared in schema");
        return;
      }
      value(grain.entry(name), map.valueAt(i), below(path, name), free);
    }
  }

  /// Whether every value of the type may have it: an object of the API inside another names its type, and a map of anything has
  /// any name.
  private static boolean isOfEvery(MergeGranularity grain, String name) {
    return grain.node().rules().extensions().embeddedResource()
        ? OF_RESOURCES.contains(name)
        : grain.node().kind() == ValueKind.MAP;
  }

  private void items(MergeGranularity grain, JsonArray list, String path, boolean free) {
    boolean told = grain.shape(list) == MergeGranularity.Shape.ITEMS;
    CompactTexts texts = told ? grain.manyTexts(list) : null;
    BitSet again = texts == null || repeats ? new BitSet() : repeated(texts);
    Set<PathElement> seen = new HashSet<>();
    for (int i = 0; i < list.size(); i++) {
      PathElement element = new PathElement.Index(i);
      if (told) {
        try {
          element = grain.element(list.at(i));
        } catch (MergeGranularity.NoElement unknown) {
          report(path, "element %d: %s".formatted(i, unknown.getMessage()));
          return;
        }
        boolean first = repeats || (texts == null ? seen.add(element) : !again.get(i));
        if (!first) {
          report(path, "duplicate entries for key " + element);
        }
      }
      value(grain.item(), list.at(i), quiet ? path : path + element, free);
    }
  }

  /// The places of texts that stand at an earlier place, too.
  private static BitSet repeated(CompactTexts texts) {
    int[] places = PlaceOrder.of(texts.size(), texts::compare);
    BitSet again = new BitSet(places.length);
    for (int i = 1; i < places.length; i++) {
      if (texts.compare(places[i - 1], places[i]) == 0) {
        again.set(places[i]);
      }
    }
    return again;
  }

  private void report(String path, String what) {
    wrong.add(path.isEmpty() ? what : path + ": " + what);
  }
}
