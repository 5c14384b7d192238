package dev.pintle.kube.cel;

import java.util.Set;

/// The decisions of the grammar that more than one token may be needed for. Where no way leads on, it says how far one seemed to.
final class SyntaxPrediction {
  private static final Set<String> RECURSIVE = Set.of("relation", "calc", "member");
  private static final long RELATIONS = TokenTypes.set("== != in < <= >= >");
  private static final long PRODUCTS = TokenTypes.set("* / %");
  private static final long SUMS = TokenTypes.set("+ -");
  private static final long SIGNED = TokenTypes.set("NUM_INT NUM_FLOAT");
  private static final long LITERALS =
      TokenTypes.set("NUM_INT NUM_UINT NUM_FLOAT STRING BYTES true false null -");
  // What an operand may begin with, but for a sign and what one may stand before.
  private static final long OPERANDS =
      TokenTypes.set(". IDENTIFIER ( [ { NUM_UINT STRING BYTES true false null");
  private static final long ITEMS = OPERANDS | SIGNED | TokenTypes.set("- ! ?");
  private static final long NAMES = TokenTypes.set("IDENTIFIER ESC_IDENTIFIER");
  private static final long FIELDS = NAMES | TokenTypes.set("?");
  private static final int DOT = TokenTypes.number(".");
  private static final int NAME = TokenTypes.number("IDENTIFIER");
  private static final int QUESTION = TokenTypes.number("?");
  private static final int COMMA = TokenTypes.number(",");
  private static final int MINUS = TokenTypes.number("-");
  private static final int CALL = TokenTypes.number("(");
  private static final int INDEX = TokenTypes.number("[");
  private static final int BRACE = TokenTypes.number("{");

  private final SyntaxRecovery tokens;

  SyntaxPrediction(SyntaxRecovery tokens) {
    this.tokens = tokens;
  }

  /// Whether a decision is about a rule that goes on with itself on its left.
  static boolean isRecursive(String decision) {
    return RECURSIVE.contains(decision);
  }

  private boolean is(int ahead, long set) {
    return TokenTypes.has(set, tokens.type(ahead));
  }

  /// Whether something comes once more.
  boolean goesOn(GrammarNode node) {
    int type = tokens.type(0);
    return switch (node.name) {
      case "relation" -> is(0, RELATIONS) && tokens.strength() <= 1;
      case "calc" ->
          (is(0, PRODUCTS) && tokens.strength() <= 2) || (is(0, SUMS) && tokens.strength() <= 1);
      case "member" -> type == DOT || type == INDEX;
      case "elements" -> type == COMMA && is(1, ITEMS);
      case "fields" -> type == COMMA && is(1, FIELDS);
      default -> throw unknown(node);
    };
  }

  private static IllegalStateException unknown(GrammarNode node) {
    return new IllegalStateException(node.name + " (expected: a decision of the grammar)");
  }

  /// Which way to take, counted from 1; 0 when there is none.
  int way(GrammarNode node) {
    return switch (node.name) {
      case "operator" -> is(0, PRODUCTS) ? 1 : 2;
      case "unary" -> unary();
      case "part" -> part();
      case "primary" -> primary();
      case "literal" -> literal();
      case "name" -> tokens.type(0) == NAME ? 1 : is(0, NAMES) ? 2 : none(0);
      default -> throw unknown(node);
    };
  }

  private int none(int ahead) {
    tokens.noWay(ahead);
    return 0;
  }

  private int unary() {
    if (tokens.type(0) == TokenTypes.number("!")) {
      return 2;
    }
    if (tokens.type(0) == MINUS) {
      if (is(1, SIGNED)) {
        return 1;
      }
      return is(1, OPERANDS) || tokens.type(1) == MINUS ? 3 : none(1);
    }
    return is(0, OPERANDS | SIGNED) ? 1 : none(0);
  }

  /// Whether one more minus is a sign of its own.
  boolean isMinus() {
    if (tokens.type(0) != MINUS) {
      if (!is(0, OPERANDS | SIGNED)) {
        tokens.noWay(0);
      }
      return false;
    }
    if (!is(1, OPERANDS | SIGNED) && tokens.type(1) != MINUS) {
      tokens.noWay(1);
    }
    return true;
  }

  private int part() {
    if (tokens.type(0) == INDEX) {
      return 3;
    }
    if (tokens.type(1) == NAME) {
      return tokens.type(2) == CALL ? 2 : 1;
    }
    return tokens.type(1) == QUESTION || is(1, NAMES) ? 1 : none(1);
  }

  private int primary() {
    int type = tokens.type(0);
    if (type == DOT && tokens.type(1) != NAME) {
      return none(1);
    }
    if (type == DOT || type == NAME) {
      return named(type == DOT ? 2 : 1);
    }
    if (type == CALL) {
      return 3;
    }
    if (type == INDEX) {
      return 4;
    }
    if (type == BRACE) {
      return 5;
    }
    return is(0, LITERALS) ? 7 : none(0);
  }

  /// A name alone, of a function, or of a type with dots.
  private int named(int behind) {
    if (tokens.type(behind) == CALL) {
      return 2;
    }
    int place = behind;
    while (tokens.type(place) == DOT && tokens.type(place + 1) == NAME) {
      place += 2;
    }
    return tokens.type(place) == BRACE ? 6 : 1;
  }

  private int literal() {
    int type = tokens.type(0);
    if (type == MINUS) {
      return tokens.type(1) == TokenTypes.number("NUM_INT") ? 1 : is(1, SIGNED) ? 3 : none(1);
    }
    String[] ways = {
      "NUM_INT", "NUM_UINT", "NUM_FLOAT", "STRING", "BYTES", "true", "false", "null"
    };
    for (int i = 0; i < ways.length; i++) {
      if (type == TokenTypes.number(ways[i])) {
        return i + 1;
      }
    }
    return none(0);
  }
}
