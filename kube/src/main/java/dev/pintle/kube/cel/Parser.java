package dev.pintle.kube.cel;

import dev.pintle.kube.cel.Lexer.Kind;
import dev.pintle.kube.cel.Lexer.Lexed;
import dev.pintle.kube.cel.Lexer.Token;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// The parser of expressions, by descent, one method a level of precedence. Bounded like upstream's: in the size of the
/// text, and in how deep things nest; what was read can then be walked without a bound of its own.
final class Parser {
  private static final int DEPTH_MAX = 250;
  private static final int CHARACTERS_MAX = 100_000;
  private static final Map<String, String> RELATIONS =
      Map.of(
          "==", "_==_", "!=", "_!=_", "<", "_<_", "<=", "_<=_", ">", "_>_", ">=", "_>=_", "in",
          "@in");
  private static final Map<String, String> SUMS = Map.of("+", "_+_", "-", "_-_");
  private static final Map<String, String> PRODUCTS = Map.of("*", "_*_", "/", "_/_", "%", "_%_");

  private final TokenStream tokens;
  private final boolean binds;
  // How deep each of the grammar's rules that can nest is nested where the parser stands.
  private int expressions;
  private int relations;
  private int sums;
  // How many operators, fields and calls nest in the part that was read last.
  private int height;

  private Parser(TokenStream tokens, boolean binds) {
    this.tokens = tokens;
    this.binds = binds;
  }

  /// @param complaints told of parts of the text that mean nothing
  /// @throws CelException of a text that is no expression
  static Expression parse(String text, ExpressionErrors complaints) {
    return parse(text, complaints, false);
  }

  /// @param binds whether `cel.bind` gives a name to a value
  static Expression parse(String text, ExpressionErrors complaints, boolean binds) {
    int characters = text.codePointCount(0, text.length());
    if (characters > CHARACTERS_MAX) {
      throw new CelException(
          "expression code point size exceeds limit: size: %d, limit %d"
              .formatted(characters, CHARACTERS_MAX),
          -1);
    }
    Lexed lexed = Lexer.read(text);
    CelException problem = null;
    if (lexed.unknown().isEmpty()) {
      try {
        return new Parser(new TokenStream(lexed.tokens()), binds).whole();
      } catch (CelException wrong) {
        problem = wrong;
      }
    }
    tellFaults(text, lexed, complaints, binds);
    complaints.require(text);
    throw problem != null ? problem : TokenStream.unexpected(lexed.tokens().getFirst());
  }

  /// What upstream's parser says of a text that is no expression.
  private static void tellFaults(
      String text, Lexed lexed, ExpressionErrors complaints, boolean binds) {
    SyntaxTree tree = SyntaxRecovery.read(text, lexed, complaints);
    if (tree != null) {
      SyntaxReader.read(tree, complaints, binds);
    }
  }

  private Expression whole() {
    Expression expression = choice();
    if (tokens.peek().kind() != Kind.END) {
      throw TokenStream.unexpected(tokens.peek());
    }
    return expression;
  }

  private static int bounded(int depth) {
    if (depth > DEPTH_MAX) {
      throw new CelException("expression recursion limit exceeded: " + DEPTH_MAX, -1);
    }
    return depth;
  }

  /// The height of what joins the part that was read last with others.
  private void join(int others) {
    height = Math.max(height, others) + 1;
    if (height > DEPTH_MAX) {
      throw new CelException("max recursion depth exceeded", -1);
    }
  }

  private Expression choice() {
    expressions = bounded(expressions + 1);
    Expression condition = logic(true);
    int at = tokens.peek().at();
    if (tokens.take("?")) {
      int tallest = height;
      Expression yes = logic(true);
      tallest = Math.max(tallest, height);
      tokens.expect(":");
      condition = new Expression.Conditional(at, condition, yes, choice());
      join(tallest);
    }
    expressions--;
    return condition;
  }

  private Expression logic(boolean any) {
    Expression first = any ? logic(false) : relation();
    int at = tokens.peek().at();
    if (!tokens.peek().is(any ? "||" : "&&")) {
      return first;
    }
    List<Expression> terms = new ArrayList<>();
    terms.add(first);
    int tallest = height;
    while (tokens.take(any ? "||" : "&&")) {
      terms.add(any ? logic(false) : relation());
      tallest = Math.max(tallest, height);
    }
    height = tallest;
    return new Expression.LogicalChain(at, any, terms);
  }

