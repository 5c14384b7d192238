package dev.pintle.kube.cel;

/// A rule of the grammar.
final class GrammarRule {
  final String name;
  private GrammarNode start = GrammarNode.of(GrammarNode.Kind.END, "");

  GrammarRule(String name) {
    this.name = name;
  }

  GrammarNode start() {
    return start;
  }

  void begin(GrammarNode node) {
    start = node;
  }
}
