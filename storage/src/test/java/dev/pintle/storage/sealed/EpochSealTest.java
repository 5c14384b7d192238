package dev.pintle.storage.sealed;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pintle.kernel.Bytes;
import dev.pintle.kernel.codec.SealBroken;
import dev.pintle.kernel.keyspace.OrderedKv;
import dev.pintle.kernel.keyspace.OrderedKv.Batch;
import dev.pintle.kernel.keyspace.OrderedKv.Bucket;
import dev.pintle.kernel.keyspace.StorageFailure;
import dev.pintle.storage.memory.MemoryKv;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EpochSealTest {
  private static final byte[] PLACE = {1};
  private static final byte[] TEXT = "a secret that nobody reads".getBytes(StandardCharsets.UTF_8);

  @TempDir private Path folder;

  @Test
  void whatWasSealedOpensThereAndNowhereElse() throws IOException {
    EpochSeal seal = open(1);
    byte[] sealed = seal.seal(TEXT, 0, TEXT.length, PLACE);
    assertThat(sealed).hasSize(TEXT.length + EpochSeal.OVERHEAD_BYTES);
    assertThat(new String(sealed, StandardCharsets.ISO_8859_1)).doesNotContain("secret");
    assertThat(seal.open(sealed, PLACE)).isEqualTo(TEXT);
    assertThatThrownBy(() -> seal.open(sealed, new byte[] {2})).isInstanceOf(SealBroken.class);
    for (int at = 0; at < sealed.length; at++) {
      byte[] changed = sealed.clone();
      changed[at] ^= 1;
      assertThatThrownBy(() -> seal.open(changed, PLACE))
          .as("byte %d changed", at)
          .isInstanceOf(SealBroken.class);
    }
    for (int length = 0; length < sealed.length; length++) {
      byte[] cut = Arrays.copyOf(sealed, length);
      assertThatThrownBy(() -> seal.open(cut, PLACE)).isInstanceOf(SealBroken.class);
    }
  }

  @Test
  void partsAreSealedAsOneAndAPartOfAnArrayToo() throws IOException {
    EpochSeal seal = open(1);
    byte[] head = {9, 8, 7};
    assertThat(seal.open(seal.seal(head, Bytes.wrap(TEXT), PLACE), PLACE))
        .startsWith(head)
        .endsWith(TEXT)
        .hasSize(head.length + TEXT.length);
    assertThat(seal.open(seal.seal(TEXT, 2, 6, PLACE), PLACE))
        .isEqualTo("secret".getBytes(StandardCharsets.UTF_8));
    assertThat(seal.open(seal.seal(TEXT, 0, 0, PLACE), PLACE)).isEmpty();
  }

  @Test
  void nothingIsSealedTwiceAlikeNotEvenFromACopyOfTheFolder() throws IOException {
    Set<String> seen = new HashSet<>();
    byte[] first = null;
    for (int start = 0; start < 5; start++) {
      EpochSeal seal = open(1);
      for (int i = 0; i < 100; i++) {
        assertThat(seen.add(Arrays.toString(seal.seal(TEXT, 0, TEXT.length, PLACE)))).isTrue();
      }
      if (first == null) {
        first = Files.readAllBytes(folder.resolve(SealFile.NAME));
      } else if (start == 3) {
        // As a backup that is brought back: the same numbers of epochs and counters come again.
        Files.write(folder.resolve(SealFile.NAME), first);
      }
    }
  }

  @Test
  void aLaterStartOpensWhatAnEarlierOneSealed() throws IOException {
    byte[] sealed = open(1).seal(TEXT, 0, TEXT.length, PLACE);
    assertThat(open(1).open(sealed, PLACE)).isEqualTo(TEXT);
    assertThat(open(2, 1).open(sealed, PLACE)).isEqualTo(TEXT);
  }

  @Test
  void aKeyThatIsMissingIsRefusedAndChangesNothing() throws IOException {
    open(1);
    byte[] before = Files.readAllBytes(folder.resolve(SealFile.NAME));
    assertThatThrownBy(() -> open(2))
        .isInstanceOf(MissingKey.class)
        .hasMessageContaining(folder.toString())
        .hasMessageContaining("nothing was changed");
    assertThat(Files.readAllBytes(folder.resolve(SealFile.NAME))).isEqualTo(before);
    open(1);
  }

  @Test
  void aRotationLeavesNothingThatTheEarlierKeySealed() throws IOException {
    MemoryKv raw = new MemoryKv();
    try (SealedKv kv = new SealedKv(raw, open(1), "store")) {
      put(kv, 1000, 1);
    }
    EpochSeal later = open(2, 1);
    SealedKv kv = new SealedKv(raw, later, "store");
    put(kv, 10, 2);
    assertThat(later.hasStale()).isTrue();
    for (Bucket bucket : Bucket.values()) {
      byte[] from = new byte[0];
      while (from != null) {
        from = kv.sealAnew(bucket, from, 1000);
      }
    }
    assertThat(kv.sealedAnew()).isEqualTo(990);
    later.forgetStale();
    assertThat(later.hasStale()).isFalse();
    SealedKv newest = new SealedKv(raw, open(2), "store");
    for (int i = 0; i < 1000; i++) {
      assertThat(newest.reader().get(Bucket.REVISIONS, key(i)))
          .isEqualTo(new byte[] {(byte) (i < 10 ? 2 : 1), (byte) i});
    }
  }

  @Test
  void aValueThatWasMovedOrChangedIsCorrupt() throws IOException {
    MemoryKv raw = new MemoryKv();
    SealedKv kv = new SealedKv(raw, open(1), "store");
    put(kv, 2, 1);
    byte[] other = requireNonNull(raw.reader().get(Bucket.REVISIONS, key(1)));
    try (Batch batch = raw.beginBatch()) {
      batch.put(Bucket.REVISIONS, key(0), other);
      batch.commit();
    }
    assertThatThrownBy(() -> kv.reader().get(Bucket.REVISIONS, key(0)))
        .isInstanceOfSatisfying(
            StorageFailure.class,
            failure -> assertThat(failure.kind()).isEqualTo(StorageFailure.Kind.CORRUPT));
    assertThatThrownBy(
            () -> kv.reader().scan(Bucket.REVISIONS, new byte[0], null, (key, value) -> true))
        .isInstanceOf(StorageFailure.class);
  }

  @Test
  void aFileOfKeysIsReadByTheLineAndItsFaultsAreNamedWithoutTheKey() throws IOException {
    Path file = folder.resolve("keys");
    Files.writeString(file, "# ours\n\n" + text(1) + "\n  " + text(2) + "  \n");
    assertThat(KeyFile.read(file).first().id()).isEqualTo(new MasterKey(bytes(1)).id());
    Files.writeString(file, "# none\n");
    assertThatThrownBy(() -> KeyFile.read(file)).hasMessageContaining("holds no key");
    Files.writeString(file, text(1) + "\nc2VjcmV0\n");
    assertThatThrownBy(() -> KeyFile.read(file))
        .hasMessageContaining("line 2")
        .hasMessageNotContaining("c2VjcmV0");
  }

  private EpochSeal open(int... keys) throws IOException {
    StringBuilder lines = new StringBuilder();
    for (int key : keys) {
      lines.append(text(key)).append('\n');
    }
    Path file = folder.resolve("keys");
    Files.writeString(file, lines);
    return EpochSeal.open(folder, KeyFile.read(file));
  }

  private static byte[] bytes(int number) {
    byte[] key = new byte[32];
    key[0] = (byte) number;
    return key;
  }

  private static String text(int number) {
    return Base64.getEncoder().encodeToString(bytes(number));
  }

  private static byte[] key(int number) {
    return "%04d".formatted(number).getBytes(StandardCharsets.UTF_8);
  }

  private static void put(OrderedKv kv, int count, int value) {
    try (Batch batch = kv.beginBatch()) {
      for (int i = 0; i < count; i++) {
        batch.put(Bucket.REVISIONS, key(i), new byte[] {(byte) value, (byte) i});
      }
      batch.commit();
    }
  }
}
