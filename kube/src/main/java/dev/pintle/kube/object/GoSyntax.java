package dev.pintle.kube.object;

import java.util.BitSet;

/// The faults of a JSON document in the words of Go's scanner, which clients see and tests compare. Only asked once a
/// document is known to be broken.
final class GoSyntax {
  private static final int DEPTH_MAX = 10_000;

  private final byte[] bytes;

  /// By depth: whether the container open there is an object.
  private final BitSet objects = new BitSet();

  private int at;
  private int depth;

  private GoSyntax(byte[] bytes) {
    this.bytes = bytes;
  }

  /// The complaint, or empty text when the syntax is right (the text inside strings is not looked at).
  static String complaint(byte[] bytes) {
    GoSyntax syntax = new GoSyntax(bytes);
    try {
      syntax.value();
      syntax.skipSpace();
      return syntax.at < bytes.length
          ? String.valueOf(syntax.invalid("after top-level value").getMessage())
          : "";
    } catch (JsonSyntaxException found) {
      return String.valueOf(found.getMessage());
    }
  }

  /// Walks the value with the open containers in a set of our own and not on the thread's stack: Go goes ten thousand deep.
  private void value() {
    do {
      skipSpace();
    } while (take() || goOn());
  }

  /// Takes a value, or the beginning of a container; answers whether the container's first value is next.
  private boolean take() {
    int c = peek();
    switch (c) {
      case '{' -> {
        return enter(true, '}');
      }
      case '[' -> {
        return enter(false, ']');
      }
      case '"' -> string();
      case 't' -> literal("true");
      case 'f' -> literal("false");
      case 'n' -> literal("null");
      default -> {
        if (c != '-' && !digit(c)) {
          throw invalid("looking for beginning of value");
        }
        number();
      }
    }
    return false;
  }

  /// Answers whether the container holds anything.
  private boolean enter(boolean object, char end) {
    at++;
    if (++depth > DEPTH_MAX) {
      throw new JsonSyntaxException("exceeded max depth");
    }
    objects.set(depth, object);
    skipSpace();
    if (peek() == end) {
      leave();
      return false;
    }
    if (object) {
      key();
    }
    return true;
  }

  private void leave() {
    at++;
    depth--;
  }

  /// Behind a value: leaves the containers that end here; answers whether another value follows.
  private boolean goOn() {
    while (depth > 0) {
      skipSpace();
      boolean object = objects.get(depth);
      if (peek() != (object ? '}' : ']')) {
        expect(',', object ? "after object key:value pair" : "after array element");
        if (object) {
          key();
        }
        return true;
      }
      leave();
    }
    return false;
  }

  private void key() {
    skipSpace();
    if (peek() != '"') {
      throw invalid("looking for beginning of object key string");
    }
    string();
    skipSpace();
    expect(':', "after object key");
  }

  private void string() {
    at++;
    while (true) {
      int c = peek();
      if (c == '"') {
        at++;
        return;
      }
      if (c < 0x20) {
        throw invalid("in string literal");
      }
      at++;
      if (c == '\\') {
        escape();
      }
    }
  }

  private void escape() {
    int c = peek();
    if ("bfnrt\\/\"u".indexOf(c) < 0) {
      throw invalid("in string escape code");
    }
    at++;
    for (int i = 0; c == 'u' && i < 4; i++, at++) {
      if (Character.digit(peek(), 16) < 0) {
        throw invalid("in \\u hexadecimal character escape");
      }
    }
  }

  private void literal(String word) {
    for (int i = 0; i < word.length(); i++) {
      expect(word.charAt(i), "in literal %s (expecting '%c')".formatted(word, word.charAt(i)));
    }
  }

  private void number() {
    if (peek() == '-') {
      at++;
    }
    if (!digit(peek())) {
      throw invalid("in numeric literal");
    }
    if (peek() == '0') {
      at++;
    } else {
      digits();
    }
    if (at < bytes.length && bytes[at] == '.') {
      at++;
      requireDigits("after decimal point in numeric literal");
    }
    if (at < bytes.length && (bytes[at] == 'e' || bytes[at] == 'E')) {
      at++;
      if (peek() == '+' || peek() == '-') {
        at++;
      }
      requireDigits("in exponent of numeric literal");
    }
  }

  private void requireDigits(String context) {
    if (!digit(peek())) {
      throw invalid(context);
    }
    digits();
  }

  private void digits() {
    while (at < bytes.length && digit(bytes[at])) {
      at++;
    }
  }

  private void expect(char wanted, String context) {
    if (peek() != wanted) {
      throw invalid(context);
    }
    at++;
  }

  private void skipSpace() {
    while (at < bytes.length && " \t\r\n".indexOf(bytes[at]) >= 0) {
      at++;
    }
  }

  private int peek() {
    if (at >= bytes.length) {
      throw new JsonSyntaxException("unexpected end of JSON input");
    }
    return bytes[at] & 0xff;
  }

  private static boolean digit(int c) {
    return c >= '0' && c <= '9';
  }

  private JsonSyntaxException invalid(String context) {
    return new JsonSyntaxException("invalid character " + quoted((char) peek()) + " " + context);
  }

  private static String quoted(char c) {
    return switch (c) {
      case '\'' -> "'\\''";
      case '"' -> "'\"'";
      case '\\' -> "'\\\\'";
      case '\n' -> "'\\n'";
      case '\r' -> "'\\r'";
      case '\t' -> "'\\t'";
      default -> c < 0x20 || c == 0x7f ? "'\\x%02x'".formatted((int) c) : "'" + c + "'";
    };
  }
}
