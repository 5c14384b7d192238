package dev.pintle.rules;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.tools.ToolProvider;

/// A module written and compiled for one test, with a fault planted in it.
final class Planted {
  private static final Pattern PACKAGE = Pattern.compile("package ([\\w.]+);");
  private static final Pattern TYPE = Pattern.compile("(?:class|interface|record|enum) (\\w+)");

  private final Path home;
  private final List<Path> sources = new ArrayList<>();

  private Planted(Path home) {
    this.home = home;
  }

  static Planted module(Path folder, String name) {
    return new Planted(folder.resolve(name));
  }

  Planted main(String source) throws IOException {
    write("src/main/java", source);
    return this;
  }

  Planted test(String source) throws IOException {
    write("src/test/java", source);
    return this;
  }

  /// Compiles the sources beside one another; what lies below `src/test` goes where tests go.
  HouseModule built() throws IOException {
    for (String kind : List.of("main", "test")) {
      Path root = home.resolve("src").resolve(kind).resolve("java");
      Path out = home.resolve("target").resolve(kind.equals("main") ? "classes" : "test-classes");
      compile(sources.stream().filter(source -> source.startsWith(root)).toList(), out);
    }
    return seen();
  }

  /// The module as it lies there, compiled or not.
  HouseModule seen() {
    return HouseModule.of(home, home.resolve("target"));
  }

  private void write(String root, String source) throws IOException {
    Path folder = home.resolve(root).resolve(first(PACKAGE, source, "").replace('.', '/'));
    Files.createDirectories(folder);
    Path file = folder.resolve(first(TYPE, source, "package-info") + ".java");
    Files.writeString(file, source);
    sources.add(file);
  }

  private void compile(List<Path> files, Path out) throws IOException {
    Files.createDirectories(out);
    if (files.isEmpty()) {
      return;
    }
    List<String> arguments = new ArrayList<>(List.of("-proc:none", "-d", out.toString()));
    arguments.addAll(List.of("-cp", ClassPath.value()));
    files.forEach(file -> arguments.add(file.toString()));
    int answer =
        ToolProvider.getSystemJavaCompiler()
            .run(null, null, null, arguments.toArray(String[]::new));
    assertThat(answer).as("the planted sources compile").isZero();
  }

  private static String first(Pattern pattern, String text, String otherwise) {
    Matcher found = pattern.matcher(text);
    return found.find() ? found.group(1) : otherwise;
  }
}
