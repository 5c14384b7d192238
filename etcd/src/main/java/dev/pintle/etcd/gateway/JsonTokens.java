package dev.pintle.etcd.gateway;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/// The tokens of one JSON value that [JsonSyntax] has passed. What can still be wrong with it is within texts: bytes that are no UTF-8, and
/// halves of characters. Errors are in the words of Go's protobuf library.
final class JsonTokens {
  /// The kinds of tokens; commas and colons are none.
  enum Kind {
    NULL,
    BOOLEAN,
    NUMBER,
    TEXT,
    NAME,
    OBJECT,
    OBJECT_END,
    ARRAY,
    ARRAY_END
  }

  private static final int ESCAPE_BYTES = 6;

  private final byte[] in;
  private final int start;
  private final int end;
  private int at;
  private int tokenStart;
  private int tokenEnd;
  private boolean escaped;
  private Kind kind = Kind.NULL;

  JsonTokens(byte[] in, int start, int end) {
    this.in = in;
    this.start = start;
    this.end = end;
    this.at = start;
  }

  /// The kind of the token that [#next] moved to.
  Kind kind() {
    return kind;
  }

  Kind next() throws BadJson {
    skipBlanks();
    tokenStart = at;
    kind =
        switch (in[at]) {
          case '{' -> mark(Kind.OBJECT);
          case '}' -> mark(Kind.OBJECT_END);
          case '[' -> mark(Kind.ARRAY);
          case ']' -> mark(Kind.ARRAY_END);
          case '"' -> text();
          case 'n' -> word(Kind.NULL);
          case 't', 'f' -> word(Kind.BOOLEAN);
          default -> word(Kind.NUMBER);
        };
    return kind;
  }

  /// Moves beyond the value that begins with the current token.
  void skip() throws BadJson {
    int open = 0;
    while (true) {
      switch (kind) {
        case OBJECT, ARRAY -> open++;
        case OBJECT_END, ARRAY_END -> open--;
        case NULL, BOOLEAN, NUMBER, TEXT, NAME -> {}
      }
      if (open == 0) {
        return;
      }
      next();
    }
  }

  private void skipBlanks() {
    while (at < end && (JsonSyntax.isBlank(in[at]) || in[at] == ',' || in[at] == ':')) {
      at++;
    }
  }

  private Kind mark(Kind mark) {
    at++;
    tokenEnd = at;
    return mark;
  }

  private Kind word(Kind word) {
    while (at < end && isInWord(in[at])) {
      at++;
    }
    tokenEnd = at;
    return word;
  }

  private static boolean isInWord(byte next) {
    return (next >= 'a' && next <= 'z')
        || (next >= '0' && next <= '9')
        || next == '.'
        || next == '-'
        || next == '+'
        || next == 'E';
  }

  private Kind text() throws BadJson {
    escaped = false;
    int i = at + 1;
    while (in[i] != '"') {
      if (in[i] == '\\') {
        escaped = true;
        i = in[i + 1] == 'u' ? hex(i) : i + 2;
      } else {
        int length = Utf8.length(in, i, end);
        if (length == 0) {
          throw syntax("invalid UTF-8 in string");
        }
        i += length;
      }
    }
    at = i + 1;
    tokenEnd = at;
    skipSpace();
    return at < end && in[at] == ':' ? Kind.NAME : Kind.TEXT;
  }

  private void skipSpace() {
    while (at < end && JsonSyntax.isBlank(in[at])) {
      at++;
    }
  }

  /// Where an escape in hexadecimal ends: one half of a character is followed by another.
  private int hex(int escape) throws BadJson {
    int next = escape + ESCAPE_BYTES;
    char first = unit(escape);
    if (!Character.isSurrogate(first)) {
      return next;
    }
    if (end - next < ESCAPE_BYTES) {
      throw new BadJson("proto: unexpected EOF");
    }
    boolean pair =
        in[next] == '\\'
            && in[next + 1] == 'u'
            && isHex(next + 2)
            && Character.isSurrogatePair(first, unit(next));
    if (!pair) {
      throw syntax(
          "invalid escape code %s in string"
              .formatted(GoQuotes.text(in, next, next + ESCAPE_BYTES)));
    }
    return next + ESCAPE_BYTES;
  }

  private boolean isHex(int from) {
    for (int i = from; i < from + 4; i++) {
      if (Character.digit(in[i], 16) < 0) {
        return false;
      }
    }
    return true;
  }

  /// The number that the escape at `escape` has.
  private char unit(int escape) {
    int unit = 0;
    for (int i = escape + 2; i < escape + ESCAPE_BYTES; i++) {
      unit = unit << 4 | Character.digit(in[i], 16);
    }
    return (char) unit;
  }

  /// The current token, a text or name, as UTF-8 without quotes and escapes.
  byte[] utf8() {
    byte[] raw = Arrays.copyOfRange(in, tokenStart + 1, tokenEnd - 1);
    return escaped ? unescaped(raw) : raw;
  }

  /// Never longer than with the escapes.
  private byte[] unescaped(byte[] raw) {
    int to = 0;
    int i = tokenStart + 1;
    while (i < tokenEnd - 1) {
      if (in[i] != '\\') {
        raw[to++] = in[i++];
      } else if (in[i + 1] != 'u') {
        raw[to++] = meaning(in[i + 1]);
        i += 2;
      } else {
        char unit = unit(i);
        boolean pair = Character.isSurrogate(unit);
        int next = i + ESCAPE_BYTES;
        to = Utf8.put(raw, to, pair ? Character.toCodePoint(unit, unit(next)) : unit);
        i = pair ? next + ESCAPE_BYTES : next;
      }
    }
    return Arrays.copyOf(raw, to);
  }

  private static byte meaning(byte escape) {
    return switch (escape) {
      case 'b' -> '\b';
      case 'f' -> '\f';
      case 'n' -> '\n';
      case 'r' -> '\r';
      case 't' -> '\t';
      default -> escape;
    };
  }

  /// The current token as it was sent.
  byte[] raw() {
    return Arrays.copyOfRange(in, tokenStart, tokenEnd);
  }

  String rawText() {
    return rawText(new Place(tokenStart, tokenEnd));
  }

  String rawText(Place token) {
    return new String(in, token.from, token.to - token.from, StandardCharsets.UTF_8);
  }

  /// Where the current token stands.
  Place place() {
    return new Place(tokenStart, tokenEnd);
  }

  /// Whether the current token, a boolean, is true.
  boolean isTrue() {
    return in[tokenStart] == 't';
  }

  BadJson unexpected() {
    return syntax("unexpected token " + rawText());
  }

  private BadJson syntax(String what) {
    return new BadJson("proto: syntax error %s: %s".formatted(lineAndColumn(tokenStart), what));
  }

  BadJson invalid(String what) {
    return invalid(place(), what);
  }

  BadJson invalid(Place token, String what) {
    return new BadJson("proto: %s: %s".formatted(lineAndColumn(token.from), what));
  }

  /// In characters.
  private String lineAndColumn(int to) {
    int line = 1;
    int column = 1;
    for (int i = start; i < to; i++) {
      if (in[i] == '\n') {
        line++;
        column = 1;
      } else if ((in[i] & 0xc0) != 0x80) {
        column++;
      }
    }
    return "(line %d:%d)".formatted(line, column);
  }

  /// The place of a token.
  record Place(int from, int to) {}
}
