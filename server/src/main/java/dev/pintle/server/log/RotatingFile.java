package dev.pintle.server.log;

import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;

/// A log file that is given another name, with the time in it, once it is long enough, and begun anew:
/// `etcd-2026-01-31T12-00-00.000.log` beside `etcd.log`. To be written by one thread at a time, a whole line at once.
final class RotatingFile extends OutputStream {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH-mm-ss.SSS");
  private static final String COMPRESSED = ".gz";
  private static final int MEGABYTES_DEFAULT = 100;
  private static final long MEGABYTE = 1024L * 1024;

  private final Path file;
  private final EtcdLog.Rotation rotation;
  private OutputStream out;
  private long bytes;

  RotatingFile(Path file, EtcdLog.Rotation rotation) throws IOException {
    this.file = file.toAbsolutePath();
    this.rotation = rotation;
    this.out = open();
  }

  private OutputStream open() throws IOException {
    Path folder = file.getParent();
    if (folder != null) {
      Files.createDirectories(folder);
    }
    bytes = Files.exists(file) ? Files.size(file) : 0;
    return new FileOutputStream(file.toFile(), true);
  }

  @Override
  public void write(int one) throws IOException {
    write(new byte[] {(byte) one}, 0, 1);
  }

  @Override
  public void write(byte[] line, int from, int length) throws IOException {
    int megabytes = rotation.megabytesMax() == 0 ? MEGABYTES_DEFAULT : rotation.megabytesMax();
    if (bytes > 0 && bytes + length > megabytes * MEGABYTE) {
      rotate();
    }
    out.write(line, from, length);
    bytes += length;
  }

  @Override
  public void close() throws IOException {
    out.close();
  }

  private void rotate() throws IOException {
    out.close();
    Files.move(file, earlier(Instant.now()), StandardCopyOption.REPLACE_EXISTING);
    out = open();
    forget();
  }

  /// Beside a name that is taken the next millisecond.
  private Path earlier(Instant now) {
    Path named = file.resolveSibling(stem() + "-" + TIME.format(here(now)) + ending());
    return Files.exists(named) ? earlier(now.plusMillis(1)) : named;
  }

  private LocalDateTime here(Instant now) {
    return LocalDateTime.ofInstant(
        now, rotation.localTime() ? ZoneId.systemDefault() : ZoneOffset.UTC);
  }

  /// Compresses and deletes those of before, as they are to be.
  private void forget() throws IOException {
    LocalDateTime oldest = here(Instant.now().minus(Duration.ofDays(rotation.daysMax())));
    int kept = 0;
    for (Earlier each : earlier()) {
      kept++;
      boolean tooMany = rotation.filesMax() > 0 && kept > rotation.filesMax();
      boolean tooOld = rotation.daysMax() > 0 && each.time().isBefore(oldest);
      if (tooMany || tooOld) {
        Files.deleteIfExists(each.path());
      } else if (rotation.compress() && !each.path().toString().endsWith(COMPRESSED)) {
        compress(each.path());
      }
    }
  }

  private static void compress(Path path) throws IOException {
    Path packed = path.resolveSibling(path.getFileName() + COMPRESSED);
    try (OutputStream to = new GZIPOutputStream(Files.newOutputStream(packed))) {
      Files.copy(path, to);
    }
    Files.delete(path);
  }

  private record Earlier(Path path, LocalDateTime time) {}

  /// The newest first.
  private List<Earlier> earlier() throws IOException {
    List<Earlier> found = new ArrayList<>();
    try (Stream<Path> files = Files.list(file.resolveSibling(""))) {
      files.forEach(path -> {
        String name = path.getFileName().toString();
        String plain =
            name.endsWith(COMPRESSED)
                ? name.substring(0, name.length() - COMPRESSED.length())
                : name;
        String start = stem() + "-";
        if (plain.startsWith(start)
            && plain.endsWith(ending())
            && plain.length() > start.length() + ending().length()) {
          String time = plain.substring(start.length(), plain.length() - ending().length());
          try {
            found.add(new Earlier(path, LocalDateTime.parse(time, TIME)));
          } catch (DateTimeParseException notOurs) {
            // another file with a name like that
          }
        }
      });
    } catch (NoSuchFileException gone) {
      return List.of();
    }
    found.sort(Comparator.comparing(Earlier::time).reversed());
    return found;
  }

  private String stem() {
    String name = file.getFileName().toString();
    return name.substring(0, name.length() - ending().length());
  }

  private String ending() {
    String name = file.getFileName().toString();
    int dot = name.lastIndexOf('.');
    return dot < 0 ? "" : name.substring(dot);
  }
}
