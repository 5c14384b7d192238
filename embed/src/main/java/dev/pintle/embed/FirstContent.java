package dev.pintle.embed;

import dev.pintle.kernel.Bytes;
import dev.pintle.kernel.command.Command.Operation;
import dev.pintle.kernel.command.Command.Put;
import dev.pintle.kube.bootstrap.ClusterSeed;
import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// The content of a server that has just started with everything on, as the build had one make it ([FirstContentWriter]): every object with
/// the places in it that differ from server to server.
///
/// The file is a count of objects, and of each its key, its value, and the number of its places, each a kind and where it is in the value. Numbers are
/// 4 bytes, a kind is one.
final class FirstContent implements ClusterSeed {
  static final String FILE = "first-content.bin";

  /// Places in the file, by their numbers there. The first three are as long as what stands there; the others are put in before what does.
  static final byte UID = 0;

  static final byte TIME = 1;
  static final byte DAY = 2;
  static final byte PORT = 3;
  static final byte ROOT_CERTIFICATES = 4;

  private static final long VERSION_BITS = 0xF000;
  private static final long VERSION_4 = 0x4000;
  private static final long VARIANT = 1L << 63;

  private final byte[] file;

  private FirstContent(byte[] file) {
    this.file = file;
  }

  /// Empty where the build has not written it yet.
  static Optional<FirstContent> load() {
    try (@Nullable InputStream file = FirstContent.class.getResourceAsStream(FILE)) {
      return file == null ? Optional.empty() : Optional.of(new FirstContent(file.readAllBytes()));
    } catch (IOException broken) {
      throw new UncheckedIOException(FILE, broken);
    }
  }

  @Override
  public List<Operation> writes(Instant now, int port, String rootCertificates) {
    String time = now.truncatedTo(ChronoUnit.SECONDS).toString();
    SplittableRandom random = new SplittableRandom(new SecureRandom().nextLong());
    try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(file))) {
      int count = in.readInt();
      List<Operation> writes = new ArrayList<>(count);
      for (int i = 0; i < count; i++) {
        Bytes key = Bytes.wrap(bytes(in));
        byte[] value = bytes(in);
        for (int places = in.readInt(); places > 0; places--) {
          byte kind = in.readByte();
          int at = in.readInt();
          value =
              switch (kind) {
                case UID -> over(value, at, uid(random));
                case TIME -> over(value, at, time);
                case DAY -> over(value, at, time.substring(0, time.indexOf('T')));
                case PORT -> before(value, at, Integer.toString(port));
                default -> before(value, at, rootCertificates.replace("\n", "\\n"));
              };
        }
        writes.add(Put.of(key, Bytes.wrap(value)));
      }
      return writes;
    } catch (IOException damaged) {
      throw new UncheckedIOException(FILE, damaged);
    }
  }

  private static byte[] bytes(DataInputStream in) throws IOException {
    byte[] bytes = new byte[in.readInt()];
    in.readFully(bytes);
    return bytes;
  }

  private static byte[] over(byte[] value, int at, String text) {
    byte[] ascii = text.getBytes(StandardCharsets.US_ASCII);
    System.arraycopy(ascii, 0, value, at, ascii.length);
    return value;
  }

  private static byte[] before(byte[] value, int at, String text) {
    byte[] ascii = text.getBytes(StandardCharsets.US_ASCII);
    byte[] longer = Arrays.copyOf(value, value.length + ascii.length);
    System.arraycopy(ascii, 0, longer, at, ascii.length);
    System.arraycopy(value, at, longer, at + ascii.length, value.length - at);
    return longer;
  }

  /// A random one, as objects have them. Nobody must be unable to guess it.
  private static String uid(SplittableRandom random) {
    long high = (random.nextLong() & ~VERSION_BITS) | VERSION_4;
    long low = (random.nextLong() >>> 2) | VARIANT;
    return new UUID(high, low).toString();
  }
}
