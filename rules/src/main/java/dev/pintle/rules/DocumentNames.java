package dev.pintle.rules;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// The code names in backticks of a document: a rename that forgets the document is found.
///
/// A word is taken for a type when it is written like one (`StoreView`, `StoreView.at`), for a package when it is lower case with
/// dots and begins with a module, for a file when it has a slash or a known ending. Other words (flags, commands) are free.
final class DocumentNames {
  private static final Pattern QUOTED = Pattern.compile("`([^`\\s]+)`");
  private static final Pattern TYPE =
      Pattern.compile("([A-Z][a-z0-9]+(?:[A-Z][A-Za-z0-9]*)+)(?:[.#].*)?");
  private static final Pattern PACKAGE =
      Pattern.compile("(?:dev\\.pintle\\.)?([a-z]+(?:\\.[a-z]+)+)");
  private static final Pattern FILE =
      Pattern.compile("\\.?[\\w-]+(?:/[\\w.-]+)+/?|[\\w-]+\\.(?:md|sh|txt)");

  /// Folders that building and running make, at the house's root or in a module.
  private static final Pattern PRODUCT =
      Pattern.compile("(?:[\\w-]+/)?(?:target|\\.pintle|pintle-data)/.*");

  private static final Pattern DECLARED =
      Pattern.compile("\\b(?:class|record|interface|enum)\\s+([A-Z]\\w*)");

  private final Path house;
  private final List<String> modules;
  private final Set<String> types = new HashSet<>();
  private final Set<String> packages = new HashSet<>();

  DocumentNames(Path house, List<String> modules) {
    this.house = house;
    this.modules = List.copyOf(modules);
    for (String module : modules) {
      for (String root : List.of("src/main/java", "src/test/java")) {
        readSources(house.resolve(module).resolve(root));
      }
    }
  }

  Stream<Finding> missing(Path document) {
    return QUOTED
        .matcher(text(document))
        .results()
        .map(quoted -> quoted.group(1))
        .distinct()
        .filter(this::isMissing)
        .map(name -> new Finding(document.getFileName().toString(), name + " does not exist"));
  }

  private boolean isMissing(String word) {
    Matcher type = TYPE.matcher(word);
    if (type.matches()) {
      return !types.contains(type.group(1));
    }
    Matcher name = PACKAGE.matcher(word);
    if (name.matches() && modules.contains(name.group(1).split("\\.", 2)[0])) {
      return !packages.contains("dev.pintle." + name.group(1));
    }
    return FILE.matcher(word).matches()
        && !PRODUCT.matcher(word).matches()
        && !Files.exists(house.resolve(word));
  }

  private void readSources(Path root) {
    for (Path source : HouseModule.sourcesBelow(root)) {
      packages.add(root.relativize(source.getParent()).toString().replaceAll("[/\\\\]", "."));
      DECLARED.matcher(text(source)).results().forEach(found -> types.add(found.group(1)));
    }
  }

  private static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + file, e);
    }
  }
}
