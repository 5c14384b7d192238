package dev.pintle.kube.cel;

import dev.pintle.kube.cel.Lexer.Token;
import java.util.List;

/// The tokens of an expression, read one after another.
final class TokenStream {
  private final List<Token> tokens;
  private int position;

  TokenStream(List<Token> tokens) {
    this.tokens = tokens;
  }

  Token peek() {
    return tokens.get(position);
  }

  Token next() {
    return tokens.get(position++);
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
      throw unexpected(peek());
    }
  }

  /// The end of reading; [SyntaxRecovery] finds the words.
  static CelException unexpected(Token token) {
    return new CelException(
        "Syntax error: mismatched input '%s'".formatted(token.text()), token.at());
  }
}
