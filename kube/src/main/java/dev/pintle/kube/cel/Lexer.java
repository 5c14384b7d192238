package dev.pintle.kube.cel;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The cutter of an expression into tokens.
final class Lexer {
  private static final List<String> SYMBOLS = List.of("&&", "||", "==", "!=", "<=", ">=");

  enum Kind {
    NAME,
    /// Between backquotes; only fields can be called so.
    QUOTED_NAME,
    NUMBER,
    TEXT,
    BYTES,
    SYMBOL,
    END
  }

  /// A token of an expression.
  ///
  /// @param text what a literal means; of a literal of bytes each character is one of them
  /// @param problem why a literal means nothing, null for most
  record Token(Kind kind, String text, int at, int end, @Nullable String problem) {
    boolean is(String symbol) {
      return kind == Kind.SYMBOL && text.equals(symbol);
    }

    boolean isSign() {
      return is("!") || is("-");
    }

    boolean isOperator() {
      return kind == Kind.SYMBOL || (kind == Kind.NAME && text.equals("in"));
    }

    /// @throws CelException of a literal that means nothing
    Token sound() {
      if (problem != null) {
        throw new CelException(problem, at);
      }
      return this;
    }

    byte[] bytes() {
      return text.getBytes(StandardCharsets.ISO_8859_1);
    }
  }

  /// A part of the text that is no token.
  ///
  /// @param before the position of the token that follows it
  record Unknown(int before, int at, String text) {
    int end() {
      return at + text.length();
    }
  }

  /// A text in tokens, without what is none.
  record Lexed(List<Token> tokens, List<Unknown> unknown) {}

  private final String text;
  private int at;
  // Of the literal that is being read.
  private @Nullable String problem;

  private Lexer(String text) {
    this.text = text;
  }

  static Lexed read(String text) {
    Lexer lexer = new Lexer(text);
    List<Token> tokens = new ArrayList<>();
    List<Unknown> unknown = new ArrayList<>();
    while (tokens.isEmpty() || tokens.getLast().kind() != Kind.END) {
      try {
        tokens.add(lexer.next());
      } catch (CelException wrong) {
        unknown.add(new Unknown(tokens.size(), wrong.offset(), wrong.getMessage()));
      }
    }
    return new Lexed(tokens, unknown);
  }

  private static Token token(Kind kind, String text, int from, int end) {
    return new Token(kind, text, from, end, null);
  }

  private Token next() {
    skip();
    if (at >= text.length()) {
      return token(Kind.END, "<EOF>", at, at);
    }
    char c = text.charAt(at);
    if (isDigit(c) || (c == '.' && at + 1 < text.length() && isDigit(text.charAt(at + 1)))) {
      return number();
    }
    int quote = quoteAfterPrefix();
    if (quote >= 0) {
      return literal(quote);
    }
    if (isNamePart(c)) {
      int from = at;
      while (at < text.length() && isNamePart(text.charAt(at))) {
        at++;
      }
      return token(Kind.NAME, text.substring(from, at), from, at);
    }
    return c == '`' ? quotedName() : symbol();
  }

  private Token quotedName() {
    int end = at + 1;
    while (end < text.length()
        && (isNamePart(text.charAt(end)) || ".-/ ".indexOf(text.charAt(end)) >= 0)) {
      end++;
    }
    if (end >= text.length() || text.charAt(end) != '`' || end == at + 1) {
      throw unknown(text.substring(at, end < text.length() ? behind(end) : end), at);
    }
    Token token = token(Kind.QUOTED_NAME, text.substring(at + 1, end), at, end + 1);
    at = end + 1;
    return token;
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }

  /// What begins at `from` is no token; reading goes on behind it.
  private CelException unknown(String what, int from) {
    at = from + what.length();
    return new CelException(what, from);
  }

