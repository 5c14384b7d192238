package dev.pintle.kube.patch;

import dev.pintle.kube.object.FieldOrder;
import dev.pintle.kube.object.Json;
import dev.pintle.kube.object.JsonArray;
import dev.pintle.kube.object.JsonObject;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The objects that upstream's library takes apart while it patches. It writes their fields by name afterwards and leaves all others
/// as they were, which a message that shows the outcome tells.
final class Opened {
  /// For who shows nothing.
  static final Opened UNTOLD = new Opened(null);

  private final @Nullable Set<JsonObject> objects;

  private Opened(@Nullable Set<JsonObject> objects) {
    this.objects = objects;
  }

  static Opened told() {
    return new Opened(Collections.newSetFromMap(new IdentityHashMap<>()));
  }

  void add(JsonObject object) {
    if (objects != null && objects.add(object)) {
      // At once, too: what is copied from now on is copied in this order.
      FieldOrder.sort(object);
    }
  }

  /// The value and all objects in it.
  void addAll(Json value) {
    if (objects == null) {
      return;
    }
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

  void sort() {
    if (objects != null) {
      objects.forEach(FieldOrder::sort);
    }
  }
}