  private Expression relation() {
    relations = bounded(relations + 1);
    Expression left = sum();
    while (isOneOf(RELATIONS)) {
      relations = bounded(relations + 1);
      left = joined(RELATIONS, left, this::sum);
      relations--;
    }
    relations--;
    return left;
  }

  private Expression sum() {
    sums = bounded(sums + 1);
    Expression left = product();
    while (isOneOf(SUMS)) {
      left = rightOf(SUMS, left, this::product);
    }
    sums--;
    return left;
  }

  private Expression product() {
    Expression left = unary();
    while (isOneOf(PRODUCTS)) {
      left = rightOf(PRODUCTS, left, this::unary);
    }
    return left;
  }

  private boolean isOneOf(Map<String, String> operators) {
    return tokens.peek().isOperator() && operators.containsKey(tokens.peek().text());
  }

  private Expression rightOf(Map<String, String> operators, Expression left, Level below) {
    sums = bounded(sums + 1);
    Expression both = joined(operators, left, below);
    sums--;
    return both;
  }

  private Expression joined(Map<String, String> operators, Expression left, Level below) {
    int leftHeight = height;
    Token operator = tokens.next();
    String function = operators.getOrDefault(operator.text(), "");
    Expression right = below.read();
    join(leftHeight);
    return new Expression.Call(operator.at(), function, null, List.of(left, right));
  }

  private interface Level {
    Expression read();
  }

  /// Signs in pairs mean nothing, and one kind of them stands before an operand only.
  private Expression unary() {
    Token first = tokens.peek();
    int signs = 0;
    while (first.isSign() && tokens.peek().is(first.text())) {
      tokens.next();
      signs++;
    }
    if (signs == 0) {
      return member(primary());
    }
    boolean minus = first.is("-");
    if (minus && signs == 1 && tokens.peek().kind() == Kind.NUMBER && !isUnsigned(tokens.peek())) {
      Value value = Numbers.read("-" + tokens.next().text(), first.at());
      height = 0;
      return member(new Expression.Constant(first.at(), value));
    }
    return signed(first, signs, member(primary()));
  }

  private static boolean isUnsigned(Token number) {
    return number.text().endsWith("u") || number.text().endsWith("U");
  }

  private static Expression signed(Token sign, int times, Expression operand) {
    String function = sign.is("-") ? "-_" : "!_";
    return times % 2 == 0
        ? operand
        : new Expression.Call(sign.at(), function, null, List.of(operand));
  }

  private Expression member(Expression first) {
    Expression operand = first;
    while (true) {
      int at = tokens.peek().at();
      int inner = height;
      if (tokens.take(".")) {
        operand = dotted(operand, tokens.take("?"), at);
      } else if (tokens.take("[")) {
        boolean optional = tokens.take("?");
        Expression index = choice();
        tokens.expect("]");
        operand = new Expression.Index(at, operand, index, optional);
      } else if (tokens.peek().is("{")
          && DottedName.of(operand, _ -> true) instanceof String name) {
        operand = struct(name);
      } else {
        return operand;
      }
      join(inner);
    }
  }

  private Expression dotted(Expression operand, boolean optional, int at) {
    Token name = tokens.next();
    if (name.kind() != Kind.NAME && name.kind() != Kind.QUOTED_NAME) {
      throw TokenStream.unexpected(name);
    }
    if (name.kind() == Kind.NAME && Keywords.isWord(name.text())) {
      throw TokenStream.unexpected(name);
    }
    if (!optional && tokens.peek().is("(") && name.kind() == Kind.NAME) {
      int open = tokens.peek().at();
      List<Expression> arguments = arguments();
      Expression macro =
          binds && Macros.isBinding(name.text(), operand, arguments)
              ? Macros.binding(open, arguments)
              : Macros.expand(open, name.text(), operand, arguments);
      return macro != null ? macro : new Expression.Call(open, name.text(), operand, arguments);
    }
    return new Expression.Select(at, operand, name.text(), optional);
  }

