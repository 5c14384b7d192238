package dev.pintle.compat.harness;

import java.io.File;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/// The archive of the program's loaded classes, which spares each of the hundreds of servers that tests start more than a second of
/// a core, as the launcher's archive does for users. It is made once for all JVMs of the tests, beside the jar of this module.
record ClassArchive(Path file) {
  private static final String NAME = "program.jsa";
  private static final long MAKING_SECONDS_MAX = 120;
  private static final Optional<ClassArchive> MADE = find();

  /// Empty where the class path holds folders, which the JVM archives nothing of, and where it could not be made.
  static Optional<ClassArchive> made() {
    return MADE;
  }

  /// Also says nothing of an archive that does not fit: then the program starts without.
  List<String> options() {
    return List.of("-XX:SharedArchiveFile=" + file, "-Xlog:cds*=off");
  }

  private static Optional<ClassArchive> find() {
    List<Path> jars =
        Stream.of(ProgramCommand.classPath().split(File.pathSeparator)).map(Path::of).toList();
    if (jars.stream().anyMatch(Files::isDirectory)) {
      return Optional.empty();
    }
    Path file = jars.getFirst().toAbsolutePath().resolveSibling(NAME);
    try (FileChannel lock =
        FileChannel.open(
            file.resolveSibling(NAME + ".lock"),
            StandardOpenOption.CREATE,
            StandardOpenOption.WRITE)) {
      lock.lock();
      if (!isNewer(file, jars)) {
        make(file);
      }
      return Optional.of(new ClassArchive(file));
    } catch (IOException e) {
      System.err.println("tests start the program without an archive of its classes: " + e);
      return Optional.empty();
    }
  }

  private static boolean isNewer(Path file, List<Path> jars) throws IOException {
    if (!Files.exists(file)) {
      return false;
    }
    FileTime made = Files.getLastModifiedTime(file);
    for (Path jar : jars) {
      if (Files.getLastModifiedTime(jar).compareTo(made) >= 0) {
        return false;
      }
    }
    return true;
  }

  private static void make(Path file) throws IOException {
    Path work = Files.createTempDirectory("pintle-training");
    Path fresh = work.resolve(NAME);
    List<String> command = ProgramCommand.plain();
    // It is made for its classes: no code of the training is kept.
    command.add("-XX:TieredStopAtLevel=1");
    command.addAll(List.of("-XX:ArchiveClassesAtExit=" + fresh, "-Xlog:cds*=off"));
    command.addAll(List.of("-cp", ProgramCommand.classPath(), "dev.pintle.server.Main", "train"));
    command.addAll(List.of("--data", work.resolve("data").toString()));
    command.addAll(List.of("--etcd", "127.0.0.1:0", "--kube", "127.0.0.1:0"));
    Process training =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(work.resolve("log").toFile())
            .start();
    try {
      if (!training.waitFor(MAKING_SECONDS_MAX, TimeUnit.SECONDS) || !Files.exists(fresh)) {
        throw new IOException(Files.readString(work.resolve("log")));
      }
      Files.move(fresh, file, StandardCopyOption.REPLACE_EXISTING);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException(e);
    } finally {
      training.destroyForcibly();
    }
  }
}
