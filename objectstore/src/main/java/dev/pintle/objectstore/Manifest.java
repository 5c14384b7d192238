package dev.pintle.objectstore;

import dev.pintle.kernel.keyspace.StorageFailure;
import dev.pintle.kernel.keyspace.StorageFailure.Kind;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/// The object that names the segments that count: what a later one says of a key goes before what an earlier one says.
///
/// @param generation grows with each manifest
record Manifest(long generation, List<Segment> segments) {
  static final String NAME = "manifest";
  static final Manifest EMPTY = new Manifest(0, List.of());

  private static final String HEAD = "pintle object store format 1";
  private static final int FIELDS = 4;

  Manifest {
    segments = List.copyOf(segments);
  }

  /// The next one.
  Manifest with(List<Segment> next) {
    return new Manifest(generation + 1, next);
  }

  Manifest and(List<Segment> more) {
    List<Segment> all = new ArrayList<>(segments);
    all.addAll(more);
    return with(all);
  }

  long bytes() {
    return segments.stream().mapToLong(Segment::bytes).sum();
  }

  byte[] encode() {
    StringBuilder text = new StringBuilder(HEAD).append("\ngeneration ").append(generation);
    text.append('\n');
    for (Segment each : segments) {
      text.append("segment %s %d %s\n".formatted(each.name(), each.bytes(), each.hash()));
    }
    return text.append("end\n").toString().getBytes(StandardCharsets.US_ASCII);
  }

  static Manifest decode(String where, byte[] bytes) {
    List<String> lines = new String(bytes, StandardCharsets.US_ASCII).lines().toList();
    if (lines.size() < 3 || !lines.getFirst().equals(HEAD) || !lines.getLast().equals("end")) {
      throw damaged(where, "is not a manifest of this format (expected: \"" + HEAD + "\")");
    }
    try {
      long generation = Long.parseLong(lines.get(1).substring("generation ".length()));
      List<Segment> segments = new ArrayList<>();
      for (String line : lines.subList(2, lines.size() - 1)) {
        String[] fields = line.split(" ", -1);
        if (fields.length != FIELDS || !fields[0].equals("segment")) {
          throw damaged(where, line);
        }
        segments.add(new Segment(fields[1], Long.parseLong(fields[2]), fields[3]));
      }
      return new Manifest(generation, segments);
    } catch (NumberFormatException | IndexOutOfBoundsException noNumber) {
      throw damaged(where, noNumber.toString());
    }
  }

  private static StorageFailure damaged(String where, String what) {
    return new StorageFailure(Kind.CORRUPT, where, "the manifest: " + what);
  }
}