  private List<Expression> arguments() {
    tokens.expect("(");
    List<Expression> arguments = new ArrayList<>();
    int tallest = 0;
    while (!tokens.take(")")) {
      if (!arguments.isEmpty()) {
        tokens.expect(",");
      }
      arguments.add(choice());
      tallest = Math.max(tallest, height);
    }
    height = tallest;
    return arguments;
  }

  private Expression primary() {
    Token token = tokens.next();
    height = 0;
    return switch (token.kind()) {
      case NUMBER -> new Expression.Constant(token.at(), Numbers.read(token.text(), token.at()));
      case TEXT -> new Expression.Constant(token.at(), Value.of(token.sound().text()));
      case BYTES -> new Expression.Constant(token.at(), new Value.Bytes(token.sound().bytes()));
      case NAME -> name(token);
      case SYMBOL -> symbol(token);
      case QUOTED_NAME, END -> throw TokenStream.unexpected(token);
    };
  }

  private Expression name(Token token) {
    Expression literal = Keywords.literal(token);
    if (literal != null) {
      return literal;
    }
    if (token.text().equals("in")) {
      throw TokenStream.unexpected(token);
    }
    Keywords.requireFree(token);
    if (!tokens.peek().is("(")) {
      return new Expression.Ident(token.at(), token.text());
    }
    int at = tokens.peek().at();
    List<Expression> arguments = arguments();
    Expression presence = Macros.presence(at, token.text(), arguments);
    return presence != null ? presence : new Expression.Call(at, token.text(), null, arguments);
  }

  private Expression symbol(Token token) {
    return switch (token.text()) {
      case "(" -> {
        Expression inner = choice();
        tokens.expect(")");
        yield inner;
      }
      case "[" -> list(token);
      case "{" -> map(token);
      case "." -> rooted(token);
      default -> throw TokenStream.unexpected(token);
    };
  }

  /// A name behind a dot that nothing stands before.
  private Expression rooted(Token dot) {
    Token name = tokens.next();
    if (name.kind() != Kind.NAME || Keywords.isWord(name.text())) {
      throw TokenStream.unexpected(name);
    }
    if (Keywords.isReserved(name.text())) {
      throw new CelException("reserved identifier: " + name.text(), dot.at());
    }
    return name(new Token(Kind.NAME, "." + name.text(), name.at(), name.end(), null));
  }

  private Expression list(Token token) {
    List<Expression.Item> items = new ArrayList<>();
    parts(
        "]",
        () -> {
          boolean marked = tokens.take("?");
          items.add(new Expression.Item(choice(), marked));
        });
    return new Expression.ListOf(token.at(), items);
  }

  /// Reads parts with commas between them, of which one may stand behind the last, and what ends them.
  private void parts(String end, Runnable part) {
    int tallest = 0;
    boolean first = true;
    while (!tokens.take(end)) {
      // A comma may stand behind the last part, and also where there is none.
      if (!first || tokens.peek().is(",")) {
        tokens.expect(",");
        if (tokens.take(end)) {
          break;
        }
        requirePart(first);
      }
      part.run();
      tallest = Math.max(tallest, height);
      first = false;
    }
    height = tallest;
  }

  private void requirePart(boolean none) {
    if (none) {
      throw TokenStream.unexpected(tokens.peek());
    }
  }

  private Expression struct(String name) {
    int at = tokens.next().at();
    List<Expression.Initializer> fields = new ArrayList<>();
    parts("}", () -> fields.add(initializer()));
    return new Expression.StructOf(at, name, fields);
  }

  private Expression.Initializer initializer() {
    boolean optional = tokens.take("?");
    Token field = tokens.next();
    if (field.kind() != Kind.NAME && field.kind() != Kind.QUOTED_NAME) {
      throw TokenStream.unexpected(field);
    }
    int colon = tokens.peek().at();
    tokens.expect(":");
    return new Expression.Initializer(colon, field.text(), choice(), optional);
  }

  private Expression map(Token token) {
    List<Expression.Entry> entries = new ArrayList<>();
    parts(
        "}",
        () -> {
          boolean optional = tokens.take("?");
          Expression key = choice();
          int keyHeight = height;
          tokens.expect(":");
          entries.add(new Expression.Entry(key, choice(), optional));
          height = Math.max(height, keyHeight);
        });
    return new Expression.MapOf(token.at(), entries);
  }
}
