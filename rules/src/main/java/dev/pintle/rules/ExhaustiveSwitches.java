package dev.pintle.rules;

import com.sun.source.tree.BindingPatternTree;
import com.sun.source.tree.CaseLabelTree;
import com.sun.source.tree.CaseTree;
import com.sun.source.tree.DefaultCaseLabelTree;
import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.PatternCaseLabelTree;
import com.sun.source.tree.SwitchExpressionTree;
import com.sun.source.tree.SwitchTree;
import com.sun.source.tree.Tree;
import com.sun.source.util.TreePath;
import com.sun.source.util.TreePathScanner;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import javax.lang.model.element.Element;
import javax.lang.model.element.ElementKind;
import javax.lang.model.element.Modifier;
import javax.lang.model.element.TypeElement;
import javax.lang.model.type.DeclaredType;
import org.jspecify.annotations.Nullable;

/// The rule that a switch over an enum or a sealed type of ours has no branch for all the rest. The compiler then names every switch that a
/// new case must be told to; a `default`, or a pattern of the whole type, would swallow it.
final class ExhaustiveSwitches extends TreePathScanner<@Nullable Void, @Nullable Void> {
  private final AttributedUnit unit;
  private final List<Finding> findings = new ArrayList<>();

  private ExhaustiveSwitches(AttributedUnit unit) {
    this.unit = unit;
  }

  static Stream<Finding> broken(AttributedUnit unit) {
    if (!unit.main()) {
      return Stream.empty();
    }
    var scan = new ExhaustiveSwitches(unit);
    scan.scan(unit.tree(), null);
    return scan.findings.stream();
  }

  @Override
  public @Nullable Void visitSwitch(SwitchTree node, @Nullable Void unused) {
    look(node.getExpression(), node.getCases());
    return super.visitSwitch(node, null);
  }

  @Override
  public @Nullable Void visitSwitchExpression(SwitchExpressionTree node, @Nullable Void unused) {
    look(node.getExpression(), node.getCases());
    return super.visitSwitchExpression(node, null);
  }

  private void look(ExpressionTree selector, List<? extends CaseTree> cases) {
    var type = unit.trees().getTypeMirror(new TreePath(getCurrentPath(), selector));
    if (!(type instanceof DeclaredType declared) || !isClosedAndOurs(declared.asElement())) {
      return;
    }
    for (CaseTree branch : cases) {
      for (CaseLabelTree label : branch.getLabels()) {
        if (takesAll(branch, label, declared.asElement())) {
          String what = "a branch for all the rest of " + declared.asElement().getSimpleName();
          findings.add(new Finding(at(branch), what + " (expected: every case by its name)"));
        }
      }
    }
  }

  private static boolean isClosedAndOurs(Element type) {
    boolean closed =
        type.getKind() == ElementKind.ENUM || type.getModifiers().contains(Modifier.SEALED);
    return closed
        && type instanceof TypeElement named
        && named.getQualifiedName().toString().startsWith("dev.pintle.");
  }

  private boolean takesAll(CaseTree branch, CaseLabelTree label, Element selected) {
    if (label instanceof DefaultCaseLabelTree) {
      return true;
    }
    return branch.getGuard() == null
        && label instanceof PatternCaseLabelTree pattern
        && pattern.getPattern() instanceof BindingPatternTree bound
        && selected.equals(elementOf(branch, label, bound));
  }

  private @Nullable Element elementOf(
      CaseTree branch, CaseLabelTree label, BindingPatternTree bound) {
    TreePath path = getCurrentPath();
    for (Tree step : List.of(branch, label, bound, bound.getVariable())) {
      path = new TreePath(path, step);
    }
    return unit.trees().getTypeMirror(path) instanceof DeclaredType type ? type.asElement() : null;
  }

  private String at(Tree tree) {
    return unit.at(unit.trees().getSourcePositions().getStartPosition(unit.tree(), tree));
  }
}
