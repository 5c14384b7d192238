package dev.pintle.kube.cel;

import dev.pintle.kube.cel.Lexer.Kind;
import dev.pintle.kube.cel.Lexer.Lexed;
import dev.pintle.kube.cel.Lexer.Token;
import java.util.Collections;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The reader of a text that is no expression. It goes on behind what it does not expect as upstream's parser does: it leaves a token
/// out, or reckons with one that is missing, or skips to where a rule that it is in can go on. What it says on the way are upstream's
/// words. The work is linear in the text, but for what lies behind a minus or a name.
final class SyntaxRecovery {
  private static final int DEPTH_MAX = 250;
  private static final int REPORTS_MAX = 100;
  private static final int RECOVERIES_MAX = 30;
  private static final int SKIPPED_MAX = 256;

  private final String text;
  private final Lexed lexed;
  private final ExpressionErrors complaints;
  private final SyntaxPrediction prediction = new SyntaxPrediction(this);
  private final Map<String, Integer> depths = new HashMap<>();
  private final Set<GrammarNode> lastFaults = Collections.newSetFromMap(new IdentityHashMap<>());
  private int at;
  private int fetched;
  private int told;
  private int reports;
  private int recoveries;
  private int lastFaultAt = -1;
  private boolean recovering;
  private GrammarNode state = SyntaxGrammar.START.start();
  private @Nullable Frame frame;
  private @Nullable Fault fault;

  private SyntaxRecovery(String text, Lexed lexed, ExpressionErrors complaints) {
    this.text = text;
    this.lexed = lexed;
    this.complaints = complaints;
  }

  /// A rule that is being read. They lie in a chain, not on the stack: a text says how deep they nest.
  private static final class Frame {
    private final @Nullable Frame outer;
    private final @Nullable GrammarNode caller;
    private final GrammarRule rule;
    private final int strength;
    private SyntaxTree tree;
    private GrammarNode node;
    private int way;

    Frame(
        @Nullable Frame outer,
        @Nullable GrammarNode caller,
        GrammarRule rule,
        int strength,
        SyntaxTree tree) {
      this.outer = outer;
      this.caller = caller;
      this.rule = rule;
      this.strength = strength;
      this.tree = tree;
      this.node = rule.start();
    }

    @Nullable Frame outer() {
      return outer;
    }

    @Nullable GrammarNode caller() {
      return caller;
    }

    int strength() {
      return strength;
    }
  }

  /// A token that no way leads through.
  ///
  /// @param from the token that the decision was about; -1 for a token that does not fit where it stands
  private record Fault(int from, int offending, long expected) {}

  /// @param complaints told of what is wrong
  /// @return null when nothing more is to be said
  static @Nullable SyntaxTree read(String text, Lexed lexed, ExpressionErrors complaints) {
    SyntaxRecovery recovery = new SyntaxRecovery(text, lexed, complaints);
    try {
      recovery.fetch(0);
      return recovery.whole();
    } catch (CelException over) {
      if (over.offset() != ExpressionErrors.ALL_TOLD) {
        complaints.add(over.offset(), over.getMessage());
      }
      return null;
    }
  }

  /// The type of a token at or behind the one where the reader stands.
  int type(int ahead) {
    fetch(at + ahead);
    return TokenTypes.of(token(at + ahead));
  }

  int strength() {
    return frame == null ? 0 : frame.strength();
  }

  /// Tells that no way leads through a token behind the one where the reader stands.
  void noWay(int ahead) {
    fault = new Fault(at, Math.min(at + ahead, lexed.tokens().size() - 1), 0);
  }

  private Token token(int position) {
    return lexed.tokens().get(Math.min(position, lexed.tokens().size() - 1));
  }

  /// What is no token is told when what stands behind it is looked at.
  private void fetch(int position) {
    fetched = Math.max(fetched, position);
    while (told < lexed.unknown().size() && lexed.unknown().get(told).before() <= fetched) {
      Lexer.Unknown unknown = lexed.unknown().get(told++);
      notify("token recognition error at: '%s'".formatted(unknown.text()), unknown.at());
    }
  }

  private void notify(String message, int offset) {
    if (reports >= REPORTS_MAX) {
      complaints.add(offset, "Syntax error: More than %d syntax errors".formatted(REPORTS_MAX));
      throw new CelException("", ExpressionErrors.ALL_TOLD);
    }
    reports++;
    complaints.add(offset, "Syntax error: " + message);
  }

