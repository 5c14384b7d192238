package dev.pintle.kube.object;

import java.nio.charset.StandardCharsets;
import java.util.IdentityHashMap;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;

/// The spellings of texts and numbers of one document that Go's encoder would spell otherwise: upstream compares bytes where it has
/// not read a value, so that `1.0` is not `1` to it, nor a text with an escape the same text without.
///
/// Scalars are known by identity. Those among very many in one object or list are not, and neither is what comes after the first
/// thousands: they count as if Go had written them.
public final class Spellings {
  public static final Spellings NONE = new Spellings();

  private static final int KNOWN_MAX = 10_000;

  /// By the value of a text, which lists keep bare, or by the number.
  private final IdentityHashMap<Object, String> odd = new IdentityHashMap<>(0);

  private Spellings() {}

  /// @param bytes that the document was read of
  public static Spellings of(Json document, byte[] bytes) {
    Spellings spellings = new Spellings();
    String text = new String(bytes, StandardCharsets.UTF_8);
    try (JsonParser parser = RawTexts.PARSERS.createParser(ObjectReadContext.empty(), text)) {
      spellings.read(document, parser.nextToken(), parser, text);
    } catch (JacksonException unreadable) {
      // What Go reads and this parser does not counts as if Go had written it.
      return NONE;
    }
    return spellings;
  }

  private void read(Json value, JsonToken token, JsonParser parser, String text) {
    switch (token) {
      case START_OBJECT -> {
        for (String name = parser.nextName(); name != null; name = parser.nextName()) {
          Json field = value instanceof JsonObject object ? object.get(name) : null;
          read(field == null ? Json.NULL : field, parser.nextToken(), parser, text);
        }
      }
      case START_ARRAY -> {
        int index = 0;
        for (JsonToken item = parser.nextToken();
            item != JsonToken.END_ARRAY;
            item = parser.nextToken()) {
          boolean within = value instanceof JsonArray array && index < array.size();
          read(within ? ((JsonArray) value).at(index) : Json.NULL, item, parser, text);
          index++;
        }
      }
      case VALUE_STRING -> {
        if (value instanceof Json.Text) {
          int from = (int) parser.currentTokenLocation().getCharOffset();
          parser.finishToken();
          remember(value, text.substring(from, (int) parser.currentLocation().getCharOffset()));
        }
      }
      case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> {
        if (value instanceof Json.Whole || value instanceof Json.Decimal) {
          remember(value, parser.getString());
        }
      }
      default -> {}
    }
  }

  /// Of a field that comes twice the last value stands, and is told last.
  private void remember(Json value, String spelling) {
    if (spelling.equals(common(value))) {
      odd.remove(key(value));
    } else if (odd.size() < KNOWN_MAX) {
      odd.put(key(value), spelling);
    }
  }

  private static Object key(Json value) {
    return value instanceof Json.Text(var text) ? text : value;
  }

  private static String common(Json value) {
    boolean endless = value instanceof Json.Decimal(var number, _) && Double.isInfinite(number);
    return endless ? "" : JsonWriter.text(value);
  }

  private String of(Json value) {
    String spelling = odd.get(key(value));
    return spelling == null ? common(value) : spelling;
  }

  /// Whether upstream takes them for one value: in objects the order of fields does not count, everything else does.
  public boolean equal(Json one, Json other) {
    return switch (one) {
      case JsonObject object -> other instanceof JsonObject like && equal(object, like);
      case JsonArray array -> other instanceof JsonArray like && equal(array, like);
      case Json.Text text -> other instanceof Json.Text && spelledAlike(text, other);
      case Json.Whole number -> spelledAlike(number, other);
      case Json.Decimal number -> spelledAlike(number, other);
      case Json.Bool _, Json.Null _ -> one.equals(other);
    };
  }

  private boolean equal(JsonObject one, JsonObject other) {
    if (one.size() != other.size()) {
      return false;
    }
    for (int i = 0; i < one.size(); i++) {
      Json value = other.get(one.nameAt(i));
      if (value == null || !equal(one.valueAt(i), value)) {
        return false;
      }
    }
    return true;
  }

  private boolean equal(JsonArray one, JsonArray other) {
    if (one.size() != other.size()) {
      return false;
    }
    for (int i = 0; i < one.size(); i++) {
      if (!equal(one.at(i), other.at(i))) {
        return false;
      }
    }
    return true;
  }

  private boolean spelledAlike(Json one, Json other) {
    boolean scalar =
        other instanceof Json.Text || other instanceof Json.Whole || other instanceof Json.Decimal;
    if (!scalar) {
      return false;
    }
    boolean plain = !odd.containsKey(key(one)) && !odd.containsKey(key(other));
    if (plain && one instanceof Json.Text) {
      return one.equals(other);
    }
    return of(one).equals(of(other));
  }

  /// A copy as upstream makes it: what could be taken for HTML is escaped in it.
  public Json copy(Json value) {
    if (odd.isEmpty()) {
      return value.copy();
    }
    Json copy = value.copy();
    return copy instanceof Json.Text(var text) ? escaped(text) : escapedWithin(copy);
  }

  private Json escapedWithin(Json copy) {
    switch (copy) {
      case JsonObject object -> {
        for (int i = 0; i < object.size(); i++) {
          Json field = object.valueAt(i);
          if (!(field instanceof Json.Text(var text))) {
            escapedWithin(field);
          } else if (odd.containsKey(text)) {
            object.set(object.nameAt(i), escaped(text));
          }
        }
      }
      case JsonArray array -> {
        for (int i = 0; i < array.size(); i++) {
          Json item = array.at(i);
          if (!(item instanceof Json.Text(var text))) {
            escapedWithin(item);
          } else if (odd.containsKey(text)) {
            array.set(i, escaped(text));
          }
        }
      }
      case Json.Text _, Json.Whole _, Json.Decimal _, Json.Bool _, Json.Null _ -> {}
    }
    return copy;
  }

  private Json escaped(String text) {
    String spelling = odd.get(text);
    if (spelling == null) {
      return Json.of(text);
    }
    // Another text of the same characters: the one that was copied stays as it was spelled.
    Json copy = Json.of(new String(text.toCharArray()));
    remember(copy, RawTexts.compact(spelling));
    return copy;
  }
}
