package dev.pintle.kube.encode;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
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
      plain.writeBytes(part);
      packed.writeBytes(pieces.piece(part, i == 49));
    }

    byte[] unpacked =
        new GZIPInputStream(new ByteArrayInputStream(packed.toByteArray())).readAllBytes();
    assertThat(unpacked).as("seed %d", seed).isEqualTo(plain.toByteArray());
  }

  @Test
  void aStreamOfNothingIsAStream() throws IOException {
    byte[] packed = new GzipPieces().piece(new byte[0], true);

    assertThat(new GZIPInputStream(new ByteArrayInputStream(packed)).readAllBytes()).isEmpty();
  }
}
