package dev.pintle.bbolt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class BboltWriterTest {
  private static final byte[] NAME = "a bucket".getBytes(StandardCharsets.US_ASCII);

  @TempDir Path folder;

  @Test
  void whatIsWrittenIsReadBack() throws IOException {
    for (long seed = 0; seed < 40; seed++) {
      Model written = Model.random(new SplittableRandom(seed));
      assertThat(readBack(written).sameAs(written)).as("seed %d", seed).isTrue();
    }
  }

  private Model readBack(Model written) throws IOException {
    Path path = Files.write(folder.resolve("db"), written.file());
    try (BboltFile file = BboltFile.open(path)) {
      assertThat(file.bytes()).isEqualTo(Files.size(path));
      return Model.read(file.root());
    }
  }

  @Test
  void aBucketOfManyKeysHasBranchesAboveBranches() throws IOException {
    Model root = Model.empty();
    Model bucket = Model.empty();
    for (int i = 0; i < 200_000; i++) {
      byte[] key = "%024d".formatted(i).getBytes(StandardCharsets.US_ASCII);
      bucket.entries().put(key, key);
    }
    root.buckets().put(NAME, bucket);
    assertThat(readBack(root).sameAs(root)).isTrue();
  }

  @Test
  void aValueOfMegabytesTakesPagesOfItsOwn() throws IOException {
    Model root = Model.empty();
    Model bucket = Model.empty();
    bucket.entries().put(new byte[] {1}, new byte[3]);
    bucket.entries().put(new byte[] {2}, new byte[5_000_000]);
    bucket.entries().put(new byte[] {3}, new byte[4096]);
    bucket.entries().put(new byte[] {4}, new byte[0]);
    root.buckets().put(NAME, bucket);
    assertThat(readBack(root).sameAs(root)).isTrue();
  }

  @Test
  void anEmptyFileHasFourPages() throws IOException {
    assertThat(Model.empty().file()).hasSize(4 * 4096);
    assertThat(readBack(Model.empty()).sameAs(Model.empty())).isTrue();
  }

  @Test
  void keysThatDoNotRiseAreRefused() {
    BucketContent twice =
        to -> {
          to.put(new byte[] {7}, new byte[0]);
          to.put(new byte[] {7}, new byte[0]);
        };
    assertThatThrownBy(() -> BboltWriter.measure(to -> to.bucket(NAME, twice)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("rising keys");
  }

  @Test
  void keysOfNoBytesAndOfTooManyAreRefused() {
    for (int bytes : new int[] {0, 32_769}) {
      assertThatThrownBy(() -> BboltWriter.measure(to -> to.put(new byte[bytes], new byte[0])))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("1 to 32768");
    }
  }

  @Test
  void contentThatChangedAfterItWasMeasuredIsNoticed() throws IOException {
    int[] entries = {1};
    BboltWriter writer =
        BboltWriter.measure(to -> {
          for (int i = 0; i < entries[0]; i++) {
            to.put(new byte[] {(byte) i}, new byte[3000]);
          }
        });
    entries[0] = 20;
    assertThatThrownBy(() -> writer.write((source, from, count) -> {}))
        .isInstanceOf(IllegalStateException.class);
  }
}
