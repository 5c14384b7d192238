package dev.pintle.rules;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/// The rule that a simple name belongs to one type in the main code of all modules: who searches for it finds one file, and who reads it
/// never asks which is meant.
final class UniqueTypeNames implements Rule {
  @Override
  public Stream<Finding> broken(HouseModule module) {
    Map<String, List<Path>> homes = new TreeMap<>();
    for (Path root : module.mainSourcesOfAll()) {
      for (Path source : HouseModule.sourcesBelow(root)) {
        homes.computeIfAbsent(simpleName(source), _ -> new ArrayList<>()).add(source);
      }
    }
    return HouseModule.sourcesBelow(module.mainSources()).stream()
        .flatMap(
            source -> others(homes.getOrDefault(simpleName(source), List.of()), source, module));
  }

  private static Stream<Finding> others(List<Path> homes, Path source, HouseModule module) {
    if (simpleName(source).equals("package-info")) {
      return Stream.empty();
    }
    return homes.stream()
        .filter(other -> !other.equals(source))
        .map(other -> new Finding(module.place(source), "has the name of " + module.place(other)));
  }

  private static String simpleName(Path source) {
    String file = source.getFileName().toString();
    return file.substring(0, file.length() - ".java".length());
  }
}
