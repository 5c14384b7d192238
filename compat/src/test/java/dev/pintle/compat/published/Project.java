package dev.pintle.compat.published;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/// A line of the list of projects.
///
/// @param always whether it is sent in every run
/// @param definitions globs of files with definitions, from the root of the module
/// @param samples globs of files with objects
record Project(boolean always, GoModule module, List<String> definitions, List<String> samples) {
  private static final String ALWAYS = "+ ";

  static List<Project> read(Path list) throws IOException {
    List<Project> projects = new ArrayList<>();
    for (String line : Files.readAllLines(list)) {
      if (!line.isBlank() && !line.startsWith("#")) {
        projects.add(parse(line));
      }
    }
    return List.copyOf(projects);
  }

  private static Project parse(String line) {
    boolean always = line.startsWith(ALWAYS);
    String[] parts = line.substring(always ? ALWAYS.length() : 0).split("\\|", -1);
    if (parts.length != 3 || !parts[0].contains("@")) {
      throw new IllegalArgumentException(
          "%s (expected: [+] MODULE@VERSION | GLOBS | GLOBS)".formatted(line));
    }
    return new Project(always, new GoModule(parts[0].strip()), globs(parts[1]), globs(parts[2]));
  }

  private static List<String> globs(String text) {
    return Stream.of(text.split(",", -1))
        .map(String::strip)
        .filter(glob -> !glob.isEmpty())
        .toList();
  }

  String name() {
    return module.name();
  }
}
