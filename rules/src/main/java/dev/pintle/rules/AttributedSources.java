package dev.pintle.rules;

import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.util.DocTrees;
import com.sun.source.util.JavacTask;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import javax.tools.Diagnostic;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaFileObject;
import javax.tools.ToolProvider;

/// The rules that need to know what a name in a source means. The compiler attributes the sources of a module once for all of them.
final class AttributedSources implements Rule {
  private final List<Function<AttributedUnit, Stream<Finding>>> rules;

  AttributedSources(List<Function<AttributedUnit, Stream<Finding>>> rules) {
    this.rules = List.copyOf(rules);
  }

  /// As the build does, main code and tests apart: both may describe the same package.
  @Override
  public Stream<Finding> broken(HouseModule module) {
    return Stream.of(module.mainSources(), module.testSources())
        .map(HouseModule::sourcesBelow)
        .filter(sources -> !sources.isEmpty())
        .flatMap(sources -> broken(module, sources));
  }

  private Stream<Finding> broken(HouseModule module, List<Path> sources) {
    var compiler = ToolProvider.getSystemJavaCompiler();
    var told = new DiagnosticCollector<JavaFileObject>();
    List<Finding> findings = new ArrayList<>();
    try (var files = compiler.getStandardFileManager(told, null, StandardCharsets.UTF_8)) {
      List<String> options = List.of("-proc:none", "-cp", ClassPath.value());
      var units = files.getJavaFileObjectsFromPaths(sources);
      var task = (JavacTask) compiler.getTask(null, files, told, options, null, units);
      DocTrees trees = DocTrees.instance(task);
      List<CompilationUnitTree> parsed = new ArrayList<>();
      task.parse().forEach(parsed::add);
      task.analyze();
      parsed.forEach(tree -> findings.addAll(broken(unit(module, tree, trees))));
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read the sources of " + module.name(), e);
    }
    return Stream.concat(unknown(module, told), findings.stream());
  }

  private List<Finding> broken(AttributedUnit unit) {
    return rules.stream().flatMap(rule -> rule.apply(unit)).toList();
  }

  private static AttributedUnit unit(HouseModule module, CompilationUnitTree tree, DocTrees trees) {
    Path source = Path.of(tree.getSourceFile().toUri());
    boolean main = source.startsWith(module.mainSources());
    return new AttributedUnit(module.place(source), main, tree, trees);
  }

  /// What the compiler did not understand: the rules would be blind there.
  private static Stream<Finding> unknown(
      HouseModule module, DiagnosticCollector<JavaFileObject> told) {
    return told.getDiagnostics().stream()
        .filter(one -> one.getKind() == Diagnostic.Kind.ERROR)
        .map(one -> new Finding(module.name(), "could not be attributed: " + one));
  }
}