  private void skip() {
    while (at < text.length()) {
      if (" \t\r\n\f".indexOf(text.charAt(at)) >= 0) {
        at++;
      } else if (text.startsWith("//", at)) {
        while (at < text.length() && text.charAt(at) != '\n') {
          at++;
        }
      } else {
        return;
      }
    }
  }

  private static boolean isNamePart(char c) {
    return c == '_' || (c < 0x80 && Character.isLetterOrDigit(c));
  }

  private Token number() {
    int from = at;
    boolean hex =
        text.startsWith("0x", at)
            && at + 2 < text.length()
            && text.charAt(at + 2) < 0x80
            && Character.digit(text.charAt(at + 2), 16) >= 0;
    if (hex) {
      at += 2;
      while (at < text.length()
          && text.charAt(at) < 0x80
          && Character.digit(text.charAt(at), 16) >= 0) {
        at++;
      }
    } else {
      digits();
    }
    boolean fraction = !hex && fraction();
    boolean real = (!hex && exponent()) || fraction;
    if (!real && at < text.length() && "uU".indexOf(text.charAt(at)) >= 0) {
      at++;
    }
    return token(Kind.NUMBER, text.substring(from, at), from, at);
  }

  private void digits() {
    while (isDigitAt(at)) {
      at++;
    }
  }

  private boolean isDigitAt(int place) {
    return place < text.length() && isDigit(text.charAt(place));
  }

  private boolean fraction() {
    boolean there = at < text.length() && text.charAt(at) == '.' && isDigitAt(at + 1);
    if (there) {
      at++;
      digits();
    }
    return there;
  }

  private boolean exponent() {
    if (at >= text.length() || "eE".indexOf(text.charAt(at)) < 0) {
      return false;
    }
    boolean signed = at + 1 < text.length() && "+-".indexOf(text.charAt(at + 1)) >= 0;
    int first = signed ? at + 2 : at + 1;
    if (!isDigitAt(first)) {
      return false;
    }
    at = first;
    digits();
    return true;
  }

  /// Where the quote of a literal stands, after `b` and `r`; -1 when no literal begins here.
  private int quoteAfterPrefix() {
    int i = at;
    if (i < text.length() && "bB".indexOf(text.charAt(i)) >= 0) {
      i++;
    }
    if (i < text.length() && "rR".indexOf(text.charAt(i)) >= 0) {
      i++;
    }
    return i < text.length() && "\"'".indexOf(text.charAt(i)) >= 0 ? i : -1;
  }

  private Token literal(int quoteAt) {
    int from = at;
    String prefix = text.substring(at, quoteAt).toLowerCase(java.util.Locale.ROOT);
    String quote = text.substring(quoteAt, quoteAt + 1);
    if (text.startsWith(quote.repeat(3), quoteAt)) {
      quote = quote.repeat(3);
    }
    at = quoteAt + quote.length();
    boolean raw = prefix.indexOf('r') >= 0;
    boolean bytes = prefix.indexOf('b') >= 0;
    StringBuilder value = new StringBuilder();
    problem = null;
    while (!text.startsWith(quote, at)) {
      int end = misfit(quote, raw);
      if (end > 0) {
        return unfinished(from, quoteAt, quote, end, bytes);
      }
      if (text.charAt(at) == '\\' && !raw) {
        escape(value, bytes);
      } else if (bytes) {
        octets(value);
      } else {
        value.append(text.charAt(at++));
      }
    }
    at += quote.length();
    return new Token(bytes ? Kind.BYTES : Kind.TEXT, value.toString(), from, at, problem);
  }

  /// The end of what cannot be part of a literal, 0 when what comes next can.
  private int misfit(String quote, boolean raw) {
    if (at >= text.length()) {
      return text.length();
    }
    if (quote.length() == 1 && "\n\r".indexOf(text.charAt(at)) >= 0) {
      return at + 1;
    }
    int wrong = raw || text.charAt(at) != '\\' ? 0 : escapeMisfit();
    return wrong == 0 ? 0 : wrong >= text.length() ? text.length() : behind(wrong);
  }

