package dev.pintle.kube.cel;

import dev.pintle.kube.cel.Lexer.Token;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The reader of what was made of a text that is no expression: reserved words, numbers that are too large and macros that are not well
/// formed are told as in any other text.
final class SyntaxReader {
  private static final int DEPTH_MAX = 250;

  private final ExpressionErrors complaints;
  private final boolean binds;
  private int depth;

  private SyntaxReader(ExpressionErrors complaints, boolean binds) {
    this.complaints = complaints;
    this.binds = binds;
  }

  static void read(SyntaxTree tree, ExpressionErrors complaints, boolean binds) {
    SyntaxReader reader = new SyntaxReader(complaints, binds);
    try {
      reader.expression(tree.tree("e"));
    } catch (CelException over) {
      complaints.add(over.offset(), over.getMessage());
    }
  }

  /// What only holds one other part stands for that part.
  private static @Nullable SyntaxTree inner(SyntaxTree tree) {
    return switch (tree.rule) {
      case "expr", "conditionalOr", "conditionalAnd" ->
          tree.token("op") == null ? tree.tree("e") : tree;
      case "relation" -> tree.way == 0 ? tree.tree("calc") : tree;
      case "calc" -> tree.way == 0 ? tree.tree("unary") : tree;
      case "unary" -> tree.way == 1 ? tree.tree("member") : tree;
      case "member" -> tree.way == 0 ? tree.tree("primary") : tree;
      case "primary" ->
          tree.way == 3 ? tree.tree("e") : tree.way == 7 ? tree.tree("literal") : tree;
      default -> tree;
    };
  }

  private static Expression unknown(int at) {
    return new Expression.Constant(at, Constants.NULL);
  }

  private Expression expression(@Nullable SyntaxTree given) {
    SyntaxTree tree = given;
    SyntaxTree next = tree == null ? null : inner(tree);
    while (tree != next) {
      tree = next;
      next = tree == null ? null : inner(tree);
    }
    if (tree == null) {
      return unknown(ExpressionErrors.UNPLACED);
    }
    boolean nests =
        switch (tree.rule) {
          case "expr", "relation", "calc", "member" -> true;
          default -> false;
        };
    depth += nests ? 1 : 0;
    if (depth > DEPTH_MAX) {
      throw new CelException("max recursion depth exceeded", -1);
    }
    Expression read = part(tree);
    depth -= nests ? 1 : 0;
    return read;
  }

  private Expression part(SyntaxTree tree) {
    return switch (tree.rule) {
      case "expr" ->
          new Expression.Conditional(
              at(tree, "op"),
              expression(tree.tree("e")),
              expression(tree.tree("e1")),
              expression(tree.tree("e2")));
      case "conditionalOr", "conditionalAnd" ->
          new Expression.LogicalChain(
              at(tree, "op"),
              tree.rule.equals("conditionalOr"),
              tree.trees("e").stream().map(this::expression).toList());
      case "relation", "calc" -> operator(tree);
      case "unary" -> unary(tree);
      case "member" -> member(tree);
      case "primary" -> primary(tree);
      case "literal" -> literal(tree);
      default -> unknown(ExpressionErrors.UNPLACED);
    };
  }

  private static int at(SyntaxTree tree, String name) {
    Token token = tree.token(name);
    return token == null ? tree.at : token.at();
  }

  private Expression operator(SyntaxTree tree) {
    Expression left = expression(tree.tree("left"));
    Expression right = expression(tree.tree(tree.rule));
    Token operator = tree.token("op");
    String text = operator == null ? "" : operator.text();
    return new Expression.Call(
        at(tree, "op"), text.equals("in") ? "@in" : "_" + text + "_", null, List.of(left, right));
  }

  private Expression unary(SyntaxTree tree) {
    List<Token> signs = tree.tokens("op");
    if (tree.way == 0) {
      return unknown(tree.at);
    }
    Expression operand = expression(tree.tree("member"));
    return signs.size() % 2 == 0
        ? operand
        : new Expression.Call(
            signs.getFirst().at(), tree.way == 2 ? "!_" : "-_", null, List.of(operand));
  }

  private Expression member(SyntaxTree tree) {
    Expression operand = expression(tree.tree("left"));
    if (tree.way == 3) {
      Expression index = expression(tree.tree("index"));
      return new Expression.Index(at(tree, "op"), operand, index, tree.token("opt") != null);
    }
    if (tree.way == 2) {
      Token name = tree.token("id");
      List<Expression> arguments = arguments(tree.tree("args"));
      return name == null
          ? unknown(tree.at)
          : called(at(tree, "open"), name.text(), operand, arguments);
    }
    SyntaxTree id = tree.tree("id");
    if (id == null) {
      return unknown(tree.at);
    }
    String name = name(id, id.at);
    return new Expression.Select(at(tree, "op"), operand, name, tree.token("opt") != null);
  }

