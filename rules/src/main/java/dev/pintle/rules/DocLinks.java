package dev.pintle.rules;

import com.sun.source.doctree.DocCommentTree;
import com.sun.source.doctree.ReferenceTree;
import com.sun.source.tree.ClassTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.PackageTree;
import com.sun.source.tree.VariableTree;
import com.sun.source.util.DocTreePath;
import com.sun.source.util.DocTreePathScanner;
import com.sun.source.util.TreePathScanner;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// The rule that a link of a doc comment (`[Name]`, `[Name#member]`) leads to something. What cannot be seen from there stands in
/// backticks, without a link.
final class DocLinks extends TreePathScanner<@Nullable Void, @Nullable Void> {
  private final AttributedUnit unit;
  private final List<Finding> findings = new ArrayList<>();

  private DocLinks(AttributedUnit unit) {
    this.unit = unit;
  }

  static Stream<Finding> broken(AttributedUnit unit) {
    var scan = new DocLinks(unit);
    scan.scan(unit.tree(), null);
    return scan.findings.stream();
  }

  @Override
  public @Nullable Void visitPackage(PackageTree node, @Nullable Void unused) {
    look();
    return super.visitPackage(node, null);
  }

  @Override
  public @Nullable Void visitClass(ClassTree node, @Nullable Void unused) {
    look();
    return super.visitClass(node, null);
  }

  @Override
  public @Nullable Void visitMethod(MethodTree node, @Nullable Void unused) {
    look();
    return super.visitMethod(node, null);
  }

  @Override
  public @Nullable Void visitVariable(VariableTree node, @Nullable Void unused) {
    look();
    return super.visitVariable(node, null);
  }

  private void look() {
    DocCommentTree comment = unit.trees().getDocCommentTree(getCurrentPath());
    if (comment != null) {
      new Links(comment).scan(new DocTreePath(getCurrentPath(), comment), null);
    }
  }

  private final class Links extends DocTreePathScanner<@Nullable Void, @Nullable Void> {
    private final DocCommentTree comment;

    Links(DocCommentTree comment) {
      this.comment = comment;
    }

    @Override
    public @Nullable Void visitReference(ReferenceTree link, @Nullable Void unused) {
      if (unit.trees().getElement(getCurrentPath()) == null) {
        var positions = unit.trees().getSourcePositions();
        String place = unit.at(positions.getStartPosition(unit.tree(), comment, link));
        findings.add(
            new Finding(
                place, "a link to %s, which does not exist".formatted(link.getSignature())));
      }
      return super.visitReference(link, null);
    }
  }
}
