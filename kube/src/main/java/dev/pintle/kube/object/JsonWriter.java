package dev.pintle.kube.object;

import java.util.Arrays;

/// The writer of trees as Go's encoder writes them: no spaces, `<`, `>`, `&` and the two line separators escaped,
/// numbers in Go's form. Grows as needed; not for more than one thread.
public final class JsonWriter {
  private static final byte[] HEX =
      "0123456789abcdef".getBytes(java.nio.charset.StandardCharsets.US_ASCII);
  // What follows the backslash for a character below 0x80: 0 none, 'u' the long form.
  private static final byte[] ESCAPES = escapes();
  private static final int REPLACEMENT = 0xfffd;

  private final boolean numbersAsWritten;
  private byte[] buffer;
  private int size;

  public JsonWriter(int bytesAtFirst) {
    this(bytesAtFirst, false);
  }

  private JsonWriter(int bytesAtFirst, boolean numbersAsWritten) {
    this.buffer = new byte[bytesAtFirst];
    this.numbersAsWritten = numbersAsWritten;
  }

  public static byte[] bytes(Json value) {
    JsonWriter writer = new JsonWriter(512);
    writer.value(value);
    return writer.toBytes();
  }

  public static String text(Json value) {
    return new String(bytes(value), java.nio.charset.StandardCharsets.UTF_8);
  }

  /// As [#text], with numbers in the form in which they were read: what Go copies unread.
  public static String textAsWritten(Json value) {
    JsonWriter writer = new JsonWriter(512, true);
    writer.value(value);
    return new String(writer.toBytes(), java.nio.charset.StandardCharsets.UTF_8);
  }

  public int size() {
    return size;
  }

  public byte[] toBytes() {
    return Arrays.copyOf(buffer, size);
  }

  /// Takes back what was written after the first `length` bytes.
  public JsonWriter rewind(int length) {
    size = length;
    return this;
  }

  /// The bytes so far, shared and followed by whatever: read `size()` of them before the next write.
  public byte[] array() {
    return buffer;
  }

  public JsonWriter value(Json value) {
    switch (value) {
      case JsonObject object -> object(object);
      case JsonArray array -> array(array);
      case Json.Text(var text) -> string(text);
      case Json.Whole(var number) -> number(number);
      case Json.Decimal(var number, var written) ->
          raw(
              written.isEmpty() || !(numbersAsWritten || Double.isInfinite(number))
                  ? GoNumbers.json(number)
                  : written);
      case Json.Bool(var truth) -> raw(truth ? "true" : "false");
      case Json.Null _ -> raw("null");
    }
    return this;
  }

  public JsonWriter object(JsonObject object) {
    if (object.keptText() instanceof String text) {
      byte[] bytes = text.getBytes(java.nio.charset.StandardCharsets.UTF_8);
      return raw(bytes, 0, bytes.length);
    }
    byte[] unread = object.unread();
    if (unread != null) {
      return raw(unread, 0, unread.length);
    }
    raw('{');
    for (int i = 0; i < object.size(); i++) {
      if (i > 0) {
        raw(',');
      }
      string(object.nameAt(i));
      raw(':');
      value(object.valueAt(i));
    }
    return raw('}');
  }

  private void array(JsonArray array) {
    raw('[');
    for (int i = 0; i < array.size(); i++) {
      if (i > 0) {
        raw(',');
      }
      value(array.at(i));
    }
    raw(']');
  }

  public JsonWriter number(long number) {
    return raw(Long.toString(number));
  }

  public JsonWriter raw(char ascii) {
    reserve(1);
    buffer[size++] = (byte) ascii;
    return this;
  }

  /// ASCII text that needs no escapes.
  @SuppressWarnings(
      "deprecation") // The narrowing copy is what ASCII needs, and it is one instruction a vector.
  public JsonWriter raw(String ascii) {
    reserve(ascii.length());
    ascii.getBytes(0, ascii.length(), buffer, size);
    size += ascii.length();
    return this;
  }

  public JsonWriter raw(byte[] bytes, int from, int to) {
    reserve(to - from);
    System.arraycopy(bytes, from, buffer, size, to - from);
    size += to - from;
    return this;
  }

  /// A string with its quotes.
  public JsonWriter string(String text) {
    return raw('"').inString(text).raw('"');
  }

  /// A part of a string, whose quotes are written around it.
  @SuppressWarnings("deprecation") // As above: what is copied is plain ASCII.
  public JsonWriter inString(String text) {
    int length = text.length();
    int from = 0;
    while (from < length) {
      int end = plainEnd(text, from);
      reserve(length - from);
      text.getBytes(from, end, buffer, size);
      size += end - from;
      from = end < length ? end + 1 + special(text, end, text.charAt(end)) : length;
    }
    return this;
  }

  /// Where the characters end that are written as they are, mostly all.
  private static int plainEnd(String text, int from) {
    int length = text.length();
    for (int i = from; i < length; i++) {
      char c = text.charAt(i);
      if (c >= 0x80 || ESCAPES[c] != 0) {
        return i;
      }
    }
    return length;
  }

  /// Writes a character that is not plain ASCII; answers how many chars beyond the first it took.
  private int special(String text, int i, char c) {
    reserve(6);
    if (c < 0x80) {
      escape(c);
      return 0;
    }
    if (c == '\u2028' || c == '\u2029') {
      longEscape(c);
      return 0;
    }
    if (!Character.isSurrogate(c)) {
      utf8(c);
      return 0;
    }
    if (Character.isHighSurrogate(c)
        && i + 1 < text.length()
        && Character.isLowSurrogate(text.charAt(i + 1))) {
      utf8(Character.toCodePoint(c, text.charAt(i + 1)));
      return 1;
    }
    utf8(REPLACEMENT);
    return 0;
  }

  private void escape(char c) {
    if (ESCAPES[c] == 'u') {
      longEscape(c);
    } else {
      buffer[size++] = '\\';
      buffer[size++] = ESCAPES[c];
    }
  }

  private void longEscape(char c) {
    buffer[size++] = '\\';
    buffer[size++] = 'u';
    for (int shift = 12; shift >= 0; shift -= 4) {
      buffer[size++] = HEX[(c >> shift) & 0xf];
    }
  }

  private void utf8(int point) {
    if (point < 0x800) {
      buffer[size++] = (byte) (0xc0 | (point >> 6));
    } else if (point < 0x10000) {
      buffer[size++] = (byte) (0xe0 | (point >> 12));
      buffer[size++] = (byte) (0x80 | ((point >> 6) & 0x3f));
    } else {
      buffer[size++] = (byte) (0xf0 | (point >> 18));
      buffer[size++] = (byte) (0x80 | ((point >> 12) & 0x3f));
      buffer[size++] = (byte) (0x80 | ((point >> 6) & 0x3f));
    }
    buffer[size++] = (byte) (0x80 | (point & 0x3f));
  }

  private void reserve(int more) {
    if (buffer.length - size < more) {
      buffer = Arrays.copyOf(buffer, Math.max(buffer.length * 2, size + more));
    }
  }

  private static byte[] escapes() {
    byte[] table = new byte[0x80];
    Arrays.fill(table, 0, 0x20, (byte) 'u');
    table['<'] = 'u';
    table['>'] = 'u';
    table['&'] = 'u';
    table['\n'] = 'n';
    table['\r'] = 'r';
    table['\t'] = 't';
    table['\b'] = 'b';
    table['\f'] = 'f';
    table['"'] = '"';
    table['\\'] = '\\';
    return table;
  }
}