  private int behind(int place) {
    return text.offsetByCodePoints(place, 1);
  }

  /// Where an escape stops to be one, 0 when it is one.
  private int escapeMisfit() {
    char c = at + 1 < text.length() ? text.charAt(at + 1) : '\0';
    if (at + 1 < text.length() && "abfnrtv\\'\"`?".indexOf(c) >= 0) {
      return 0;
    }
    int hexadecimal = c == 'x' || c == 'X' ? 2 : c == 'u' ? 4 : c == 'U' ? 8 : 0;
    int first = hexadecimal > 0 ? at + 2 : at + 1;
    int digits = hexadecimal > 0 ? hexadecimal : 3;
    for (int i = first; i < first + digits; i++) {
      int most = hexadecimal > 0 ? 16 : i == first ? 4 : 8;
      int digit =
          i < text.length() && text.charAt(i) < 0x80 ? Character.digit(text.charAt(i), 16) : -1;
      if (digit < 0 || digit >= most) {
        return i;
      }
    }
    return 0;
  }

  /// A literal that does not end: what begins it may be tokens of its own.
  private Token unfinished(int from, int quoteAt, String quote, int end, boolean bytes) {
    if (quote.length() > 1) {
      at = quoteAt + 2;
      return token(bytes ? Kind.BYTES : Kind.TEXT, "", from, at);
    }
    if (quoteAt > from) {
      at = quoteAt;
      return token(Kind.NAME, text.substring(from, quoteAt), from, at);
    }
    throw unknown(text.substring(from, end), from);
  }

  /// In a literal of bytes each character of what is gathered is one of them.
  private void octets(StringBuilder value) {
    int point = text.codePointAt(at);
    appendOctets(value, point);
    at += Character.charCount(point);
  }

  private static void appendOctets(StringBuilder value, int point) {
    byte[] octets = Character.toString(point).getBytes(StandardCharsets.UTF_8);
    value.append(new String(octets, StandardCharsets.ISO_8859_1));
  }

  private void escape(StringBuilder value, boolean bytes) {
    char c = text.charAt(at + 1);
    int simple = "abfnrtv\\'\"`?".indexOf(c);
    if (simple >= 0) {
      value.append("\u0007\b\f\n\r\t\u000b\\'\"`?".charAt(simple));
      at += 2;
      return;
    }
    int digits = c == 'x' || c == 'X' ? 2 : c == 'u' ? 4 : c == 'U' ? 8 : 3;
    int first = digits == 3 ? at + 1 : at + 2;
    long point = Long.parseLong(text.substring(first, first + digits), digits == 3 ? 8 : 16);
    at = first + digits;
    if (bytes && digits > 3) {
      problem = problem == null ? "unable to unescape string" : problem;
    } else if (point > Character.MAX_CODE_POINT || isHalf((int) point)) {
      problem = problem == null ? "invalid unicode code point" : problem;
    } else {
      value.appendCodePoint((int) point);
    }
  }

  /// Whether it is one of the two numbers that write a character in UTF-16, and no character.
  private static boolean isHalf(int point) {
    return point >= Character.MIN_SURROGATE && point <= Character.MAX_SURROGATE;
  }

  private Token symbol() {
    int from = at;
    for (String symbol : SYMBOLS) {
      if (text.startsWith(symbol, at)) {
        at += symbol.length();
        return token(Kind.SYMBOL, symbol, from, at);
      }
    }
    char c = text.charAt(at++);
    if ("+-*/%<>!?:.,()[]{}".indexOf(c) < 0) {
      // The first character of a sign of two is told with what stands behind it.
      int end = text.offsetByCodePoints(from, 1);
      boolean half = "=&|".indexOf(c) >= 0 && end < text.length();
      throw unknown(text.substring(from, half ? text.offsetByCodePoints(end, 1) : end), from);
    }
    return token(Kind.SYMBOL, String.valueOf(c), from, at);
  }
}
