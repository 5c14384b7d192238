package dev.pintle.objectstore;

import dev.pintle.kernel.keyspace.StorageFailure;
import dev.pintle.kernel.keyspace.StorageFailure.Kind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// The folder of segments that need not be fetched again. What is not there, or not whole, is fetched.
record SegmentCache(Path folder, ObjectClient objects) {
  byte[] content(Segment segment) {
    Path file = folder.resolve(fileOf(segment));
    try {
      if (Files.exists(file) && Files.size(file) == segment.bytes()) {
        byte[] kept = Files.readAllBytes(file);
        if (RequestSignature.hex(RequestSignature.sha256(kept)).equals(segment.hash())) {
          return kept;
        }
      }
    } catch (IOException unreadable) {
      // fetched again
    }
    byte[] fetched =
        objects
            .get(segment.name())
            .orElseThrow(() ->
                new StorageFailure(
                    Kind.CORRUPT,
                    objects.address().toString(),
                    segment.name() + ": is missing, and the manifest names it"))
            .bytes();
    keep(segment, fetched);
    return fetched;
  }

  /// That it cannot be kept only costs the next start time.
  void keep(Segment segment, byte[] content) {
    Path file = folder.resolve(fileOf(segment));
    Path unfinished = folder.resolve(fileOf(segment) + ".new");
    try {
      Files.write(unfinished, content);
      Files.move(
          unfinished, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException noRoom) {
      System.getLogger(SegmentCache.class.getName())
          .log(System.Logger.Level.DEBUG, "a segment is not kept: {0}", noRoom.getMessage());
    }
  }

  private static String fileOf(Segment segment) {
    return segment.name().replace('/', '-');
  }

  /// Removes what is not among `segments`.
  void keepOnly(List<Segment> segments) {
    Set<String> names = segments.stream().map(SegmentCache::fileOf).collect(Collectors.toSet());
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.toList()) {
        if (!names.contains(file.getFileName().toString())) {
          Files.deleteIfExists(file);
        }
      }
    } catch (IOException later) {
      // the next start tries again
    }
  }
}
