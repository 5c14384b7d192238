package dev.pintle.kube.cel;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/// The cutter of an expression into tokens.
final class Lexer {
  private static final List<String> SYMBOLS =
      List.of("&&", "||", "==", "!=", "<=", ">=", "[?", ".?");

  private static final int OCTAL_MAX = 0377;

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
  record Token(Kind kind, String text, int at, int end) {
    boolean is(String symbol) {
      return kind == Kind.SYMBOL && text.equals(symbol);
    }

    boolean isSign() {
      return is("!") || is("-");
    }

    boolean isOperator() {
      return kind == Kind.SYMBOL || (kind == Kind.NAME && text.equals("in"));
    }

    byte[] bytes() {
      return text.getBytes(StandardCharsets.ISO_8859_1);
    }
  }

  private final String text;
  private final ExpressionErrors complaints;
  private int at;

  private Lexer(String text, ExpressionErrors complaints) {
    this.text = text;
    this.complaints = complaints;
  }

  /// @param complaints told of what is no token; it is left out
  static List<Token> tokens(String text, ExpressionErrors complaints) {
    Lexer lexer = new Lexer(text, complaints);
    List<Token> tokens = new ArrayList<>();
    while (tokens.isEmpty() || tokens.getLast().kind() != Kind.END) {
      try {
        tokens.add(lexer.next());
      } catch (CelException unknown) {
        complaints.add(unknown.offset(), unknown.getMessage());
      }
    }
    return tokens;
  }

  private Token next() {
    skip();
    if (at >= text.length()) {
      return new Token(Kind.END, "<EOF>", at, at);
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
      return new Token(Kind.NAME, text.substring(from, at), from, at);
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
      throw unknown(text.substring(at, Math.min(end + 1, text.length())), at);
    }
    Token token = new Token(Kind.QUOTED_NAME, text.substring(at + 1, end), at, end + 1);
    at = end + 1;
    return token;
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }

  /// What begins at `from` is no token; reading goes on behind it.
  private CelException unknown(String what, int from) {
    at = from + what.length();
    return new CelException("Syntax error: token recognition error at: '%s'".formatted(what), from);
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
    boolean hex = text.startsWith("0x", at);
    if (hex) {
      at += 2;
      while (at < text.length() && Character.digit(text.charAt(at), 16) >= 0) {
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
    return new Token(Kind.NUMBER, text.substring(from, at), from, at);
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
    while (!text.startsWith(quote, at)) {
      if (at >= text.length() || (quote.length() == 1 && "\n\r".indexOf(text.charAt(at)) >= 0)) {
        throw unknown(text.substring(from, Math.min(at + 1, text.length())), from);
      }
      if (text.charAt(at) == '\\' && !raw) {
        escape(value, from, bytes);
      } else if (bytes) {
        octets(value);
      } else {
        value.append(text.charAt(at++));
      }
    }
    at += quote.length();
    return new Token(bytes ? Kind.BYTES : Kind.TEXT, value.toString(), from, at);
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

  private void escape(StringBuilder value, int from, boolean bytes) {
    char c = at + 1 < text.length() ? text.charAt(at + 1) : '\0';
    int simple = "abfnrtv\\'\"`?".indexOf(c);
    if (simple >= 0) {
      value.append("\u0007\b\f\n\r\t\u000b\\'\"`?".charAt(simple));
      at += 2;
      return;
    }
    int digits = c == 'x' || c == 'X' ? 2 : c == 'u' ? 4 : c == 'U' ? 8 : 3;
    int first = digits == 3 ? at + 1 : at + 2;
    try {
      int point = Integer.parseInt(text.substring(first, first + digits), digits == 3 ? 8 : 16);
      if (digits == 3 && point > OCTAL_MAX) {
        throw unknown(text.substring(from, at + 2), from);
      }
      at = first + digits;
      if (bytes && digits > 3) {
        complaints.add(from, "unable to unescape string");
      } else if (!Character.isValidCodePoint(point) || isHalf(point)) {
        complaints.add(from, "invalid unicode code point");
      } else {
        value.appendCodePoint(point);
      }
    } catch (IndexOutOfBoundsException | IllegalArgumentException _) {
      throw unknown(text.substring(from, Math.min(at + 2, text.length())), from);
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
        return new Token(Kind.SYMBOL, symbol, from, at);
      }
    }
    char c = text.charAt(at++);
    if ("+-*/%<>!?:.,()[]{}".indexOf(c) < 0) {
      throw unknown(String.valueOf(c), from);
    }
    return new Token(Kind.SYMBOL, String.valueOf(c), from, at);
  }
}
