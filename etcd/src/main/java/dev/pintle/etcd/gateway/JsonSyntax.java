package dev.pintle.etcd.gateway;

import java.util.Arrays;

/// The check that bytes are JSON, one value at a time, in the words of Go's `encoding/json`. It may be fed the bytes piece by piece, and
/// looks at each once.
final class JsonSyntax {
  /// As Go's.
  static final int DEPTH_MAX = 10_000;

  private enum State {
    VALUE,
    VALUE_OR_END,
    NAME,
    NAME_OR_END,
    AFTER_VALUE,
    STRING,
    ESCAPE,
    HEX,
    SIGN,
    ZERO,
    DIGITS,
    POINT,
    FRACTION,
    EXPONENT,
    EXPONENT_SIGN,
    EXPONENT_DIGITS,
    WORD
  }

  /// The kinds of what is open.
  private static final byte BEFORE_COLON = 0;

  private static final byte MEMBER = 1;
  private static final byte ELEMENT = 2;

  private static final int HEX_DIGITS = 4;

  private State state = State.VALUE;
  private byte[] open = new byte[16];
  private int depth;
  private boolean begun;
  private String word = "";

  /// Of the word, or of an escape in hexadecimal.
  private int lettersSeen;

  /// Takes bytes up to the end of a value.
  ///
  /// @return where the value has ended; negative when it goes on beyond `to`
  int feed(byte[] json, int from, int to) throws BadJson {
    for (int i = from; i < to; i++) {
      boolean nested = depth > 0;
      begun |= !isBlank(json[i]);
      if (!take(json[i])) {
        return i;
      }
      if (nested && depth == 0) {
        return i + 1;
      }
    }
    return -1;
  }

  /// Whether anything but blanks was seen.
  boolean hasBegun() {
    return begun;
  }

  /// Told that no more bytes come.
  ///
  /// @throws BadJson when a value has begun and is not whole
  void end() throws BadJson {
    if (begun && !mayEnd()) {
      throw new BadJson("unexpected EOF");
    }
  }

  private boolean mayEnd() {
    return depth == 0
        && switch (state) {
          case AFTER_VALUE, ZERO, DIGITS, FRACTION, EXPONENT_DIGITS -> true;
          case VALUE,
              VALUE_OR_END,
              NAME,
              NAME_OR_END,
              STRING,
              ESCAPE,
              HEX,
              SIGN,
              POINT,
              EXPONENT,
              EXPONENT_SIGN,
              WORD ->
              false;
        };
  }

  static boolean isBlank(byte next) {
    return next == ' ' || next == '\n' || next == '\r' || next == '\t';
  }

  private static boolean isDigit(byte next) {
    return next >= '0' && next <= '9';
  }

  /// Answers false when `next` is behind the value.
  private boolean take(byte next) throws BadJson {
    switch (state) {
      case VALUE -> value(next);
      case VALUE_OR_END -> {
        if (next == ']') {
          return afterValue(next);
        }
        value(next);
      }
      case NAME -> name(next);
      case NAME_OR_END -> {
        if (next == '}') {
          open[depth - 1] = MEMBER;
          return afterValue(next);
        }
        name(next);
      }
      case AFTER_VALUE -> {
        return afterValue(next);
      }
      case STRING -> string(next);
      case ESCAPE -> escape(next);
      case HEX -> hex(next);
      case SIGN -> sign(next);
      case ZERO, DIGITS -> {
        return digits(next);
      }
      case POINT -> expectDigit(next, State.FRACTION, "after decimal point in numeric literal");
      case FRACTION -> {
        return fraction(next);
      }
      case EXPONENT -> {
        if (next == '+' || next == '-') {
          state = State.EXPONENT_SIGN;
        } else {
          exponentDigit(next);
        }
      }
      case EXPONENT_SIGN -> exponentDigit(next);
      case EXPONENT_DIGITS -> {
        return isDigit(next) || afterValue(next);
      }
      case WORD -> word(next);
    }
    return true;
  }

