package dev.pintle.kube.patch;

import dev.pintle.kube.object.FieldOrder;
import dev.pintle.kube.object.Json;
import dev.pintle.kube.object.JsonArray;
import dev.pintle.kube.object.JsonObject;
import dev.pintle.kube.object.RawTexts;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Set;

/// The objects that upstream's library takes apart while it patches. It writes their fields by name afterwards and leaves all others
/// as they were, which a message that shows the outcome tells.
final class Opened {
  /// Of objects that are opened one within another each time all that is in it is read; beyond this much, what they hold twice is
  /// not known any more.
  private static final int OPENED_CHARACTERS_MAX = 16 << 20;

  private final Set<JsonObject> objects = Collections.newSetFromMap(new IdentityHashMap<>());
  private int openedCharacters;

  void add(JsonObject object) {
    if (openedCharacters < OPENED_CHARACTERS_MAX) {
      openedCharacters += RawTexts.open(object);
    } else {
      object.forgetText();
    }
    if (objects.add(object)) {
      // At once, too: what is copied from now on is copied in this order.
      FieldOrder.sort(object);
    }
  }

  /// The value and all objects in it.
  void addAll(Json value) {
    switch (value) {
      case JsonObject object -> {
        add(object);
        for (int i = 0; i < object.size(); i++) {
          addAll(object.valueAt(i));
        }
      }
      case JsonArray array -> array.forEach(this::addAll);
      case Json.Text _, Json.Whole _, Json.Decimal _, Json.Bool _, Json.Null _ -> {}
    }
  }

  /// Those in a value, itself among them.
  void sort(Json value) {
    switch (value) {
      case JsonObject object -> {
        if (objects.contains(object)) {
          FieldOrder.sort(object);
        }
        for (int i = 0; i < object.size(); i++) {
          sort(object.valueAt(i));
        }
      }
      case JsonArray array -> array.forEach(this::sort);
      case Json.Text _, Json.Whole _, Json.Decimal _, Json.Bool _, Json.Null _ -> {}
    }
  }

  /// All of them.
  void sort() {
    objects.forEach(FieldOrder::sort);
  }
}
