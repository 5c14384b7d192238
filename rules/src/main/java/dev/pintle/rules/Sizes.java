package dev.pintle.rules;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/// The rule that files and methods stay small. What was too large when the rule came stands in `rules/size-exceptions.txt`
/// with its lines, and that number only ever falls.
final class Sizes implements Rule {
  static final int FILE_LINES_WARN = 500;
  static final int FILE_LINES_MAX = 800;
  static final int METHOD_LINES_MAX = 70;

  @Override
  public Stream<Finding> broken(HouseModule module) {
    Map<String, Integer> allowed =
        SizeExceptions.read(module.home().resolveSibling("rules/size-exceptions.txt"));
    Map<String, Integer> tooLarge = tooLarge(module);
    List<Finding> findings = new ArrayList<>();
    tooLarge.forEach((place, lines) -> {
      int most = allowed.getOrDefault(place, limit(place));
      if (lines > most) {
        findings.add(new Finding(place, "%d lines (at most %d)".formatted(lines, most)));
      }
    });
    allowed.forEach((place, lines) -> {
      int now = tooLarge.getOrDefault(place, 0);
      if (place.startsWith(module.name() + "/") && now < lines) {
        findings.add(new Finding(place, shrunk(lines, now)));
      }
    });
    return findings.stream();
  }

  private static int limit(String place) {
    return place.contains("#") ? METHOD_LINES_MAX : FILE_LINES_MAX;
  }

  private static String shrunk(int allowed, int now) {
    return now == 0
        ? "is within the limits: take it out of rules/size-exceptions.txt"
        : "has %d lines now: lower its %d in rules/size-exceptions.txt".formatted(now, allowed);
  }

  /// Files on their way to the limit, told while they are still easy to cut.
  static Stream<Finding> worthSplitting(HouseModule module) {
    return measured(module).entrySet().stream()
        .filter(size -> !size.getKey().contains("#"))
        .filter(size -> size.getValue() > FILE_LINES_WARN && size.getValue() <= FILE_LINES_MAX)
        .map(size ->
            new Finding(
                size.getKey(),
                "%d lines (worth splitting above %d, refused above %d)"
                    .formatted(size.getValue(), FILE_LINES_WARN, FILE_LINES_MAX)));
  }

  private static Map<String, Integer> tooLarge(HouseModule module) {
    Map<String, Integer> found = measured(module);
    found.entrySet().removeIf(size -> size.getValue() <= limit(size.getKey()));
    return found;
  }

  /// Lines of every file, as `module/path`, and of every method, as `module/path#Type.method`.
  private static Map<String, Integer> measured(HouseModule module) {
    Map<String, Integer> found = new TreeMap<>();
    List<Path> sources = new ArrayList<>(HouseModule.sourcesBelow(module.mainSources()));
    sources.addAll(HouseModule.sourcesBelow(module.testSources()));
    for (SourceSizes.Size size : SourceSizes.of(sources)) {
      String path = module.name() + "/" + module.home().relativize(size.file());
      String place = size.method().isEmpty() ? path : path + "#" + size.method();
      found.merge(place.replace('\\', '/'), size.lines(), Math::max);
    }
    return found;
  }
}
