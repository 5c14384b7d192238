package dev.pintle.kube.selector;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// The splitter of the text of a label selector into words and signs.
final class LabelLexer {
  enum Kind {
    END,
    CLOSE,
    COMMA,
    NOT,
    DOUBLE_EQUALS,
    EQUALS,
    GREATER,
    WORD,
    IN,
    LESS,
    NOT_EQUALS,
    NOT_IN,
    OPEN,
    ERROR
  }

  record Token(Kind kind, String text) {
    boolean is(Kind other) {
      return kind == other;
    }
  }

  private static final Map<String, Kind> SIGNS =
      Map.of(
          ")", Kind.CLOSE,
          ",", Kind.COMMA,
          "!", Kind.NOT,
          "==", Kind.DOUBLE_EQUALS,
          "=", Kind.EQUALS,
          ">", Kind.GREATER,
          "<", Kind.LESS,
          "!=", Kind.NOT_EQUALS,
          "(", Kind.OPEN);
  private static final String SIGN_CHARACTERS = "=!(),><";
  private static final String BLANKS = " \t\r\n";

  private final String text;
  private int at;

  private LabelLexer(String text) {
    this.text = text;
  }

  /// All tokens, the last one [Kind#END].
  static List<Token> tokens(String text) {
    LabelLexer lexer = new LabelLexer(text);
    List<Token> tokens = new ArrayList<>();
    do {
      tokens.add(lexer.next());
    } while (!tokens.getLast().is(Kind.END));
    return tokens;
  }

  private Token next() {
    while (at < text.length() && isOneOf(BLANKS)) {
      at++;
    }
    if (at == text.length()) {
      return new Token(Kind.END, "");
    }
    return isOneOf(SIGN_CHARACTERS) ? sign() : word();
  }

  /// The longest sign that starts here.
  private Token sign() {
    for (int length = 2; length >= 1; length--) {
      if (at + length <= text.length()) {
        String candidate = text.substring(at, at + length);
        Kind kind = SIGNS.get(candidate);
        if (kind != null) {
          at += length;
          return new Token(kind, candidate);
        }
      }
    }
    return new Token(Kind.ERROR, "error expected: keyword found '%s'".formatted(text.charAt(at++)));
  }

  private Token word() {
    int start = at;
    while (at < text.length() && !isOneOf(SIGN_CHARACTERS) && !isOneOf(BLANKS)) {
      at++;
    }
    String word = text.substring(start, at);
    return switch (word) {
      case "in" -> new Token(Kind.IN, word);
      case "notin" -> new Token(Kind.NOT_IN, word);
      default -> new Token(Kind.WORD, word);
    };
  }

  private boolean isOneOf(String characters) {
    return characters.indexOf(text.charAt(at)) >= 0;
  }
}
