package dev.pintle.rules;

import com.sun.source.doctree.DocCommentTree;
import com.sun.source.tree.ClassTree;
import com.sun.source.util.TreePathScanner;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// The rule that the doc of a type begins by saying what the type is, as a noun. Found is what begins with a question word or with one
/// of the verbs that tell what a type does instead.
final class TypeSentences extends TreePathScanner<@Nullable Void, @Nullable Void> {
  private static final Set<String> NO_NOUNS =
      Set.of(
          "adds",
          "begins",
          "brings",
          "by",
          "called",
          "decides",
          "everything",
          "exactly",
          "finds",
          "gives",
          "how",
          "keeps",
          "knows",
          "lets",
          "makes",
          "nothing",
          "puts",
          "reads",
          "says",
          "something",
          "takes",
          "tells",
          "turns",
          "what",
          "whatever",
          "when",
          "where",
          "whether",
          "which",
          "who",
          "whoever",
          "whom",
          "why",
          "works");

  private final AttributedUnit unit;
  private final List<Finding> findings = new ArrayList<>();

  private TypeSentences(AttributedUnit unit) {
    this.unit = unit;
  }

  static Stream<Finding> broken(AttributedUnit unit) {
    var scan = new TypeSentences(unit);
    if (unit.main()) {
      scan.scan(unit.tree(), null);
    }
    return scan.findings.stream();
  }

  @Override
  public @Nullable Void visitClass(ClassTree node, @Nullable Void unused) {
    DocCommentTree comment = unit.trees().getDocCommentTree(getCurrentPath());
    if (comment != null) {
      look(node, first(comment));
    }
    return super.visitClass(node, null);
  }

  private void look(ClassTree node, String word) {
    if (word.isEmpty() || NO_NOUNS.contains(word)) {
      var positions = unit.trees().getSourcePositions();
      findings.add(
          new Finding(
              unit.at(positions.getStartPosition(unit.tree(), node)),
              "the doc of %s begins with %s (expected: what it is, as a noun)"
                  .formatted(node.getSimpleName(), word.isEmpty() ? "no sentence" : word)));
    }
  }

  /// The first word, in lower case; empty when there is no sentence.
  private static String first(DocCommentTree comment) {
    String sentence =
        comment.getFirstSentence().stream()
            .map(Object::toString)
            .collect(Collectors.joining())
            .strip();
    // What begins with a sign, such as a piece of code, is none of the words.
    return sentence.split("[\\s.,:;]", 2)[0].toLowerCase(Locale.ROOT);
  }
}