  private void enter(GrammarRule rule) {
    if (depths.merge(rule.name, 1, Integer::sum) > DEPTH_MAX) {
      throw new CelException("expression recursion limit exceeded: " + DEPTH_MAX, -1);
    }
  }

  private void leave(GrammarRule rule) {
    depths.merge(rule.name, 0, (depth, _) -> Math.max(0, depth - 1));
  }

  private Frame begin(@Nullable Frame outer, @Nullable GrammarNode caller, GrammarRule rule) {
    enter(rule);
    int strength = caller == null ? 0 : caller.strength;
    return new Frame(outer, caller, rule, strength, new SyntaxTree(rule.name, token(at).at()));
  }

  private SyntaxTree whole() {
    Frame in = begin(null, null, SyntaxGrammar.START);
    while (true) {
      frame = in;
      if (in.node.kind != GrammarNode.Kind.END && fault == null) {
        in = step(in);
        continue;
      }
      end(in);
      Frame outer = in.outer();
      GrammarNode caller = in.caller();
      if (outer == null || caller == null) {
        return in.tree;
      }
      outer.tree.add(caller.name, null, in.tree);
      outer.node = caller.next();
      in = outer;
    }
  }

  private void end(Frame in) {
    Fault found = fault;
    if (found != null) {
      report(found);
      recover();
      fault = null;
    }
    leave(in.rule);
  }

  /// Does what stands at the place where a rule is.
  ///
  /// @return the rule that is read next: the same one, or one that it calls
  private Frame step(Frame in) {
    GrammarNode node = in.node;
    switch (node.kind) {
      case TOKEN -> {
        state = node;
        in.tree.add(node.name, match(node), null);
        in.node = node.next();
      }
      case RULE -> {
        state = node;
        GrammarRule called = node.rule;
        if (called != null) {
          return begin(in, node, called);
        }
      }
      case PUSH -> {
        SyntaxTree whole = new SyntaxTree(in.rule.name, in.tree.at);
        whole.way = Math.max(in.way, 1);
        whole.add("left", null, in.tree);
        in.tree = whole;
        enter(in.rule);
        in.node = node.next();
      }
      case CHOICE -> {
        in.way = chosen(node);
        in.tree.way = in.tree.way == 0 && in.rule.start().equals(node) ? in.way : in.tree.way;
        in.node = in.way == 0 ? node : node.ways.get(in.way - 1);
      }
      case OPTION, LOOP, AGAIN, REPEAT, MORE -> {
        boolean inside = goesOn(node);
        if (inside && SyntaxPrediction.isRecursive(node.name)) {
          leave(in.rule);
        }
        in.node = inside ? node.ways.getFirst() : node.next();
      }
      case END -> {}
    }
    return in;
  }

  private int chosen(GrammarNode node) {
    state = node;
    sync();
    return fault == null ? prediction.way(node) : 0;
  }

  private boolean goesOn(GrammarNode node) {
    state = node;
    sync();
    if (node.name.equals("minus") && node.kind == GrammarNode.Kind.MORE) {
      fault = null;
      return prediction.isMinus();
    }
    if (fault != null) {
      return true;
    }
    if (node.kind == GrammarNode.Kind.REPEAT) {
      return true;
    }
    return node.name.isEmpty()
        ? TokenTypes.has(node.ways.getFirst().expected(), type(0))
        : prediction.goesOn(node);
  }

  private void sync() {
    if (recovering) {
      return;
    }
    long expected = state.expected();
    if ((expected & TokenTypes.OVER) != 0 || TokenTypes.has(expected, type(0))) {
      return;
    }
    switch (state.kind) {
      case OPTION, LOOP, REPEAT, CHOICE -> {
        if (!leavesOneOut()) {
          fault = misfit();
        }
      }
      case AGAIN, MORE -> {
        reportUnwanted();
        long set = expectedHere() | recoverySet();
        while (type(0) != TokenTypes.END && !TokenTypes.has(set, type(0))) {
          consume();
        }
      }
      case TOKEN, RULE, PUSH, END -> {}
    }
  }

  private Fault misfit() {
    return new Fault(-1, at, expectedHere());
  }

  private long expectedHere() {
    return inContext(state.expected());
  }

