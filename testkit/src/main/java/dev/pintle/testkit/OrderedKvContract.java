package dev.pintle.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pintle.kernel.Bytes;
import dev.pintle.kernel.keyspace.OrderedKv;
import dev.pintle.kernel.keyspace.OrderedKv.Batch;
import dev.pintle.kernel.keyspace.OrderedKv.Bucket;
import dev.pintle.kernel.keyspace.OrderedKv.ReadTransaction;
import dev.pintle.kernel.keyspace.OrderedKv.Reader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// The promises of every [OrderedKv], whatever it is made of and however it is opened. [BackendContract] has those of a backend besides.
public abstract class OrderedKvContract {
  private static final HexFormat HEX = HexFormat.of();

  private OrderedKv kv;

  /// A new, empty store.
  protected abstract OrderedKv open();

  @BeforeEach
  void openStore() {
    kv = open();
  }

  @AfterEach
  void closeStore() {
    kv.close();
  }

  @Test
  void anAbsentKeyHasNoValue() {
    assertThat(kv.reader().get(Bucket.META, bytes("nothing"))).isNull();
  }

  @Test
  void aCommittedBatchIsVisibleAtOnce() {
    put(Bucket.META, "a", "1");
    assertThat(text(kv.reader().get(Bucket.META, bytes("a")))).isEqualTo("1");
  }

  @Test
  void aValueInPartsIsReadAsOne() {
    int[] sizes = {0, 1, 100_000, 1_400_000, 5 << 20, 300_000};
    try (Batch batch = kv.beginBatch()) {
      for (int size : sizes) {
        batch.put(Bucket.META, bytes("of " + size), bytes("head"), Bytes.wrap(filled(size)));
      }
      batch.commit();
    }
    for (int size : sizes) {
      byte[] value = kv.reader().get(Bucket.META, bytes("of " + size));
      assertThat(value).as("head and %d bytes", size).hasSize(4 + size).startsWith(bytes("head"));
      assertThat(value).endsWith(filled(size));
    }
  }

  private static byte[] filled(int size) {
    byte[] bytes = new byte[size];
    Arrays.fill(bytes, (byte) size);
    return bytes;
  }

  @Test
  void nothingOfABatchIsVisibleBeforeItsCommit() {
    try (Batch batch = kv.beginBatch()) {
      batch.put(Bucket.META, bytes("a"), bytes("1"));
      assertThat(kv.reader().get(Bucket.META, bytes("a"))).isNull();
    }
    assertThat(kv.reader().get(Bucket.META, bytes("a"))).isNull();
  }

  @Test
  void aBatchReachesAllItsBuckets() {
    try (Batch batch = kv.beginBatch()) {
      for (Bucket bucket : Bucket.values()) {
        batch.put(bucket, bytes("k"), bytes(bucket.name()));
      }
      batch.commit();
    }
    for (Bucket bucket : Bucket.values()) {
      assertThat(text(kv.reader().get(bucket, bytes("k")))).isEqualTo(bucket.name());
    }
  }

  @Test
  void theLastWriteOfABatchWins() {
    try (Batch batch = kv.beginBatch()) {
      batch.put(Bucket.META, bytes("a"), bytes("1"));
      batch.put(Bucket.META, bytes("a"), bytes("2"));
      batch.put(Bucket.META, bytes("b"), bytes("1"));
      batch.delete(Bucket.META, bytes("b"));
      batch.commit();
    }
    assertThat(entries(kv.reader(), Bucket.META, "", null)).containsExactly("a=2");
  }

  @Test
  void aBatchCanBeUsedAgainAfterItsCommit() {
    try (Batch batch = kv.beginBatch()) {
      batch.put(Bucket.META, bytes("a"), bytes("1"));
      batch.commit();
      put(Bucket.META, "a", "2");
      batch.put(Bucket.META, bytes("b"), bytes("1"));
      batch.commit();
    }
    assertThat(entries(kv.reader(), Bucket.META, "", null)).containsExactly("a=2", "b=1");
  }

  @Test
  void aStoreThatDidNotFailRecoversWithoutWritingAgain() {
    put(Bucket.META, "a", "1");
    kv.recover(() -> {
      throw new AssertionError("nothing was lost");
    });
    assertThat(entries(kv.reader(), Bucket.META, "", null)).containsExactly("a=1");
  }

  @Test
  void deletingAnAbsentKeyDoesNothing() {
    put(Bucket.META, "a", "1");
    delete(Bucket.META, "b");
    assertThat(entries(kv.reader(), Bucket.META, "", null)).containsExactly("a=1");
  }

