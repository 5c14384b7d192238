package dev.pintle.kube.cel;

import java.util.ArrayList;
import java.util.List;

/// Cuts an expression into tokens.
final class Lexer {
  private static final List<String> SYMBOLS =
      List.of("&&", "||", "==", "!=", "<=", ">=", "[?", ".?");

  enum Kind {
    NAME,
    NUMBER,
    TEXT,
    BYTES,
    SYMBOL,
    END
  }

  record Token(Kind kind, String text, int at) {
    boolean is(String symbol) {
      return kind == Kind.SYMBOL && text.equals(symbol);
    }
  }

  private final String text;
  private int at;

  private Lexer(String text) {
    this.text = text;
  }

  static List<Token> tokens(String text) {
    Lexer lexer = new Lexer(text);
    List<Token> tokens = new ArrayList<>();
    do {
      tokens.add(lexer.next());
    } while (tokens.getLast().kind() != Kind.END);
    return tokens;
  }

  private Token next() {
    skip();
    if (at >= text.length()) {
      return new Token(Kind.END, "<EOF>", at);
    }
    char c = text.charAt(at);
    if (Character.isDigit(c)
        || (c == '.' && at + 1 < text.length() && Character.isDigit(text.charAt(at + 1)))) {
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
      return new Token(Kind.NAME, text.substring(from, at), from);
    }
    return symbol();
  }

  private void skip() {
    while (at < text.length()) {
      if (Character.isWhitespace(text.charAt(at))) {
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
    boolean hex = text.startsWith("0x", at) || text.startsWith("0X", at);
    at += hex ? 2 : 0;
    while (at < text.length() && isNumberPart(text.charAt(at), hex)) {
      boolean exponent = !hex && "eE".indexOf(text.charAt(at)) >= 0;
      at++;
      if (exponent && at < text.length() && "+-".indexOf(text.charAt(at)) >= 0) {
        at++;
      }
    }
    if (at < text.length() && "uU".indexOf(text.charAt(at)) >= 0) {
      at++;
    }
    return new Token(Kind.NUMBER, text.substring(from, at), from);
  }

  private boolean isNumberPart(char c, boolean hex) {
    if (hex) {
      return Character.digit(c, 16) >= 0;
    }
    boolean point = c == '.' && at + 1 < text.length() && Character.isDigit(text.charAt(at + 1));
    return Character.isDigit(c) || point || c == 'e' || c == 'E';
  }

  /// Where the quote of a literal stands, after `r` and `b`; -1 when no literal begins here.
  private int quoteAfterPrefix() {
    int i = at;
    while (i < text.length() && i < at + 2 && "rRbB".indexOf(text.charAt(i)) >= 0) {
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
    StringBuilder value = new StringBuilder();
    while (!text.startsWith(quote, at)) {
      if (at >= text.length() || (quote.length() == 1 && text.charAt(at) == '\n')) {
        throw new CelException(
            "Syntax error: token recognition error at: '%s'".formatted(text.substring(from)), from);
      }
      if (text.charAt(at) == '\\' && !raw) {
        escape(value);
      } else {
        value.append(text.charAt(at++));
      }
    }
    at += quote.length();
    return new Token(prefix.indexOf('b') >= 0 ? Kind.BYTES : Kind.TEXT, value.toString(), from);
  }

  private void escape(StringBuilder value) {
    char c = at + 1 < text.length() ? text.charAt(at + 1) : '\0';
    int simple = "abfnrtv\\'\"`?".indexOf(c);
    if (simple >= 0) {
      value.append("\u0007\b\f\n\r\t\u000b\\'\"`?".charAt(simple));
      at += 2;
      return;
    }
    int digits = c == 'x' || c == 'X' ? 2 : c == 'u' ? 4 : c == 'U' ? 8 : 3;
    int from = digits == 3 ? at + 1 : at + 2;
    try {
      value.appendCodePoint(
          Integer.parseInt(text.substring(from, from + digits), digits == 3 ? 8 : 16));
      at = from + digits;
    } catch (IndexOutOfBoundsException | IllegalArgumentException _) {
      throw new CelException("Syntax error: token recognition error at: '\\%c'".formatted(c), at);
    }
  }

  private Token symbol() {
    int from = at;
    for (String symbol : SYMBOLS) {
      if (text.startsWith(symbol, at)) {
        at += symbol.length();
        return new Token(Kind.SYMBOL, symbol, from);
      }
    }
    char c = text.charAt(at++);
    if ("+-*/%<>!?:.,()[]{}".indexOf(c) < 0) {
      throw new CelException("Syntax error: token recognition error at: '%c'".formatted(c), from);
    }
    return new Token(Kind.SYMBOL, String.valueOf(c), from);
  }
}
