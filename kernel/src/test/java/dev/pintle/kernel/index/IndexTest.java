package dev.pintle.kernel.index;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pintle.kernel.Bytes;
import dev.pintle.kernel.keyspace.KeyRange;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class IndexTest {
  private static final int WRITES = 6_000;

  /// The keys alive after each revision, and the revision that wrote each.
  private final List<TreeMap<Bytes, Long>> states = new ArrayList<>(List.of(new TreeMap<>()));

  /// The key that each revision wrote or deleted; none made revision 0.
  private final List<Bytes> writes = new ArrayList<>(List.of(Bytes.EMPTY));

  private final Index index = new Index();

  @ParameterizedTest
  @ValueSource(ints = {10, 300, 4_000})
  void countsRanksAndWalksAgreeWithATreeMap(int keys) {
    SplittableRandom random = new SplittableRandom(keys);
    List<IndexImage> images = new ArrayList<>(List.of(index.freeze()));
    for (int i = 0; i < WRITES; i++) {
      write(random, keys);
      if (i % 50 == 0) {
        images.add(index.freeze());
        compare(images.getLast(), random, keys, states.size() - 1);
      }
    }
    assertThat(images.getFirst().size()).isZero();
    compare(images.getLast(), random, keys, random.nextInt(states.size()));
  }

  @ParameterizedTest
  @ValueSource(ints = {10, 300, 4_000})
  void compactingLeafByLeafChangesNoAnswerThatIsStillAllowed(int keys) {
    SplittableRandom random = new SplittableRandom(keys);
    for (int i = 0; i < WRITES; i++) {
      write(random, keys);
      if (i % 1_000 == 999) {
        int revision = states.size() - 1 - random.nextInt(500);
        compactAt(revision);
        for (int j = 0; j < 20; j++) {
          int at = revision + random.nextInt(states.size() - revision);
          compare(index.freeze(), random, keys, at);
        }
      }
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {10, 300, 4_000})
  void whatChangedSinceARevisionIsFoundWithItsDeletions(int keys) {
    SplittableRandom random = new SplittableRandom(keys);
    for (int i = 0; i < WRITES; i++) {
      write(random, keys);
      if (i % 100 == 0) {
        Bytes from = key(random.nextInt(keys));
        KeyRange range =
            new KeyRange(from, random.nextInt(4) == 0 ? null : key(random.nextInt(keys)));
        int since = random.nextInt(writes.size());
        TreeSet<Bytes> expected = new TreeSet<>(writes.subList(since + 1, writes.size()));
        expected.removeIf(key -> !range.contains(key));
        List<Bytes> found = new ArrayList<>();
        index.freeze().visitNewer(range, since, key -> found.add(Bytes.wrap(key)));
        assertThat(found).containsExactlyElementsOf(expected);
      }
    }
  }

  @Test
  void anIndexOfDeletedKeysIsEmptyAfterCompaction() {
    for (int i = 0; i < 2_000; i++) {
      index.put(key(i).array(), 2 * i + 1, 0, 0);
      index.delete(key(i).array(), 2 * i + 2, 0);
    }
    index.put(key(7).array(), 5_000, 0, 0);
    index.delete(key(7).array(), 5_001, 0);
    compactAt(5_002);
    assertThat(index.freeze().root.width()).isZero();
  }

  private void write(SplittableRandom random, int keys) {
    TreeMap<Bytes, Long> state = new TreeMap<>(states.getLast());
    Bytes key = key(random.nextInt(keys));
    long revision = states.size();
    if (state.containsKey(key) && random.nextInt(3) == 0) {
      index.delete(key.array(), revision, 0);
      state.remove(key);
    } else {
      index.put(key.array(), revision, 0, revision % 5 == 0 ? 9 : 0);
      state.put(key, revision);
    }
    states.add(state);
    writes.add(key);
    if (states.size() > 1_500) {
      states.set(states.size() - 1_500, new TreeMap<>());
    }
  }

  private static Bytes key(int number) {
    return Bytes.utf8("/registry/%05d".formatted(number * 7_919 % 100_000));
  }

  private void compactAt(int revision) {
    for (byte[] next = new byte[0]; next != null; ) {
      next = index.compactLeaf(next, revision, (main, sub) -> {});
    }
  }

  private void compare(IndexImage image, SplittableRandom random, int keys, int revision) {
    if (states.size() - revision >= 1_400) {
      return;
    }
    Map<Bytes, Long> state = states.get(revision);
    Bytes from = key(random.nextInt(keys));
    Bytes to = random.nextInt(4) == 0 ? null : key(random.nextInt(keys));
    KeyRange range = new KeyRange(from, to);
    List<Long> expected = new ArrayList<>();
    state.forEach((key, modified) -> {
      if (range.contains(key)) {
        expected.add(modified);
      }
    });
    List<Long> walked = new ArrayList<>();
    IndexCursor cursor = image.cursor(range, revision);
    while (cursor.next()) {
      walked.add(cursor.version().modified());
      assertThat(range.contains(Bytes.wrap(cursor.key()))).isTrue();
    }
    assertThat(walked).isEqualTo(expected);
    assertThat(image.countAt(range, revision)).isEqualTo(expected.size());
    if (revision == states.size() - 1) {
      assertThat(image.count(range)).isEqualTo(expected.size());
      assertThat(image.size()).isEqualTo(state.size());
    }
    KeyVersion found = image.find(from.array(), revision);
    assertThat(found == null ? null : (Long) found.modified()).isEqualTo(state.get(from));
  }
}