  @Test
  void anEmptyValueIsNotAnAbsentOne() {
    put(Bucket.META, "a", "");
    assertThat(kv.reader().get(Bucket.META, bytes("a"))).isEmpty();
  }

  @Test
  void keysAreOrderedAsUnsignedBytes() {
    for (String key : List.of("ff", "7f", "80", "00", "0000", "7f00")) {
      putRaw(HEX.parseHex(key));
    }
    List<String> seen = new ArrayList<>();
    kv.reader()
        .scan(Bucket.REVISIONS, new byte[0], null, (key, value) -> seen.add(HEX.formatHex(key)));
    assertThat(seen).containsExactly("00", "0000", "7f", "7f00", "80", "ff");
  }

  @Test
  void aScanTakesItsLowerEndAndLeavesItsUpper() {
    for (String key : List.of("a", "b", "c", "d")) {
      put(Bucket.META, key, "");
    }
    assertThat(entries(kv.reader(), Bucket.META, "b", "d")).containsExactly("b=", "c=");
    assertThat(entries(kv.reader(), Bucket.META, "bb", "cc")).containsExactly("c=");
    assertThat(entries(kv.reader(), Bucket.META, "d", "d")).isEmpty();
    assertThat(entries(kv.reader(), Bucket.META, "c", null)).containsExactly("c=", "d=");
  }

  @Test
  void aScanEndsWhenItsVisitorHasEnough() {
    for (String key : List.of("a", "b", "c")) {
      put(Bucket.META, key, "");
    }
    List<String> seen = new ArrayList<>();
    kv.reader()
        .scan(
            Bucket.META,
            new byte[0],
            null,
            (key, value) -> {
              seen.add(text(key));
              return seen.size() < 2;
            });
    assertThat(seen).containsExactly("a", "b");
  }

  @Test
  void aRangeThatEndsBeforeItBeginsIsEmpty() {
    put(Bucket.META, "b", "1");
    assertThat(entries(kv.reader(), Bucket.META, "c", "a")).isEmpty();
    assertThat(entries(kv.reader(), Bucket.META, "z", null)).isEmpty();
  }

  @Test
  void whatAVisitorThrowsReachesTheCallerAndNothingStaysOpen() {
    put(Bucket.META, "a", "1");
    for (int i = 0; i < 50; i++) {
      assertThatThrownBy(() ->
              kv.reader()
                  .scan(
                      Bucket.META,
                      new byte[0],
                      null,
                      (key, value) -> {
                        throw new IllegalStateException("the visitor's own");
                      }))
          .isInstanceOf(IllegalStateException.class)
          .hasMessage("the visitor's own");
    }
    put(Bucket.META, "a", "2");
    assertThat(entries(kv.reader(), Bucket.META, "", null)).containsExactly("a=2");
  }

  @Test
  void theEmptyKeyIsOneAndTheFirst() {
    put(Bucket.META, "", "first");
    put(Bucket.META, "a", "1");
    assertThat(entries(kv.reader(), Bucket.META, "", null)).containsExactly("=first", "a=1");
    delete(Bucket.META, "");
    assertThat(entries(kv.reader(), Bucket.META, "", null)).containsExactly("a=1");
  }

  @Test
  void aKeyOfTheLargestSizeIsKept() {
    byte[] key = filled(64);
    try (Batch batch = kv.beginBatch()) {
      batch.put(Bucket.REVISIONS, key, bytes("1"));
      batch.commit();
    }
    assertThat(text(kv.reader().get(Bucket.REVISIONS, key))).isEqualTo("1");
  }

  @Test
  void aLargeBatchIsOne() {
    int writes = 50_000;
    try (Batch batch = kv.beginBatch()) {
      for (int i = 0; i < writes; i++) {
        batch.put(Bucket.REVISIONS, bytes("%08d".formatted(i)), bytes(Integer.toString(i)));
      }
      batch.commit();
    }
    int[] count = {0};
    kv.reader()
        .scan(
            Bucket.REVISIONS,
            new byte[0],
            null,
            (key, value) -> {
              assertThat(text(value)).isEqualTo(Integer.toString(count[0]));
              count[0]++;
              return true;
            });
    assertThat(count[0]).isEqualTo(writes);
  }

  @Test
  void manyReadTransactionsStayEachAtItsOwnMoment() {
    List<ReadTransaction> moments = new ArrayList<>();
    for (int i = 0; i < 30; i++) {
      put(Bucket.META, "a", Integer.toString(i));
      moments.add(kv.beginRead());
    }
    kv.flush();
    for (int i = 0; i < 30; i++) {
      assertThat(text(moments.get(i).get(Bucket.META, bytes("a")))).isEqualTo(Integer.toString(i));
      moments.get(i).close();
      moments.get(i).close();
    }
  }

