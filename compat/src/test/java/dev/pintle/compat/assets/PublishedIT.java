package dev.pintle.compat.assets;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pintle.compat.harness.Peers;
import dev.pintle.compat.harness.Tool;
import java.io.DataInputStream;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import java.util.jar.JarFile;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.opentest4j.TestAbortedException;

/// What `./pintle publish` writes, and a project of somebody else's that is built against it, without a network.
class PublishedIT {
  private static final Duration TIME_MAX = Duration.ofMinutes(4);
  private static final String VERSION = "7.0.0";

  @TempDir private Path home;

  /// By the jars of this build, which the launcher would make anew.
  private Path publish(String folder) throws IOException {
    Path house = Peers.house();
    String build =
        house.resolve("compat").relativize(Path.of(System.getProperty("pintle.build"))).toString();
    if (!Files.exists(house.resolve("embed").resolve(build).resolve("embed-0.1.0-SNAPSHOT.jar"))) {
      String line = "not judged by a project of somebody else's: the jars are not built";
      System.err.println(line);
      throw new TestAbortedException(line);
    }
    Path repository = home.resolve(folder);
    Tool.Result written =
        Tool.of(
                Path.of(System.getProperty("java.home"), "bin", "java"),
                "-XX:TieredStopAtLevel=1",
                "-Dpublish.class.path=" + classPath(),
                house.resolve("launcher/Publish.java").toString(),
                house.toString(),
                repository.toString(),
                VERSION,
                build)
            .within(TIME_MAX)
            .run();
    assertThat(written.exit()).as(written.err()).isZero();
    return repository;
  }

  /// What documents need beside the program: the libraries that the extension of JUnit may meet, where Maven keeps them.
  private static String classPath() throws IOException {
    String named = System.getProperty("surefire.test.class.path");
    StringBuilder all =
        new StringBuilder(named == null ? System.getProperty("java.class.path") : named);
    Properties versions = versions();
    for (List<String> library :
        List.of(
            List.of("org/jspecify", "jspecify"),
            List.of("io/fabric8", "fabric8"),
            List.of("io/kubernetes", "kubernetes-client-java"))) {
      String end = "-%s.jar".formatted(versions.getProperty(library.getLast()));
      try (Stream<Path> files = Files.walk(local().resolve(library.getFirst()))) {
        files
            .filter(file -> file.toString().endsWith(end))
            .sorted()
            .forEach(jar -> all.append(File.pathSeparator).append(jar));
      }
    }
    return all.toString();
  }

  /// Where Maven found JUnit: six folders above its jar.
  private static Path local() {
    URI jar = URI.create(Test.class.getProtectionDomain().getCodeSource().getLocation().toString());
    return Path.of(jar).resolve("../../../../../..").normalize();
  }

  @Test
  void aProjectOfSomebodyElsesIsBuiltAgainstItWithoutANetwork() throws IOException {
    Path repository = publish("one");
    assertThat(files(repository)).isEqualTo(files(publish("two")));
    assertThat(files(repository).keySet())
        .contains(
            "dev/pintle/pintle-embed/7.0.0/pintle-embed-7.0.0-javadoc.jar",
            "dev/pintle/pintle-embed/7.0.0/pintle-embed-7.0.0-sources.jar.sha256",
            "dev/pintle/pintle-backend-spi/7.0.0/pintle-backend-spi-7.0.0.jar.sha1",
            "dev/pintle/pintle-backend-testkit/7.0.0/pintle-backend-testkit-7.0.0-javadoc.jar",
            "dev/pintle/pintle-junit/7.0.0/pintle-junit-7.0.0-javadoc.jar",
            "dev/pintle/pintle-bom/7.0.0/pintle-bom-7.0.0.pom");

    Tool.Result built = maven(repository, copy("compat/src/test/consumer"));
    assertThat(built.exit()).as(built.out() + built.err()).isZero();
    assertThat(built.out()).contains("Tests run: 3, Failures: 0");

    Tool.Result judged = maven(repository, copy("examples/backend"));
    assertThat(judged.exit()).as(judged.out() + judged.err()).isZero();
    assertThat(judged.out())
        .contains("SnapshotBackendTest")
        .contains("Failures: 0, Errors: 0, Skipped: 0");
  }

