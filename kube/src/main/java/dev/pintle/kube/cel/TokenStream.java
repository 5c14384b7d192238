package dev.pintle.kube.cel;

import dev.pintle.kube.cel.Lexer.Kind;
import dev.pintle.kube.cel.Lexer.Token;
import java.util.List;

/// The tokens of an expression, read one after another, with the errors about one that does not belong where it stands.
final class TokenStream {
  private final String text;
  private final List<Token> tokens;
  private int position;

  TokenStream(String text, List<Token> tokens) {
    this.text = text;
    this.tokens = tokens;
  }

  Token peek() {
    return tokens.get(position);
  }

  Token next() {
    return tokens.get(position++);
  }

  /// Goes back to the token that was read last.
  void back() {
    position--;
  }

  boolean take(String symbol) {
    if (peek().is(symbol)) {
      position++;
      return true;
    }
    return false;
  }

  void expect(String symbol) {
    if (!take(symbol)) {
      throw unexpected("'" + symbol + "'");
    }
  }

  CelException extraneous() {
    Token token = peek();
    boolean last = tokens.get(position + 1).kind() == Kind.END;
    return new CelException(
        "Syntax error: %s input '%s' expecting <EOF>"
            .formatted(last ? "extraneous" : "mismatched", shown(token)),
        token.at());
  }

  CelException missing(String symbol) {
    Token token = peek();
    return new CelException(
        "Syntax error: missing '%s' at '%s'".formatted(symbol, shown(token)), token.at());
  }

  CelException unexpected(String wanted) {
    Token token = peek();
    return new CelException(
        "Syntax error: mismatched input '%s' expecting %s".formatted(shown(token), wanted),
        token.at());
  }

  private String shown(Token token) {
    return token.kind() == Kind.END ? token.text() : text.substring(token.at(), token.end());
  }
}