  @Test
  void aReadTransactionStaysAtItsMoment() {
    put(Bucket.META, "a", "1");
    put(Bucket.META, "b", "1");
    try (ReadTransaction before = kv.beginRead()) {
      put(Bucket.META, "a", "2");
      delete(Bucket.META, "b");
      put(Bucket.META, "c", "1");
      assertThat(entries(before, Bucket.META, "", null)).containsExactly("a=1", "b=1");
      assertThat(text(before.get(Bucket.META, bytes("b")))).isEqualTo("1");
      assertThat(before.get(Bucket.META, bytes("c"))).isNull();
    }
    assertThat(entries(kv.reader(), Bucket.META, "", null)).containsExactly("a=2", "c=1");
  }

  @Test
  void aReaderOpenedBeforeSeesEveryNewBatch() {
    Reader reader = kv.reader();
    put(Bucket.META, "a", "1");
    assertThat(text(reader.get(Bucket.META, bytes("a")))).isEqualTo("1");
  }

  @Test
  void twoOpenBatchesBothArrive() {
    try (Batch first = kv.beginBatch();
        Batch second = kv.beginBatch()) {
      first.put(Bucket.META, bytes("a"), bytes("1"));
      second.put(Bucket.META, bytes("b"), bytes("2"));
      second.commit();
      first.commit();
    }
    assertThat(entries(kv.reader(), Bucket.META, "", null)).containsExactly("a=1", "b=2");
  }

  @Test
  void theSizeGrowsWithWhatIsKept() {
    long before = kv.size().bytesTotal();
    try (Batch batch = kv.beginBatch()) {
      for (int i = 0; i < 100; i++) {
        batch.put(Bucket.REVISIONS, bytes("key-%03d".formatted(i)), new byte[1000]);
      }
      batch.commit();
    }
    assertThat(kv.size().bytesTotal()).isGreaterThan(before + 50_000);
    assertThat(kv.size().bytesInUse()).isLessThanOrEqualTo(kv.size().bytesTotal());
  }

  @Test
  void randomBatchesAgreeWithATreeMap() {
    long seed = System.nanoTime();
    SplittableRandom random = new SplittableRandom(seed);
    TreeMap<String, String> model = new TreeMap<>();
    for (int round = 0; round < 300; round++) {
      try (Batch batch = kv.beginBatch()) {
        writeRandomly(random, batch, model);
        batch.commit();
      }
      if (round % 100 == 50) {
        kv.flush();
      }
      String from = key(random);
      String to = random.nextInt(5) == 0 ? null : from + "5";
      Map<String, String> expected =
          to == null ? model.tailMap(from, true) : model.subMap(from, true, to, false);
      assertThat(entries(kv.reader(), Bucket.REVISIONS, from, to))
          .as("seed %d round %d", seed, round)
          .isEqualTo(expected.entrySet().stream().map(Map.Entry::toString).toList());
    }
  }

  private static void writeRandomly(
      SplittableRandom random, Batch batch, Map<String, String> model) {
    for (int i = random.nextInt(60); i > 0; i--) {
      String key = key(random);
      if (random.nextInt(3) == 0) {
        batch.delete(Bucket.REVISIONS, bytes(key));
        model.remove(key);
      } else {
        String value = "v" + random.nextInt(1000);
        batch.put(Bucket.REVISIONS, bytes(key), bytes(value));
        model.put(key, value);
      }
    }
  }

  private static String key(SplittableRandom random) {
    return Integer.toString(random.nextInt(5000));
  }

  private void put(Bucket bucket, String key, String value) {
    try (Batch batch = kv.beginBatch()) {
      batch.put(bucket, bytes(key), bytes(value));
      batch.commit();
    }
  }

  private void putRaw(byte[] key) {
    try (Batch batch = kv.beginBatch()) {
      batch.put(Bucket.REVISIONS, key, new byte[0]);
      batch.commit();
    }
  }

  private void delete(Bucket bucket, String key) {
    try (Batch batch = kv.beginBatch()) {
      batch.delete(bucket, bytes(key));
      batch.commit();
    }
  }

  /// The entries of a range, each as `KEY=VALUE`, read as text.
  public static List<String> entries(
      Reader reader, Bucket bucket, String from, @Nullable String to) {
    List<String> seen = new ArrayList<>();
    reader.scan(
        bucket,
        bytes(from),
        to == null ? null : bytes(to),
        (key, value) -> seen.add(text(key) + "=" + text(value)));
    return seen;
  }

  /// The text in UTF-8.
  public static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  static String text(byte @Nullable [] bytes) {
    return bytes == null ? "(absent)" : new String(bytes, StandardCharsets.UTF_8);
  }
}
