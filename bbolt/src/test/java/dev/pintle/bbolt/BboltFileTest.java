package dev.pintle.bbolt;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pintle.bbolt.BboltDamage.Kind;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class BboltFileTest {
  private static final int PAGE = 4096;
  private static final int FLIPS = 3000;

  @TempDir Path folder;

  private byte[] whole = new byte[0];

  /// Two metas, a freelist, leaves, a branch, a root.
  @BeforeEach
  void writeSmallFile() throws IOException {
    Model root = Model.empty();
    Model bucket = Model.empty();
    for (int i = 0; i < 40; i++) {
      bucket
          .entries()
          .put("key %03d".formatted(i).getBytes(StandardCharsets.US_ASCII), new byte[900]);
    }
    root.buckets().put(new byte[] {'b'}, bucket);
    Model small = Model.empty();
    small.entries().put(new byte[] {1}, new byte[] {2});
    root.buckets().put(new byte[] {'c'}, small);
    whole = root.file();
  }

  @Test
  void theNewerOfTwoMetasCountsAndTheOlderWhereThatIsDamaged() throws IOException {
    assertThat(damageOf(flipped(PAGE + 20))).isNull();
    assertThat(damageOf(flipped(20))).isNull();
    byte[] both = flipped(20);
    both[PAGE + 20] ^= 1;
    assertThat(damageOf(both)).extracting(BboltDamage::kind).isEqualTo(Kind.OTHER_VERSION);
    byte[] roots = flipped(32);
    roots[PAGE + 32] ^= 1;
    assertThat(damageOf(roots)).extracting(BboltDamage::kind).isEqualTo(Kind.META);
  }

  @Test
  void whatIsNoBboltFileIsToldFromADamagedOne() throws IOException {
    assertThat(damageOf(new byte[0])).extracting(BboltDamage::kind).isEqualTo(Kind.NOT_BBOLT);
    byte[] text = "{\"not\": \"a database\"}".repeat(1000).getBytes(StandardCharsets.US_ASCII);
    assertThat(damageOf(text)).extracting(BboltDamage::kind).isEqualTo(Kind.NOT_BBOLT);
  }

  @Test
  void aFileThatEndsEarlyIsTruncated() throws IOException {
    BboltDamage damage = damageOf(Arrays.copyOf(whole, whole.length - 1));
    assertThat(damage).extracting(BboltDamage::kind).isEqualTo(Kind.TRUNCATED);
    assertThat(damage).hasMessageContaining("cut off");
  }

  @Test
  void bytesBehindTheLastPageDoNotCount() throws IOException {
    assertThat(damageOf(Arrays.copyOf(whole, whole.length + 32))).isNull();
  }

  @Test
  void aDamagedPageIsNamedWithItsKind() throws IOException {
    int leaf = 3 * PAGE;
    byte[] otherId = whole.clone();
    otherId[leaf] = 9;
    BboltDamage damage = damageOf(otherId);
    assertThat(damage).hasMessageContaining("page 3, of kind leaf: calls itself page 9");
    assertThat(damage).extracting(BboltDamage::page).isEqualTo(3L);
    byte[] otherKind = whole.clone();
    otherKind[leaf + 8] = 0x10;
    assertThat(damageOf(otherKind)).hasMessageContaining("page 3, of kind freelist: in a tree");
    byte[] swappedKey = whole.clone();
    int key = indexOf(whole, "key 001");
    swappedKey[key + 6] = '0';
    assertThat(damageOf(swappedKey))
        .hasMessageContaining("page 3, of kind leaf: the key of element 1 is not above");
    byte[] zeroed = whole.clone();
    Arrays.fill(zeroed, leaf, leaf + PAGE, (byte) 0);
    assertThat(damageOf(zeroed)).hasMessageContaining("page 3, of kind unknown");
  }

  @Test
  void aCircleOfPagesEnds() throws IOException {
    byte[] circle = whole.clone();
    int branch = pageOfKind(PageLayout.BRANCH) * PAGE;
    ByteBuffer bytes = ByteBuffer.wrap(circle).order(ByteOrder.LITTLE_ENDIAN);
    bytes.putLong(branch + 16 + 8, branch / PAGE);
    assertThat(damageOf(circle)).hasMessageContaining("more than one page leads to it");
  }

  @Test
  void sizesBeyondThePageAreRefusedBeforeAnythingIsMadeOfTheirSize() throws IOException {
    for (int field : new int[] {4, 8, 12}) {
      byte[] huge = whole.clone();
      ByteBuffer.wrap(huge).order(ByteOrder.LITTLE_ENDIAN).putInt(3 * PAGE + 16 + field, -1);
      assertThat(damageOf(huge)).hasMessageContaining("page 3, of kind leaf: element 0");
    }
    byte[] longer = whole.clone();
    ByteBuffer.wrap(longer).order(ByteOrder.LITTLE_ENDIAN).putInt(3 * PAGE + 12, -2);
    assertThat(damageOf(longer)).hasMessageContaining("goes on for");
  }

  /// Goal: no flipped bit, and no run of chance bytes, makes the reader do anything but read or tell the damage.
  @Test
  void flippedBitsAreReadOrToldAndNothingElse() throws IOException {
    long seed = 22;
    SplittableRandom random = new SplittableRandom(seed);
    int told = 0;
    for (int i = 0; i < FLIPS; i++) {
      byte[] flipped = whole.clone();
      for (int flips = 1 + random.nextInt(4); flips > 0; flips--) {
        // Most bytes are values: half of the flips go to where a page begins.
        int page = random.nextInt(whole.length / PAGE);
        int at = random.nextBoolean() ? random.nextInt(PAGE) : random.nextInt(120);
        flipped[page * PAGE + at] ^= (byte) (1 << random.nextInt(8));
      }
      try {
        told += damageOf(flipped) == null ? 0 : 1;
      } catch (RuntimeException | Error other) {
        throw new AssertionError("seed %d, flip %d".formatted(seed, i), other);
      }
    }
    assertThat(told).isBetween(FLIPS / 10, FLIPS);
  }

  private @Nullable BboltDamage damageOf(byte[] bytes) throws IOException {
    Path path = Files.write(folder.resolve("db"), bytes);
    try (BboltFile file = BboltFile.open(path)) {
      Model.read(file.root());
      return null;
    } catch (BboltDamage damage) {
      return damage;
    }
  }

  private byte[] flipped(int at) {
    byte[] flipped = whole.clone();
    flipped[at] ^= 1;
    return flipped;
  }

  private int pageOfKind(int kind) {
    for (int page = 0; page < whole.length / PAGE; page++) {
      if (whole[page * PAGE + 8] == kind) {
        return page;
      }
    }
    throw new AssertionError("no page of kind " + kind);
  }

  private static int indexOf(byte[] bytes, String text) {
    return new String(bytes, StandardCharsets.ISO_8859_1).indexOf(text);
  }
}
