package dev.pintle.rules;

import java.lang.classfile.Attributes;
import java.lang.classfile.ClassModel;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// The rule that every package with hand-written code says in its `package-info` that null is marked.
final class NullMarkedPackages implements Rule {
  private static final String MARK = "Lorg/jspecify/annotations/NullMarked;";

  @Override
  public Stream<Finding> broken(HouseModule module) {
    Set<String> marked =
        Stream.concat(module.mainClasses().stream(), module.testClasses().stream())
            .filter(NullMarkedPackages::isMarkedPackage)
            .map(model -> Names.packageOf(model.thisClass().asInternalName()))
            .collect(Collectors.toSet());
    Set<String> written = new TreeSet<>();
    addPackages(module.mainSources(), written);
    addPackages(module.testSources(), written);
    return written.stream()
        .filter(name -> !marked.contains(name))
        .map(name -> new Finding(name.replace('/', '.'), "has no @NullMarked package-info"));
  }

  private static void addPackages(Path root, Set<String> packages) {
    for (Path source : HouseModule.sourcesBelow(root)) {
      packages.add(Names.packageOf(root.relativize(source).toString().replace('\\', '/')));
    }
  }

  private static boolean isMarkedPackage(ClassModel model) {
    return model.thisClass().asInternalName().endsWith("/package-info")
        && model
            .findAttribute(Attributes.runtimeVisibleAnnotations())
            .map(all ->
                all.annotations().stream()
                    .anyMatch(one -> one.className().stringValue().equals(MARK)))
            .orElse(false);
  }
}
