package dev.pintle.kube.object;

/// About how many bytes a value takes when it is written, for limits.
public final class JsonSize {
  private static final int PUNCTUATION_BYTES = 3;
  private static final int NUMBER_BYTES = 8;

  private JsonSize() {}

  public static long bytes(Json value) {
    return switch (value) {
      case JsonObject object -> {
        if (object.keptText() instanceof String text) {
          yield text.length();
        }
        long sum = 2;
        for (int i = 0; i < object.size(); i++) {
          sum += object.nameAt(i).length() + PUNCTUATION_BYTES + bytes(object.valueAt(i));
        }
        yield sum;
      }
      case JsonArray array -> {
        long sum = 2;
        for (Json item : array) {
          sum += 1 + bytes(item);
        }
        yield sum;
      }
      case Json.Text text -> text.value().length() + 2L;
      case Json.Whole _, Json.Decimal _ -> NUMBER_BYTES;
      case Json.Bool _, Json.Null _ -> 4;
    };
  }
}
