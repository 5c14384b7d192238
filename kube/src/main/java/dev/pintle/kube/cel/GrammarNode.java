package dev.pintle.kube.cel;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A place in a rule of the grammar. Places are told apart by identity.
final class GrammarNode {
  enum Kind {
    TOKEN,
    RULE,
    /// Something that may be left out.
    OPTION,
    /// The start of something that comes any number of times.
    LOOP,
    /// The end of one time.
    AGAIN,
    /// The start of something that comes at least once.
    REPEAT,
    /// The end of one time of that.
    MORE,
    /// One of several ways.
    CHOICE,
    /// What was read so far becomes the first part of something larger.
    PUSH,
    END
  }

  final Kind kind;

  /// Who decides here, empty where the next token does; of a part that is read here its name.
  final String name;

  /// What a token here may be.
  final long tokens;

  final @Nullable GrammarRule rule;

  /// How strong operators must be that the rule may read.
  final int strength;

  /// The ways from here; the last one is what follows where something may be left out or be over.
  final List<GrammarNode> ways = new ArrayList<>();

  private long expected;

  private GrammarNode(
      Kind kind, String name, long tokens, @Nullable GrammarRule rule, int strength) {
    this.kind = kind;
    this.name = name;
    this.tokens = tokens;
    this.rule = rule;
    this.strength = strength;
  }

  static GrammarNode of(Kind kind, String name) {
    return new GrammarNode(kind, name, 0, null, 0);
  }

  static GrammarNode token(String name, long tokens) {
    return new GrammarNode(Kind.TOKEN, name, tokens, null, 0);
  }

  static GrammarNode rule(String name, GrammarRule rule, int strength) {
    return new GrammarNode(Kind.RULE, name, 0, rule, strength);
  }

  GrammarNode next() {
    return ways.getLast();
  }

  /// The types of tokens that can come here, with [TokenTypes#OVER] when the rule may end before.
  long expected() {
    if (expected == 0) {
      expected =
          switch (kind) {
            case TOKEN -> tokens;
            case RULE -> rule == null ? 0 : rule.start().expected();
            case END -> TokenTypes.OVER;
            case OPTION, LOOP, AGAIN, REPEAT, MORE, CHOICE, PUSH -> {
              long all = 0;
              for (GrammarNode way : ways) {
                all |= way.expected();
              }
              yield all;
            }
          };
    }
    return expected;
  }
}
