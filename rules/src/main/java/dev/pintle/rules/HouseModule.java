package dev.pintle.rules;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/// One module of the reactor as the rules see it.
///
/// @param home its folder, with `pom.xml`
/// @param mainClasses what the build made of `src/main/java`, generated code included
/// @param testClasses what the build made of `src/test/java`
record HouseModule(
    String name, Path home, List<ClassModel> mainClasses, List<ClassModel> testClasses) {

  HouseModule {
    mainClasses = List.copyOf(mainClasses);
    testClasses = List.copyOf(testClasses);
  }

  /// The module whose tests are running: Maven starts them in its folder, and names the folder it builds into.
  static HouseModule here() {
    Path home = Path.of("").toAbsolutePath();
    Path build = Path.of(System.getProperty("pintle.build", home.resolve("target").toString()));
    return of(home, build);
  }

  static HouseModule of(Path home, Path build) {
    return new HouseModule(
        home.getFileName().toString(),
        home,
        classesIn(build.resolve("classes")),
        classesIn(build.resolve("test-classes")));
  }

  Path mainSources() {
    return home.resolve("src/main/java");
  }

  Path testSources() {
    return home.resolve("src/test/java");
  }

  /// The folders of main sources of this module and of those beside it.
  List<Path> mainSourcesOfAll() {
    try (Stream<Path> beside = Files.list(home.resolveSibling("."))) {
      return beside
          .map(module -> module.normalize().resolve("src/main/java"))
          .filter(Files::isDirectory)
          .sorted()
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot list what is beside " + home, e);
    }
  }

  /// The path of a file from the folder that holds all modules, with slashes.
  String place(Path file) {
    return home.resolveSibling(".").normalize().relativize(file).toString().replace('\\', '/');
  }

  /// The hand-written sources below `root`, in the order of their names.
  static List<Path> sourcesBelow(Path root) {
    return filesBelow(root, ".java");
  }

  private static List<ClassModel> classesIn(Path folder) {
    return filesBelow(folder, ".class").stream().map(HouseModule::parsed).toList();
  }

  private static ClassModel parsed(Path file) {
    try {
      return ClassFile.of().parse(file);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + file, e);
    }
  }

  private static List<Path> filesBelow(Path root, String ending) {
    if (!Files.isDirectory(root)) {
      return List.of();
    }
    try (Stream<Path> all = Files.walk(root)) {
      return all.filter(file -> file.toString().endsWith(ending)).sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot list " + root, e);
    }
  }
}
