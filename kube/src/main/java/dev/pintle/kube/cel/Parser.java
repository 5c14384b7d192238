package dev.pintle.kube.cel;

import dev.pintle.kube.cel.Expression.Macro;
import dev.pintle.kube.cel.Lexer.Kind;
import dev.pintle.kube.cel.Lexer.Token;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Reads an expression by descent, one method a level of precedence.
final class Parser {
  private static final int DEPTH_MAX = 250;
  private static final List<String> RELATIONS = List.of("==", "!=", "<", "<=", ">", ">=");
  private static final Map<String, Macro> MACROS =
      Map.of(
          "all", Macro.ALL,
          "exists", Macro.EXISTS,
          "exists_one", Macro.EXISTS_ONE,
          "existsOne", Macro.EXISTS_ONE,
          "map", Macro.MAP,
          "filter", Macro.FILTER,
          "optMap", Macro.OPT_MAP,
          "optFlatMap", Macro.OPT_FLAT_MAP);

  private final List<Token> tokens;
  private int position;
  private int depth;

  private Parser(List<Token> tokens) {
    this.tokens = tokens;
  }

  static Expression parse(String text) {
    Parser parser = new Parser(Lexer.tokens(text));
    Expression expression = parser.choice();
    if (parser.peek().kind() != Kind.END) {
      throw parser.unexpected("<EOF>");
    }
    return expression;
  }

  private Token peek() {
    return tokens.get(position);
  }

  private Token next() {
    return tokens.get(position++);
  }

  private boolean take(String symbol) {
    if (peek().is(symbol)) {
      position++;
      return true;
    }
    return false;
  }

  private void expect(String symbol) {
    if (!take(symbol)) {
      throw unexpected("'" + symbol + "'");
    }
  }

  private CelException unexpected(String wanted) {
    Token token = peek();
    return new CelException(
        "Syntax error: mismatched input '%s' expecting %s".formatted(token.text(), wanted),
        token.at());
  }

  private Expression choice() {
    if (++depth > DEPTH_MAX) {
      throw new CelException("expression recursion limit exceeded: " + DEPTH_MAX, 0);
    }
    Expression condition = either();
    int at = peek().at();
    if (take("?")) {
      Expression yes = either();
      expect(":");
      condition = new Expression.Choice(at, condition, yes, choice());
    }
    depth--;
    return condition;
  }

  private Expression either() {
    Expression left = both();
    for (int at = peek().at(); take("||"); at = peek().at()) {
      left = new Expression.Either(at, left, both());
    }
    return left;
  }

  private Expression both() {
    Expression left = relation();
    for (int at = peek().at(); take("&&"); at = peek().at()) {
      left = new Expression.Both(at, left, relation());
    }
    return left;
  }

  private Expression relation() {
    Expression left = binary(List.of("+", "-"), () -> binary(List.of("*", "/", "%"), this::unary));
    while (true) {
      Token token = peek();
      boolean in = token.kind() == Kind.NAME && token.text().equals("in");
      if (!in && !(token.kind() == Kind.SYMBOL && RELATIONS.contains(token.text()))) {
        return left;
      }
      position++;
      Expression right =
          binary(List.of("+", "-"), () -> binary(List.of("*", "/", "%"), this::unary));
      left = new Expression.Call(token.at(), token.text(), null, List.of(left, right));
    }
  }

  private interface Level {
    Expression read();
  }

  private Expression binary(List<String> operators, Level below) {
    Expression left = below.read();
    while (peek().kind() == Kind.SYMBOL && operators.contains(peek().text())) {
      Token operator = next();
      left = new Expression.Call(operator.at(), operator.text(), null, List.of(left, below.read()));
    }
    return left;
  }

  private Expression unary() {
    Token token = peek();
    if (take("!")) {
      return new Expression.Call(token.at(), "!", null, List.of(unary()));
    }
    if (take("-")) {
      Token number = peek();
      if (number.kind() == Kind.NUMBER) {
        next();
        return member(
            new Expression.Constant(token.at(), Numbers.read("-" + number.text(), token.at())));
      }
      return new Expression.Call(token.at(), "-", null, List.of(unary()));
    }
    return member(primary());
  }

