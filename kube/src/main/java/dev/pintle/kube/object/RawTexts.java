package dev.pintle.kube.object;

import java.nio.charset.StandardCharsets;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.TokenStreamFactory;
import tools.jackson.core.json.JsonFactory;

/// The texts that objects of a document were read of, without their spaces: upstream carries them around unread, with fields that
/// come twice and all, until somebody looks into them.
public final class RawTexts {
  static final JsonFactory PARSERS =
      JsonFactory.builder()
          .disable(TokenStreamFactory.Feature.CANONICALIZE_PROPERTY_NAMES)
          .streamReadConstraints(JsonReader.CONSTRAINTS)
          .build();

  private final String text;
  private final JsonParser parser;

  private RawTexts(String text, JsonParser parser) {
    this.text = text;
    this.parser = parser;
  }

  /// Lets the outermost objects in a document keep their texts; what cannot be read again keeps none.
  ///
  /// @param bytes that it was read of
  public static void keep(Json document, byte[] bytes) {
    keep(document, compact(new String(bytes, StandardCharsets.UTF_8)), false);
  }

  /// Gives the text of an object to the objects in it, as far as it has one.
  ///
  /// @return how long it was
  public static int open(JsonObject object) {
    String text = object.keptText();
    if (text == null) {
      return 0;
    }
    object.forgetText();
    keep(object, text, true);
    return text.length();
  }

  private static void keep(Json document, String text, boolean inside) {
    try (JsonParser parser = PARSERS.createParser(ObjectReadContext.empty(), text)) {
      RawTexts texts = new RawTexts(text, parser);
      JsonToken first = parser.nextToken();
      if (inside && document instanceof JsonObject object && first == JsonToken.START_OBJECT) {
        texts.fields(object);
      } else {
        texts.value(document, first);
      }
    } catch (JacksonException unreadable) {
      // What Go reads and this parser does not is written anew.
      return;
    }
  }

  private void fields(JsonObject object) {
    for (String name = parser.nextName(); name != null; name = parser.nextName()) {
      Json value = object.get(name);
      value(value == null ? Json.NULL : value, parser.nextToken());
    }
  }

  private void value(Json value, JsonToken token) {
    if (token == JsonToken.START_ARRAY && value instanceof JsonArray array) {
      int index = 0;
      for (JsonToken item = parser.nextToken();
          item != JsonToken.END_ARRAY;
          item = parser.nextToken()) {
        value(index < array.size() ? array.at(index) : Json.NULL, item);
        index++;
      }
    } else if (token == JsonToken.START_OBJECT || token == JsonToken.START_ARRAY) {
      int from = (int) parser.currentTokenLocation().getCharOffset();
      parser.skipChildren();
      int to = (int) parser.currentLocation().getCharOffset();
      if (value instanceof JsonObject object) {
        object.keepText(text.substring(from, to));
      }
    }
  }

  /// As Go writes JSON that it was given: spaces go, and what could be taken for HTML is escaped.
  static String compact(String json) {
    StringBuilder compact = new StringBuilder(json.length());
    boolean quoted = false;
    for (int i = 0; i < json.length(); i++) {
      char c = json.charAt(i);
      if (quoted && c == '\\') {
        compact.append(c).append(json.charAt(++i));
      } else if (quoted && isEscaped(c)) {
        compact.append("\\u%04x".formatted((int) c));
      } else if (quoted || c > ' ') {
        quoted ^= c == '"';
        compact.append(c);
      }
    }
    return compact.toString();
  }

  private static boolean isEscaped(char c) {
    return c == '<' || c == '>' || c == '&' || c == '\u2028' || c == '\u2029';
  }
}
