package dev.pintle.rules;

import java.nio.file.Path;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// The rule that every source has its class among those that the other rules read: a rule that looks at nothing finds
/// nothing.
final class EverySourceIsSeen implements Rule {
  @Override
  public Stream<Finding> broken(HouseModule module) {
    Set<String> seen =
        module.mainClasses().stream()
            .map(model -> model.thisClass().asInternalName())
            .collect(Collectors.toSet());
    if (seen.isEmpty()) {
      return Stream.of(new Finding(module.name(), "no class was seen"));
    }
    return HouseModule.sourcesBelow(module.mainSources()).stream()
        .map(source -> className(module, source))
        .filter(name -> !seen.contains(name))
        .map(name -> new Finding(name, "its class was not among those checked"));
  }

  private static String className(HouseModule module, Path source) {
    String name = module.mainSources().relativize(source).toString().replace('\\', '/');
    return name.substring(0, name.length() - ".java".length());
  }
}