  private void value(byte next) throws BadJson {
    switch (next) {
      case ' ', '\n', '\r', '\t' -> {}
      case '{' -> push(next, BEFORE_COLON, State.NAME_OR_END);
      case '[' -> push(next, ELEMENT, State.VALUE_OR_END);
      case '"' -> state = State.STRING;
      case '-' -> state = State.SIGN;
      case '0' -> state = State.ZERO;
      case 't' -> beginWord("true");
      case 'f' -> beginWord("false");
      case 'n' -> beginWord("null");
      default -> expectDigit(next, State.DIGITS, "looking for beginning of value");
    }
  }

  private void push(byte next, byte kind, State then) throws BadJson {
    if (depth == DEPTH_MAX) {
      throw invalid(next, "exceeded max depth");
    }
    if (depth == open.length) {
      open = Arrays.copyOf(open, 2 * depth);
    }
    open[depth++] = kind;
    state = then;
  }

  private void beginWord(String expected) {
    word = expected;
    lettersSeen = 1;
    state = State.WORD;
  }

  private void word(byte next) throws BadJson {
    char expected = word.charAt(lettersSeen);
    if (next != expected) {
      throw invalid(next, "in literal %s (expecting '%c')".formatted(word, expected));
    }
    lettersSeen++;
    if (lettersSeen == word.length()) {
      state = State.AFTER_VALUE;
    }
  }

  private void name(byte next) throws BadJson {
    if (next == '"') {
      state = State.STRING;
    } else if (!isBlank(next)) {
      throw invalid(next, "looking for beginning of object key string");
    }
  }

  private boolean afterValue(byte next) throws BadJson {
    state = State.AFTER_VALUE;
    if (depth == 0) {
      return false;
    }
    if (isBlank(next)) {
      return true;
    }
    switch (open[depth - 1]) {
      case BEFORE_COLON -> expect(next, ':', MEMBER, State.VALUE, "after object key");
      case MEMBER -> {
        if (next == '}') {
          depth--;
        } else {
          expect(next, ',', BEFORE_COLON, State.NAME, "after object key:value pair");
        }
      }
      default -> {
        if (next == ']') {
          depth--;
        } else {
          expect(next, ',', ELEMENT, State.VALUE, "after array element");
        }
      }
    }
    return true;
  }

  private void expect(byte next, char expected, byte kind, State then, String where)
      throws BadJson {
    if (next != expected) {
      throw invalid(next, where);
    }
    open[depth - 1] = kind;
    state = then;
  }

  private void string(byte next) throws BadJson {
    if (next == '"') {
      state = State.AFTER_VALUE;
    } else if (next == '\\') {
      state = State.ESCAPE;
    } else if (next >= 0 && next < ' ') {
      throw invalid(next, "in string literal");
    }
  }

  private void escape(byte next) throws BadJson {
    switch (next) {
      case 'b', 'f', 'n', 'r', 't', '\\', '/', '"' -> state = State.STRING;
      case 'u' -> {
        state = State.HEX;
        lettersSeen = 0;
      }
      default -> throw invalid(next, "in string escape code");
    }
  }

  private void hex(byte next) throws BadJson {
    if (Character.digit(next, 16) < 0) {
      throw invalid(next, "in \\u hexadecimal character escape");
    }
    lettersSeen++;
    if (lettersSeen == HEX_DIGITS) {
      state = State.STRING;
    }
  }

  private void sign(byte next) throws BadJson {
    if (next == '0') {
      state = State.ZERO;
    } else {
      expectDigit(next, State.DIGITS, "in numeric literal");
    }
  }

  private boolean digits(byte next) throws BadJson {
    if (state == State.DIGITS && isDigit(next)) {
      return true;
    }
    if (next == '.') {
      state = State.POINT;
      return true;
    }
    return beginExponent(next) || afterValue(next);
  }

  private boolean fraction(byte next) throws BadJson {
    return isDigit(next) || beginExponent(next) || afterValue(next);
  }

  private boolean beginExponent(byte next) {
    if (next == 'e' || next == 'E') {
      state = State.EXPONENT;
      return true;
    }
    return false;
  }

  private void exponentDigit(byte next) throws BadJson {
    expectDigit(next, State.EXPONENT_DIGITS, "in exponent of numeric literal");
  }

  private void expectDigit(byte next, State then, String where) throws BadJson {
    if (!isDigit(next)) {
      throw invalid(next, where);
    }
    state = then;
  }

  private static BadJson invalid(byte next, String where) {
    return new BadJson("invalid character %s %s".formatted(GoQuotes.character(next), where));
  }
}
