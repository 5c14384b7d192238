package dev.pintle.kernel.index;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pintle.kernel.codec.ByteReader;
import dev.pintle.kernel.codec.ByteWriter;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/// The cost of a key in memory beside its own bytes, counting the header of its array as ours.
final class IndexMemoryTest {
  private static final int KEYS = 1_000_000;
  private static final int BYTES_PER_KEY_MAX = 100;
  private static final int ARRAY_HEADER_BYTES = 16;

  @Test
  void aMillionKeysCostAtMostAHundredBytesEachAndComeBackFromTheirImage() {
    byte[][] keys = new byte[KEYS][];
    for (int i = 0; i < KEYS; i++) {
      int shuffled = (int) (i * 7_919L % KEYS);
      keys[i] =
          "/registry/pods/default/pod-%08d".formatted(shuffled).getBytes(StandardCharsets.UTF_8);
    }
    long before = usedBytes();
    Index index = new Index();
    for (int i = 0; i < KEYS; i++) {
      index.put(keys[i], i + 2, 0, 0);
      if (i % 100 == 0) {
        index.freeze();
      }
    }
    IndexImage image = index.freeze();
    long perKey = (usedBytes() - before) / KEYS + ARRAY_HEADER_BYTES;
    IndexImage again = copied(image);
    System.out.printf("index of %d keys: %d bytes a key beside its own%n", image.size(), perKey);
    assertThat(perKey).isLessThanOrEqualTo(BYTES_PER_KEY_MAX);
    assertThat(again.size()).isEqualTo(KEYS);
    for (int i = 0; i < KEYS; i += 997) {
      assertThat(again.find(keys[i], Long.MAX_VALUE))
          .isEqualTo(image.find(keys[i], Long.MAX_VALUE));
    }
  }

  private static IndexImage copied(IndexImage image) {
    IndexImageWriter writer = new IndexImageWriter(image);
    List<byte[]> pieces = new ArrayList<>();
    while (!writer.isDone()) {
      ByteWriter piece = new ByteWriter(1 << 20);
      writer.writePiece(piece, 1 << 20);
      pieces.add(piece.toByteArray());
    }
    long started = System.nanoTime();
    IndexImageReader reader = new IndexImageReader();
    pieces.forEach(piece -> reader.readPiece(new ByteReader(piece)));
    IndexImage read = reader.finish().freeze();
    System.out.printf(
        "its image: %d bytes, built again in %d ms%n",
        pieces.stream().mapToLong(piece -> piece.length).sum(),
        (System.nanoTime() - started) / 1_000_000);
    return read;
  }

  private static long usedBytes() {
    System.gc();
    Runtime runtime = Runtime.getRuntime();
    return runtime.totalMemory() - runtime.freeMemory();
  }
}
