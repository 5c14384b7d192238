package dev.pintle.kube.cel;

import dev.pintle.kube.cel.GrammarNode.Kind;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// The grammar of expressions as upstream's parser walks it: which tokens it expects at a place decides its words about a text that is
/// no expression.
final class SyntaxGrammar {
  static final GrammarRule START = new SyntaxGrammar().start();

  private final Map<String, GrammarRule> rules = new HashMap<>();
  private final List<GrammarNode> nodes = new ArrayList<>();

  private SyntaxGrammar() {}

  /// A part of a rule, made before what follows it.
  private interface Part {
    GrammarNode before(GrammarNode next);
  }

  private GrammarRule start() {
    operators();
    operands();
    literals();
    lists();
    rule("start", part("e", "expr", 0), token("end", "<EOF>"));
    nodes.forEach(GrammarNode::expected);
    return named("start");
  }

  private void operators() {
    rule(
        "expr",
        part("e", "conditionalOr", 0),
        option(
            token("op", "?"),
            part("e1", "conditionalOr", 0),
            token("", ":"),
            part("e2", "expr", 0)));
    rule(
        "conditionalOr",
        part("e", "conditionalAnd", 0),
        loop("", token("op", "||"), part("e", "conditionalAnd", 0)));
    rule(
        "conditionalAnd",
        part("e", "relation", 0),
        loop("", token("op", "&&"), part("e", "relation", 0)));
    rule(
        "relation",
        part("calc", "calc", 0),
        loop(
            "relation",
            push(),
            token("op", "== != in < <= >= >"),
            part("relation", "relation", 2)));
    rule(
        "calc",
        part("unary", "unary", 0),
        loop(
            "calc",
            choice(
                "operator",
                sequence(push(), token("op", "* / %"), part("calc", "calc", 3)),
                sequence(push(), token("op", "- +"), part("calc", "calc", 2)))));
    rule(
        "unary",
        choice(
            "unary",
            part("member", "member", 0),
            sequence(repeat("", token("op", "!")), part("member", "member", 0)),
            sequence(repeat("minus", token("op", "-")), part("member", "member", 0))));
  }

  private void operands() {
    rule(
        "member",
        part("primary", "primary", 0),
        loop(
            "member",
            choice(
                "part",
                sequence(
                    push(),
                    token("op", "."),
                    option(token("opt", "?")),
                    part("id", "escapeIdent", 0)),
                sequence(
                    push(),
                    token("op", "."),
                    token("id", "IDENTIFIER"),
                    token("open", "("),
                    option(part("args", "exprList", 0)),
                    token("", ")")),
                sequence(
                    push(),
                    token("op", "["),
                    option(token("opt", "?")),
                    part("index", "expr", 0),
                    token("", "]")))));
    rule(
        "primary",
        choice(
            "primary",
            sequence(option(token("dot", ".")), token("id", "IDENTIFIER")),
            sequence(
                option(token("dot", ".")),
                token("id", "IDENTIFIER"),
                token("op", "("),
                option(part("args", "exprList", 0)),
                token("", ")")),
            sequence(token("", "("), part("e", "expr", 0), token("", ")")),
            sequence(
                token("op", "["),
                option(part("elems", "listInit", 0)),
                option(token("", ",")),
                token("", "]")),
            sequence(
                token("op", "{"),
                option(part("entries", "mapInitializerList", 0)),
                option(token("", ",")),
                token("", "}")),
            sequence(
                option(token("dot", ".")),
                token("id", "IDENTIFIER"),
                loop("", token("", "."), token("id", "IDENTIFIER")),
                token("op", "{"),
                option(part("entries", "fieldInitializerList", 0)),
                option(token("", ",")),
                token("", "}")),
            part("literal", "literal", 0)));
  }

  private void literals() {
    rule(
        "literal",
        choice(
            "literal",
            sequence(option(token("sign", "-")), token("tok", "NUM_INT")),
            token("tok", "NUM_UINT"),
            sequence(option(token("sign", "-")), token("tok", "NUM_FLOAT")),
            token("tok", "STRING"),
            token("tok", "BYTES"),
            token("tok", "true"),
            token("tok", "false"),
            token("tok", "null")));
  }

  private void lists() {
    rule("exprList", part("e", "expr", 0), loop("", token("", ","), part("e", "expr", 0)));
    rule(
        "listInit",
        part("e", "optExpr", 0),
        loop("elements", token("", ","), part("e", "optExpr", 0)));
    rule(
        "fieldInitializerList",
        entry("optField"),
        loop("fields", token("", ","), entry("optField")));
    rule(
        "mapInitializerList", entry("optExpr"), loop("elements", token("", ","), entry("optExpr")));
    rule("optField", option(token("opt", "?")), part("id", "escapeIdent", 0));
    rule("optExpr", option(token("opt", "?")), part("e", "expr", 0));
    rule("escapeIdent", choice("name", token("id", "IDENTIFIER"), token("id", "ESC_IDENTIFIER")));
  }

  private Part entry(String key) {
    return sequence(part("key", key, 0), token("col", ":"), part("value", "expr", 0));
  }

  private GrammarRule named(String name) {
    return rules.computeIfAbsent(name, GrammarRule::new);
  }

  private void rule(String name, Part... parts) {
    named(name).begin(sequence(parts).before(made(GrammarNode.of(Kind.END, ""))));
  }

  private GrammarNode made(GrammarNode node) {
    nodes.add(node);
    return node;
  }

  private static Part sequence(Part... parts) {
    return next -> {
      GrammarNode first = next;
      for (int i = parts.length - 1; i >= 0; i--) {
        first = parts[i].before(first);
      }
      return first;
    };
  }

  private Part single(GrammarNode node) {
    return next -> {
      node.ways.add(next);
      return made(node);
    };
  }

  private Part token(String name, String types) {
    return single(GrammarNode.token(name, TokenTypes.set(types)));
  }

  private Part part(String name, String rule, int strength) {
    return single(GrammarNode.rule(name, named(rule), strength));
  }

  private Part push() {
    return single(GrammarNode.of(Kind.PUSH, ""));
  }

  private Part option(Part... parts) {
    return next -> {
      GrammarNode option = made(GrammarNode.of(Kind.OPTION, ""));
      option.ways.add(sequence(parts).before(next));
      option.ways.add(next);
      return option;
    };
  }

  private Part loop(String decision, Part... parts) {
    return next -> {
      GrammarNode again = made(GrammarNode.of(Kind.AGAIN, decision));
      GrammarNode body = sequence(parts).before(again);
      GrammarNode loop = made(GrammarNode.of(Kind.LOOP, decision));
      for (GrammarNode each : List.of(again, loop)) {
        each.ways.add(body);
        each.ways.add(next);
      }
      return loop;
    };
  }

  private Part repeat(String decision, Part... parts) {
    return next -> {
      GrammarNode more = made(GrammarNode.of(Kind.MORE, decision));
      GrammarNode body = sequence(parts).before(more);
      GrammarNode repeat = made(GrammarNode.of(Kind.REPEAT, decision));
      repeat.ways.add(body);
      more.ways.add(body);
      more.ways.add(next);
      return repeat;
    };
  }

  private Part choice(String decision, Part... alternatives) {
    return next -> {
      GrammarNode choice = made(GrammarNode.of(Kind.CHOICE, decision));
      for (Part alternative : alternatives) {
        choice.ways.add(alternative.before(next));
      }
      return choice;
    };
  }
}
