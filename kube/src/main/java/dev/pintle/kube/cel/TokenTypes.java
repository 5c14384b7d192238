package dev.pintle.kube.cel;

import dev.pintle.kube.cel.Lexer.Token;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// The types of tokens as upstream numbers and names them, and sets of them: a bit for each.
final class TokenTypes {
  /// Stands in a set that is looked for within one rule: the rule may be over.
  static final long OVER = 1L << 63;

  static final int END = 0;

  private static final List<String> NAMES =
      List.of(
          "<EOF>",
          "'=='",
          "'!='",
          "'in'",
          "'<'",
          "'<='",
          "'>='",
          "'>'",
          "'&&'",
          "'||'",
          "'['",
          "']'",
          "'{'",
          "'}'",
          "'('",
          "')'",
          "'.'",
          "','",
          "'-'",
          "'!'",
          "'?'",
          "':'",
          "'+'",
          "'*'",
          "'/'",
          "'%'",
          "'true'",
          "'false'",
          "'null'",
          "NUM_FLOAT",
          "NUM_INT",
          "NUM_UINT",
          "STRING",
          "BYTES",
          "IDENTIFIER",
          "ESC_IDENTIFIER");

  private static final Map<String, Integer> NUMBERS = numbers();

  private TokenTypes() {}

  private static Map<String, Integer> numbers() {
    Map<String, Integer> numbers = new HashMap<>();
    NAMES.forEach(name -> numbers.put(name.replace("'", ""), numbers.size()));
    return Map.copyOf(numbers);
  }

  /// The number of a type, by what is written or by its name.
  static int number(String name) {
    Integer number = NUMBERS.get(name);
    if (number == null) {
      throw new IllegalStateException(name + " (expected: a type of tokens)");
    }
    return number;
  }

  /// A set of types, their names parted by spaces.
  static long set(String names) {
    long set = 0;
    for (String name : names.split(" ", -1)) {
      set |= 1L << number(name);
    }
    return set;
  }

  static boolean has(long set, int type) {
    return ((set >>> type) & 1) != 0;
  }

  static int of(Token token) {
    return switch (token.kind()) {
      case END -> END;
      case SYMBOL -> number(token.text());
      case TEXT -> number("STRING");
      case BYTES -> number("BYTES");
      case QUOTED_NAME -> number("ESC_IDENTIFIER");
      case NUMBER -> number(numeral(token.text()));
      case NAME -> Keywords.isWord(token.text()) ? number(token.text()) : number("IDENTIFIER");
    };
  }

  private static String numeral(String text) {
    boolean hex = text.startsWith("0x");
    if (text.endsWith("u") || text.endsWith("U")) {
      return "NUM_UINT";
    }
    boolean real =
        !hex && (text.indexOf('.') >= 0 || text.indexOf('e') >= 0 || text.indexOf('E') >= 0);
    return real ? "NUM_FLOAT" : "NUM_INT";
  }

  /// A set as errors tell it.
  static String shown(long set) {
    List<String> names = new ArrayList<>();
    for (int type = 0; type < NAMES.size(); type++) {
      if (has(set, type)) {
        names.add(NAMES.get(type));
      }
    }
    return names.size() == 1 ? names.getFirst() : "{" + String.join(", ", names) + "}";
  }
}