  private Expression member(Expression first) {
    Expression operand = first;
    while (true) {
      int at = peek().at();
      if (peek().is(".") || peek().is(".?")) {
        boolean optional = next().is(".?");
        Token name = next();
        if (name.kind() != Kind.NAME) {
          position--;
          throw unexpected("IDENTIFIER");
        }
        if (!optional && peek().is("(")) {
          operand = method(name, operand);
        } else {
          operand = new Expression.Select(at, operand, name.text(), optional);
        }
      } else if (peek().is("[") || peek().is("[?")) {
        boolean optional = next().is("[?");
        Expression index = choice();
        expect("]");
        operand = new Expression.Index(at, operand, index, optional);
      } else {
        return operand;
      }
    }
  }

  private Expression method(Token name, Expression target) {
    int at = peek().at();
    List<Expression> arguments = arguments();
    Macro macro = MACROS.get(name.text());
    if (macro != null && (arguments.size() == 2 || (macro == Macro.MAP && arguments.size() == 3))) {
      if (!(arguments.getFirst() instanceof Expression.Name(_, String variable))) {
        throw new CelException("argument must be a simple name", arguments.getFirst().at());
      }
      @Nullable Expression filter = arguments.size() == 3 ? arguments.get(1) : null;
      return new Expression.Through(
          name.at(), macro, target, variable, filter, arguments.getLast());
    }
    return new Expression.Call(at, name.text(), target, arguments);
  }

  private List<Expression> arguments() {
    expect("(");
    List<Expression> arguments = new ArrayList<>();
    while (!take(")")) {
      if (!arguments.isEmpty()) {
        expect(",");
      }
      arguments.add(choice());
    }
    return arguments;
  }

  private Expression primary() {
    Token token = next();
    return switch (token.kind()) {
      case NUMBER -> new Expression.Constant(token.at(), Numbers.read(token.text(), token.at()));
      case TEXT -> new Expression.Constant(token.at(), Value.of(token.text()));
      case BYTES -> new Expression.Constant(token.at(), bytes(token.text()));
      case NAME -> name(token);
      case SYMBOL -> symbol(token);
      case END -> {
        position--;
        throw unexpected(
            "{'[', '{', '(', '.', '-', '!', 'true', 'false', 'null', NUM_FLOAT, NUM_INT, NUM_UINT, STRING, BYTES, IDENTIFIER}");
      }
    };
  }

  private static Value bytes(String text) {
    List<Byte> bytes = new ArrayList<>();
    for (byte one : text.getBytes(StandardCharsets.UTF_8)) {
      bytes.add(one);
    }
    return new Value.Bytes(bytes);
  }

  private Expression name(Token token) {
    switch (token.text()) {
      case "true" -> {
        return new Expression.Constant(token.at(), Constants.TRUE);
      }
      case "false" -> {
        return new Expression.Constant(token.at(), Constants.FALSE);
      }
      case "null" -> {
        return new Expression.Constant(token.at(), Constants.NULL);
      }
      default -> {}
    }
    if (!peek().is("(")) {
      return new Expression.Name(token.at(), token.text());
    }
    int at = peek().at();
    List<Expression> arguments = arguments();
    if (!token.text().equals("has")) {
      return new Expression.Call(at, token.text(), null, arguments);
    }
    if (arguments.size() == 1
        && arguments.getFirst()
            instanceof Expression.Select(_, Expression operand, String field, boolean optional)
        && !optional) {
      return new Expression.Presence(token.at(), operand, field);
    }
    throw new CelException("invalid argument to has() macro", token.at());
  }

  private Expression symbol(Token token) {
    return switch (token.text()) {
      case "(" -> {
        Expression inner = choice();
        expect(")");
        yield inner;
      }
      case "[" -> list(token);
      case "{" -> map(token);
      case "." -> primary();
      default -> {
        position--;
        throw unexpected("an expression");
      }
    };
  }

  private Expression list(Token token) {
    List<Expression> items = new ArrayList<>();
    while (!take("]")) {
      if (!items.isEmpty()) {
        expect(",");
        if (take("]")) {
          break;
        }
      }
      items.add(choice());
    }
    return new Expression.ListOf(token.at(), items);
  }

  private Expression map(Token token) {
    List<Expression.Entry> entries = new ArrayList<>();
    while (!take("}")) {
      if (!entries.isEmpty()) {
        expect(",");
        if (take("}")) {
          break;
        }
      }
      Expression key = choice();
      expect(":");
      entries.add(new Expression.Entry(key, choice()));
    }
    return new Expression.MapOf(token.at(), entries);
  }
}
