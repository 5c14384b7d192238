package dev.pintle.kube.audit;

import static java.util.Objects.requireNonNull;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;

/// The files of a log that were put aside: `NAME-2006-01-02T15-04-05.000.EXT` by the time of their end in UTC, with `.gz` behind it where
/// they are compressed. Which of them stay is decided anew whenever one is added, on a thread of its own.
final class OldAuditFiles {
  private static final System.Logger LOG = System.getLogger(OldAuditFiles.class.getName());
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH-mm-ss.SSS");
  private static final String COMPRESSED = ".gz";

  private final Path path;
  private final Path folder;
  private final String prefix;
  private final String extension;
  private final AuditLogSettings.Files settings;
  private final Clock clock;
  private final AtomicReference<@Nullable Thread> tidying = new AtomicReference<>();

  private record Old(Path file, Instant ended) {
    boolean compressed() {
      return file.toString().endsWith(COMPRESSED);
    }

    /// The same for a file and what it was compressed to.
    String name() {
      String name = file.toString();
      return compressed() ? name.substring(0, name.length() - COMPRESSED.length()) : name;
    }
  }

  OldAuditFiles(Path path, AuditLogSettings.Files settings, Clock clock) {
    String name = requireNonNull(path.getFileName()).toString();
    int dot = name.lastIndexOf('.');
    this.path = path;
    this.folder = requireNonNull(path.getParent());
    this.extension = dot < 0 ? "" : name.substring(dot);
    this.prefix = name.substring(0, name.length() - extension.length()) + "-";
    this.settings = settings;
    this.clock = clock;
  }

  /// Gives the log another name. One that was put aside in the very same millisecond is not overwritten.
  void putAside() throws IOException {
    Instant now = clock.instant();
    Path aside = named(now);
    while (Files.exists(aside, LinkOption.NOFOLLOW_LINKS)) {
      now = now.plusMillis(1);
      aside = named(now);
    }
    Files.move(path, aside);
  }

  private Path named(Instant ended) {
    return folder.resolve(prefix + TIME.format(ended.atOffset(ZoneOffset.UTC)) + extension);
  }

  /// Begins to remove and compress what is to be, unless that is being done.
  void tidy() {
    if (settings.ageDaysMax() == 0 && settings.oldFilesMax() == 0 && !settings.compress()) {
      return;
    }
    Thread thread = Thread.ofPlatform().daemon().name("audit-files").unstarted(this::tidyNow);
    if (tidying.compareAndSet(null, thread)) {
      thread.start();
    }
  }

  private void tidyNow() {
    try {
      tidyAll();
    } catch (IOException | RuntimeException failed) {
      LOG.log(System.Logger.Level.WARNING, "old audit logs cannot be looked after", failed);
    } finally {
      tidying.set(null);
    }
  }

  void tidyAll() throws IOException {
    List<Old> kept = new ArrayList<>();
    Instant oldest = clock.instant().minus(Duration.ofDays(settings.ageDaysMax()));
    Set<String> names = new HashSet<>();
    for (Old each : newestFirst()) {
      names.add(each.name());
      boolean tooMany = settings.oldFilesMax() > 0 && names.size() > settings.oldFilesMax();
      boolean tooOld = settings.ageDaysMax() > 0 && each.ended().isBefore(oldest);
      if (tooMany || tooOld) {
        Files.deleteIfExists(each.file());
      } else {
        kept.add(each);
      }
    }
    if (settings.compress()) {
      for (Old each : kept) {
        if (!each.compressed()) {
          compress(each.file());
        }
      }
    }
  }

  private List<Old> newestFirst() throws IOException {
    List<Old> all = new ArrayList<>();
    try (DirectoryStream<Path> files = Files.newDirectoryStream(folder)) {
      for (Path file : files) {
        Instant ended = ended(requireNonNull(file.getFileName()).toString());
        if (ended != null && Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
          all.add(new Old(file, ended));
        }
      }
    }
    all.sort(Comparator.comparing(Old::ended).reversed());
    return all;
  }

  /// Null for a file that is not one of these.
  private @Nullable Instant ended(String name) {
    String bare =
        name.endsWith(COMPRESSED) ? name.substring(0, name.length() - COMPRESSED.length()) : name;
    if (!bare.startsWith(prefix)
        || !bare.endsWith(extension)
        || bare.length() < prefix.length() + extension.length()) {
      return null;
    }
    String time = bare.substring(prefix.length(), bare.length() - extension.length());
    try {
      return LocalDateTime.parse(time, TIME).toInstant(ZoneOffset.UTC);
    } catch (DateTimeParseException _) {
      return null;
    }
  }

  /// What is left of an earlier attempt is done anew.
  private static void compress(Path file) throws IOException {
    Path to = Path.of(file + COMPRESSED);
    Files.deleteIfExists(to);
    try (FileChannel channel =
            FileChannel.open(
                to,
                Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
                AuditFile.only("rw-------"));
        OutputStream packed =
            new GZIPOutputStream(new BufferedOutputStream(Channels.newOutputStream(channel)))) {
      Files.copy(file, packed);
    } catch (IOException failed) {
      Files.deleteIfExists(to);
      throw failed;
    }
    Files.delete(file);
  }
}
