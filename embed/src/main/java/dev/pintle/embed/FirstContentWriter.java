package dev.pintle.embed;

import dev.pintle.kernel.keyspace.KeyValue;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The program by which the build writes the [FirstContent] of later servers: it starts one that makes everything by itself.
final class FirstContentWriter {
  private static final Pattern UID =
      Pattern.compile("[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}");
  private static final Pattern TIME =
      Pattern.compile("[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}Z");
  private static final Pattern DAY = Pattern.compile("(?<=\"since\":\")[0-9]{4}-[0-9]{2}-[0-9]{2}");

  /// In which nothing is written any more once a start is over.
  private static final long QUIET_MILLIS = 500;

  private static final int TRIES_MAX = 60;

  private final String port;
  private final String certificates;

  private FirstContentWriter(PintleServer server) {
    this.port = "\"targetPort\":" + server.url().getPort();
    this.certificates = server.caCertificate().replace("\n", "\\n");
  }

  /// A place in a value that differs from server to server.
  private record Place(byte kind, int at) {}

  /// @param arguments the file to write
  public static void main(String[] arguments) throws IOException, InterruptedException {
    Path file = Path.of(arguments[0]);
    try (PintleServer server = PintleServer.builder().withoutSeed().start()) {
      awaitQuiet(server);
      byte[] content = new FirstContentWriter(server).content(server.entries());
      Files.createDirectories(file.toAbsolutePath().getParent());
      Files.write(file, content);
    }
  }

  private static void awaitQuiet(PintleServer server) throws InterruptedException {
    long before = -1;
    for (int tries = 0; before != server.revision(); tries++) {
      if (tries == TRIES_MAX) {
        throw new IllegalStateException("a server that is left alone goes on writing");
      }
      before = server.revision();
      TimeUnit.MILLISECONDS.sleep(QUIET_MILLIS);
    }
  }

  private byte[] content(List<KeyValue> entries) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    DataOutputStream out = new DataOutputStream(bytes);
    out.writeInt(entries.size());
    for (KeyValue entry : entries) {
      write(entry, out);
    }
    return bytes.toByteArray();
  }

  private void write(KeyValue entry, DataOutputStream out) throws IOException {
    List<Place> places = new ArrayList<>();
    String value = new String(entry.value().array(), StandardCharsets.ISO_8859_1);
    value = without(value, "\"targetPort\":".length(), port, FirstContent.PORT, places);
    value = without(value, 0, certificates, FirstContent.ROOT_CERTIFICATES, places);
    // What is put in moves what stands behind it.
    List<Place> fixed = new ArrayList<>();
    value = blanked(value, TIME, FirstContent.TIME, fixed);
    value = blanked(value, DAY, FirstContent.DAY, fixed);
    int before = fixed.size();
    value = blanked(value, UID, FirstContent.UID, fixed);
    if (fixed.size() - before > 1) {
      throw new IllegalStateException(
          "%s: names another object (expected: its own uid alone)".formatted(entry.key().utf8()));
    }
    fixed.addAll(places);
    write(entry.key().array(), out);
    write(value.getBytes(StandardCharsets.ISO_8859_1), out);
    out.writeInt(fixed.size());
    for (Place place : fixed) {
      out.writeByte(place.kind());
      out.writeInt(place.at());
    }
  }

  private static void write(byte[] bytes, DataOutputStream out) throws IOException {
    out.writeInt(bytes.length);
    out.write(bytes);
  }

  /// The value without a text, but for its beginning.
  private static String without(
      String value, int kept, String text, byte kind, List<Place> places) {
    int at = value.indexOf(text);
    if (at < 0) {
      return value;
    }
    places.add(new Place(kind, at + kept));
    return value.substring(0, at + kept) + value.substring(at + text.length());
  }

  /// Whatever stands there is another one next time; the same sources make the same file.
  private static String blanked(String value, Pattern pattern, byte kind, List<Place> places) {
    StringBuilder blanked = new StringBuilder(value);
    Matcher matcher = pattern.matcher(value);
    while (matcher.find()) {
      places.add(new Place(kind, matcher.start()));
      blanked.replace(matcher.start(), matcher.end(), "0".repeat(matcher.end() - matcher.start()));
    }
    return blanked.toString();
  }
}
