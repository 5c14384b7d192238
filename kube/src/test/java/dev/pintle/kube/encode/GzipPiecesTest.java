package dev.pintle.kube.encode;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.SplittableRandom;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;

class GzipPiecesTest {
  @Test
  void thePiecesTogetherAreOneStreamOfWhatWasGiven() throws IOException {
    long seed = System.nanoTime();
    SplittableRandom random = new SplittableRandom(seed);
    GzipPieces pieces = new GzipPieces();
    ByteArrayOutputStream plain = new ByteArrayOutputStream();
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    for (int i = 0; i < 50; i++) {
      byte[] part = new byte[random.nextInt(20_000)];
      random.nextBytes(part);
      int from = random.nextInt(part.length + 1);
      ByteBuffer rest = ByteBuffer.wrap(part, from, part.length - from);
      plain.write(part, from, part.length - from);
      packed.writeBytes(pieces.piece(rest, i == 49).array());
    }

    byte[] unpacked =
        new GZIPInputStream(new ByteArrayInputStream(packed.toByteArray())).readAllBytes();
    assertThat(unpacked).as("seed %d", seed).isEqualTo(plain.toByteArray());
  }

  @Test
  void aStreamOfNothingIsAStream() throws IOException {
    byte[] packed = new GzipPieces().piece(ByteBuffer.allocate(0), true).array();

    assertThat(new GZIPInputStream(new ByteArrayInputStream(packed)).readAllBytes()).isEmpty();
  }
}
