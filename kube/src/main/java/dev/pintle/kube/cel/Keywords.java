package dev.pintle.kube.cel;

import dev.pintle.kube.cel.Lexer.Token;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The words that are no names of variables: literals, and those that the language keeps for itself.
public final class Keywords {
  private static final Set<String> WORDS = Set.of("true", "false", "null", "in");
  private static final Set<String> RESERVED =
      Set.of(
          "as",
          "break",
          "const",
          "continue",
          "else",
          "for",
          "function",
          "if",
          "import",
          "let",
          "loop",
          "package",
          "namespace",
          "return",
          "var",
          "void",
          "while");

  private Keywords() {}

  /// The literal that a word stands for; null for another word.
  static Expression.@Nullable Constant literal(Token word) {
    return switch (word.text()) {
      case "true" -> new Expression.Constant(word.at(), Constants.TRUE);
      case "false" -> new Expression.Constant(word.at(), Constants.FALSE);
      case "null" -> new Expression.Constant(word.at(), Constants.NULL);
      default -> null;
    };
  }

  /// Whether a word can be the name of nothing.
  public static boolean isKeyword(String word) {
    return WORDS.contains(word) || isReserved(word);
  }

  /// Whether a word is a literal or an operator.
  static boolean isWord(String word) {
    return WORDS.contains(word);
  }

  /// Whether a word is kept for what the language may become.
  static boolean isReserved(String word) {
    return RESERVED.contains(word);
  }

  /// @throws CelException of a word that no variable can have for a name
  static void requireFree(Token word) {
    if (isReserved(word.text())) {
      throw new CelException("reserved identifier: " + word.text(), word.at());
    }
  }
}