  /// As a JVM of Java 17 or 21 would read the jar.
  @Test
  void whoHasAnEarlierJavaIsToldWhichOneIsNeeded() throws IOException {
    Path jar = publish("three").resolve("dev/pintle/pintle-embed/7.0.0/pintle-embed-7.0.0.jar");
    Tool.Result refused =
        Tool.of(
                Path.of(System.getProperty("java.home"), "bin", "java"),
                "-Djdk.util.jar.version=17",
                "-cp",
                jar.toString(),
                "dev.pintle.embed.AotTraining")
            .within(TIME_MAX)
            .run();
    assertThat(refused.exit()).isEqualTo(1);
    assertThat(refused.err())
        .contains("UnsupportedClassVersionError: Pintle needs Java 25 or later", "This is Java ");
    try (JarFile read = new JarFile(jar.toFile())) {
      assertThat(read.isMultiRelease()).isTrue();
      try (DataInputStream base =
          new DataInputStream(
              read.getInputStream(read.getEntry("dev/pintle/embed/PintleServer.class")))) {
        base.readInt();
        base.readUnsignedShort();
        assertThat(base.readUnsignedShort()).as("the version of Java 17").isEqualTo(61);
      }
    }
  }

  private Path copy(String folder) throws IOException {
    Path source = Peers.house().resolve(folder);
    Path project = home.resolve(source.getFileName().toString());
    try (Stream<Path> all = Files.walk(source)) {
      for (Path each : (Iterable<Path>) all::iterator) {
        if (!each.startsWith(source.resolve("target"))) {
          Files.copy(each, project.resolve(source.relativize(each).toString()));
        }
      }
    }
    return project;
  }

  /// What comes from the folder goes into a local repository of its own, beside that of the machine, which has all libraries already.
  private Tool.Result maven(Path repository, Path project) throws IOException {
    List<String> arguments =
        new ArrayList<>(
            List.of(
                "-B",
                "-o",
                "-ntp",
                "-f",
                project.toString(),
                "-Daether.offline.protocols=file",
                "-Dmaven.repo.local=" + home.resolve("local"),
                "-Dmaven.repo.local.tail=" + local(),
                "-Dmaven.repo.local.tail.ignoreAvailability=true",
                "-Dpintle.repository=" + repository.toUri(),
                "-Dpintle.version=" + VERSION));
    Properties versions = versions();
    for (String name : List.of("fabric8", "jspecify", "junit", "surefire")) {
      arguments.add("-D%1$s.version=%2$s".formatted(name, versions.getProperty(name)));
    }
    arguments.add("test");
    return Tool.of(Peers.house().resolve("mvnw"), arguments.toArray(String[]::new))
        .with("JAVA_HOME", System.getProperty("java.home"))
        .within(TIME_MAX)
        .run();
  }

  /// As the build has them.
  private static Properties versions() throws IOException {
    Properties versions = new Properties();
    for (String line : Files.readAllLines(Peers.house().resolve("pom.xml"))) {
      String text = line.strip();
      int end = text.indexOf(".version>");
      if (text.startsWith("<") && end > 0) {
        versions.setProperty(
            text.substring(1, end), text.substring(end + ".version>".length(), text.indexOf("</")));
      }
    }
    return versions;
  }

  private static Map<String, String> files(Path folder) throws IOException {
    Map<String, String> files = new TreeMap<>();
    try (Stream<Path> all = Files.walk(folder)) {
      all.filter(Files::isRegularFile)
          .forEach(file -> files.put(folder.relativize(file).toString(), hash(file)));
    }
    return files;
  }

  private static String hash(Path file) {
    try {
      return Arrays.hashCode(Files.readAllBytes(file)) + " of " + Files.size(file);
    } catch (IOException gone) {
      throw new UncheckedIOException(gone);
    }
  }
}