  /// With what can come behind the rules that may be over.
  private long inContext(long expected) {
    long set = expected;
    for (Frame in = frame; in != null && (set & TokenTypes.OVER) != 0; in = in.outer()) {
      GrammarNode caller = in.caller();
      if (caller != null) {
        set = (set & ~TokenTypes.OVER) | caller.next().expected();
      }
    }
    return (set & TokenTypes.OVER) == 0 ? set : (set & ~TokenTypes.OVER) | (1L << TokenTypes.END);
  }

  private long recoverySet() {
    long set = 0;
    for (Frame in = frame; in != null; in = in.outer()) {
      GrammarNode caller = in.caller();
      set |= caller == null ? 0 : caller.next().expected();
    }
    return set & ~TokenTypes.OVER;
  }

  private @Nullable Token match(GrammarNode node) {
    Token here = token(at);
    if (TokenTypes.has(node.tokens, type(0))) {
      matched();
      consume();
      return here;
    }
    countRecovery();
    if (leavesOneOut()) {
      Token found = token(at);
      consume();
      return found;
    }
    if (TokenTypes.has(inContext(node.next().expected()), type(0))) {
      report("missing %s at %s".formatted(TokenTypes.shown(expectedHere()), shown(here)), at);
      return new Token(Kind.NAME, "<missing undefined>", here.at(), here.at(), null);
    }
    fault = misfit();
    return null;
  }

  private void matched() {
    recovering = false;
    lastFaults.clear();
    lastFaultAt = -1;
  }

  private void consume() {
    if (at < lexed.tokens().size() - 1) {
      at++;
      fetch(at);
    }
  }

  /// Whether the token behind this one is what is expected.
  private boolean leavesOneOut() {
    if (!TokenTypes.has(expectedHere(), type(1))) {
      return false;
    }
    reportUnwanted();
    consume();
    matched();
    return true;
  }

  private void reportUnwanted() {
    report(
        "extraneous input %s expecting %s"
            .formatted(shown(token(at)), TokenTypes.shown(expectedHere())),
        at);
  }

  private void report(Fault found) {
    Token offending = token(found.offending());
    report(
        found.from() < 0
            ? "mismatched input %s expecting %s"
                .formatted(shown(offending), TokenTypes.shown(found.expected()))
            : noAlternative(token(found.from()), offending),
        found.offending());
  }

  /// Only the first of what is wrong before something fits again is told.
  private void report(String message, int position) {
    if (!recovering) {
      recovering = true;
      notify(message, token(position).at());
    }
  }

  private String noAlternative(Token from, Token to) {
    String input =
        from.kind() == Kind.END
            ? from.text()
            : known(from.at(), to.kind() == Kind.END ? text.length() : to.end());
    for (String word : new String[] {"true", "false", "null"}) {
      if (input.endsWith(word) && input.codePointCount(0, input.length()) == word.length() + 1) {
        return "mismatched input '%s' expecting IDENTIFIER".formatted(word);
      }
    }
    return "no viable alternative at input " + quoted(input);
  }

  /// A part of the text without what is no token.
  private String known(int from, int end) {
    StringBuilder known = new StringBuilder();
    int next = from;
    for (Lexer.Unknown unknown : lexed.unknown()) {
      if (unknown.at() >= next && unknown.end() <= end) {
        known.append(text, next, unknown.at());
        next = unknown.end();
      }
    }
    return known.append(text, next, end).toString();
  }

  private String shown(Token token) {
    return quoted(
        token.kind() == Kind.END ? token.text() : text.substring(token.at(), token.end()));
  }

  private static String quoted(String input) {
    return "'" + input.replace("\t", "\\t").replace("\n", "\\n").replace("\r", "\\r") + "'";
  }

  private void countRecovery() {
    if (recoveries++ == RECOVERIES_MAX) {
      notify("error recovery attempt limit exceeded: " + RECOVERIES_MAX, token(at).at());
      throw new CelException("", ExpressionErrors.ALL_TOLD);
    }
  }

  private void recover() {
    countRecovery();
    int skipped = 0;
    if (lastFaultAt == at && lastFaults.contains(state)) {
      consume();
      skipped++;
    }
    lastFaultAt = at;
    lastFaults.add(state);
    long set = recoverySet();
    while (type(0) != TokenTypes.END && !TokenTypes.has(set, type(0))) {
      if (skipped++ >= SKIPPED_MAX) {
        throw new CelException("error recovery token lookahead limit exceeded: " + SKIPPED_MAX, -1);
      }
      consume();
    }
  }
}