  private String name(@Nullable SyntaxTree id, int at) {
    Token name = id == null ? null : id.token("id");
    if (name == null) {
      complaints.add(at, "unsupported ident kind");
      return "";
    }
    return name.text();
  }

  private Expression called(
      int at, String function, @Nullable Expression target, List<Expression> arguments) {
    try {
      Expression macro =
          target == null
              ? Macros.presence(at, function, arguments)
              : binds && Macros.isBinding(function, target, arguments)
                  ? Macros.binding(at, arguments)
                  : Macros.expand(at, function, target, arguments);
      return macro != null ? macro : new Expression.Call(at, function, target, arguments);
    } catch (CelException wrong) {
      complaints.add(wrong.offset(), wrong.getMessage());
      return unknown(wrong.offset());
    }
  }

  private List<Expression> arguments(@Nullable SyntaxTree list) {
    return list == null ? List.of() : list.trees("e").stream().map(this::expression).toList();
  }

  private Expression primary(SyntaxTree tree) {
    return switch (tree.way) {
      case 1, 2 -> named(tree);
      case 4 -> list(tree);
      case 5 -> {
        SyntaxTree entries = tree.tree("entries");
        if (entries != null) {
          entries(entries);
        }
        yield new Expression.MapOf(at(tree, "op"), List.of());
      }
      case 6 -> {
        SyntaxTree entries = tree.tree("entries");
        if (entries != null) {
          fields(entries);
        }
        yield unknown(at(tree, "op"));
      }
      default -> unknown(ExpressionErrors.UNPLACED);
    };
  }

  private Expression named(SyntaxTree tree) {
    Token name = tree.token("id");
    if (name == null) {
      return unknown(tree.at);
    }
    if (Keywords.isReserved(name.text())) {
      complaints.add(tree.at, "reserved identifier: " + name.text());
      return unknown(tree.at);
    }
    String full = (tree.token("dot") == null ? "" : ".") + name.text();
    return tree.way == 1
        ? new Expression.Ident(name.at(), full)
        : called(at(tree, "op"), full, null, arguments(tree.tree("args")));
  }

  private Expression list(SyntaxTree tree) {
    SyntaxTree elements = tree.tree("elems");
    List<Expression.Item> items = new ArrayList<>();
    if (elements != null) {
      for (SyntaxTree item : elements.trees("e")) {
        items.add(new Expression.Item(expression(item.tree("e")), item.token("opt") != null));
      }
    }
    return new Expression.ListOf(at(tree, "op"), items);
  }

  private void entries(SyntaxTree list) {
    List<SyntaxTree> keys = list.trees("key");
    List<SyntaxTree> values = list.trees("value");
    int whole = list.tokens("col").size();
    for (int i = 0; i < whole && i < keys.size() && i < values.size(); i++) {
      expression(keys.get(i).tree("e"));
      expression(values.get(i));
    }
  }

  private void fields(SyntaxTree list) {
    List<SyntaxTree> keys = list.trees("key");
    List<SyntaxTree> values = list.trees("value");
    int whole = list.tokens("col").size();
    for (int i = 0; i < keys.size() && i < whole && i < values.size(); i++) {
      SyntaxTree id = keys.get(i).tree("id");
      boolean known = id != null && id.token("id") != null;
      name(id, list.at);
      if (known) {
        expression(values.get(i));
      }
    }
  }

  private Expression literal(SyntaxTree tree) {
    Token token = tree.token("tok");
    if (token == null) {
      return unknown(ExpressionErrors.UNPLACED);
    }
    String problem = token.problem();
    if (problem != null) {
      complaints.add(tree.at, problem);
      return unknown(tree.at);
    }
    try {
      return switch (token.kind()) {
        case NUMBER ->
            new Expression.Constant(
                tree.at,
                Numbers.read((tree.token("sign") == null ? "" : "-") + token.text(), tree.at));
        case TEXT -> new Expression.Constant(tree.at, Value.of(token.text()));
        case BYTES, NAME, QUOTED_NAME, SYMBOL, END -> unknown(tree.at);
      };
    } catch (CelException wrong) {
      complaints.add(wrong.offset(), wrong.getMessage());
      return unknown(tree.at);
    }
  }
}
