package dev.pintle.junit;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The writer of what a reader of YAML has made of a text, as JSON.
final class JsonText {
  private final StringBuilder text = new StringBuilder();

  private JsonText() {}

  static String of(@Nullable Object value) {
    JsonText json = new JsonText();
    json.write(value);
    return json.text.toString();
  }

  private void write(@Nullable Object value) {
    switch (value) {
      case null -> text.append("null");
      case Map<?, ?> object -> {
        text.append('{');
        object.forEach((key, each) -> {
          comma('{');
          quote(String.valueOf(key));
          text.append(':');
          write(each);
        });
        text.append('}');
      }
      case List<?> list -> {
        text.append('[');
        list.forEach(each -> {
          comma('[');
          write(each);
        });
        text.append(']');
      }
      case Number number -> text.append(number);
      case Boolean truth -> text.append(truth);
      // Whatever else YAML has stands as a string in JSON.
      default -> quote(value.toString());
    }
  }

  private void comma(char opening) {
    if (text.charAt(text.length() - 1) != opening) {
      text.append(',');
    }
  }

  private void quote(String value) {
    text.append('"');
    for (int i = 0; i < value.length(); i++) {
      char each = value.charAt(i);
      if (each < ' ' || each == '"' || each == '\\') {
        text.append("\\u%04x".formatted((int) each));
      } else {
        text.append(each);
      }
    }
    text.append('"');
  }
}
