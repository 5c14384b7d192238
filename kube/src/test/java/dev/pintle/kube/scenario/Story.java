package dev.pintle.kube.scenario;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/// A block of a file of stories: what it shows after `# `, what is asked, and below `----` what is told.
public record Story(String claim, List<String> asked, List<String> expected) {
  /// Those of all files of `folder`, which blank lines part.
  public static Stream<Story> in(Path folder) throws IOException {
    List<Story> all = new ArrayList<>();
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.sorted().toList()) {
        for (String block : Files.readString(file).strip().split("\n\n+", -1)) {
          all.add(of(block.lines().toList()));
        }
      }
    }
    return all.stream();
  }

  private static Story of(List<String> lines) {
    int rule = lines.indexOf("----");
    return new Story(
        lines.getFirst().substring(2),
        lines.subList(1, rule),
        lines.subList(rule + 1, lines.size()));
  }

  @Override
  public String toString() {
    return claim;
  }
}
