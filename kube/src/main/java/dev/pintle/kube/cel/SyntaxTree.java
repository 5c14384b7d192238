package dev.pintle.kube.cel;

import dev.pintle.kube.cel.Lexer.Token;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A part of a text as one rule of the grammar has read it, as far as it could be read.
final class SyntaxTree {
  /// A part: a token, or what another rule has read.
  ///
  /// @param token null for one that could not be read
  record Part(String name, @Nullable Token token, @Nullable SyntaxTree tree) {}

  final String rule;

  /// Where it begins.
  final int at;

  /// Which of the rule's ways was taken, 0 when none was.
  int way;

  private final List<Part> parts = new ArrayList<>();

  SyntaxTree(String rule, int at) {
    this.rule = rule;
    this.at = at;
  }

  void add(String name, @Nullable Token token, @Nullable SyntaxTree tree) {
    if (!name.isEmpty()) {
      parts.add(new Part(name, token, tree));
    }
  }

  @Nullable Token token(String name) {
    for (Part part : parts) {
      if (part.name().equals(name)) {
        return part.token();
      }
    }
    return null;
  }

  List<Token> tokens(String name) {
    List<Token> found = new ArrayList<>();
    for (Part part : parts) {
      Token token = part.token();
      if (part.name().equals(name) && token != null) {
        found.add(token);
      }
    }
    return found;
  }

  @Nullable SyntaxTree tree(String name) {
    List<SyntaxTree> all = trees(name);
    return all.isEmpty() ? null : all.getFirst();
  }

  List<SyntaxTree> trees(String name) {
    List<SyntaxTree> found = new ArrayList<>();
    for (Part part : parts) {
      SyntaxTree tree = part.tree();
      if (part.name().equals(name) && tree != null) {
        found.add(tree);
      }
    }
    return found;
  }
}
