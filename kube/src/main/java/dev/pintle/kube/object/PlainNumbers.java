package dev.pintle.kube.object;

/// Numbers as Go writes them once it has read them, in place of what a client wrote.
public final class PlainNumbers {
  private PlainNumbers() {}

  /// The same object, changed.
  public static JsonObject in(JsonObject object) {
    for (int i = 0; i < object.size(); i++) {
      if (object.valueAt(i) instanceof Json.Decimal(double number, String written)
          && !written.isEmpty()) {
        object.set(object.nameAt(i), new Json.Decimal(number));
      } else {
        within(object.valueAt(i));
      }
    }
    return object;
  }

  private static void within(Json value) {
    switch (value) {
      case JsonObject object -> in(object);
      case JsonArray array -> {
        for (int i = 0; i < array.size(); i++) {
          if (array.at(i) instanceof Json.Decimal(double number, String written)
              && !written.isEmpty()) {
            array.set(i, new Json.Decimal(number));
          } else {
            within(array.at(i));
          }
        }
      }
      case Json.Text _, Json.Whole _, Json.Decimal _, Json.Bool _, Json.Null _ -> {}
    }
  }
}
