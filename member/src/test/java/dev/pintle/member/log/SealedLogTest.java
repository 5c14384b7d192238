package dev.pintle.member.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pintle.kernel.codec.Seal;
import dev.pintle.kernel.codec.SealBroken;
import dev.pintle.member.disk.SimulatedDisk;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class SealedLogTest extends CommitLogContract {
  private static final LogConfig SMALL = new LogConfig(4096, 1024);

  /// Turns every bit over, and notes the place in front.
  private static final Seal TURNED =
      new Seal() {
        @Override
        public byte[] seal(byte[] plain, int from, int length, byte[] place) {
          byte[] sealed = new byte[place.length + length];
          System.arraycopy(place, 0, sealed, 0, place.length);
          for (int i = 0; i < length; i++) {
            sealed[place.length + i] = (byte) ~plain[from + i];
          }
          return sealed;
        }

        @Override
        public byte[] open(byte[] sealed, byte[] place) {
          if (sealed.length < place.length
              || !Arrays.equals(sealed, 0, place.length, place, 0, place.length)) {
            throw new SealBroken("is of another place");
          }
          byte[] plain = Arrays.copyOfRange(sealed, place.length, sealed.length);
          for (int i = 0; i < plain.length; i++) {
            plain[i] = (byte) ~plain[i];
          }
          return plain;
        }
      };

  @Override
  CommitLog create() throws IOException {
    return new SealedLog(open(new SimulatedDisk(new SplittableRandom(1))), TURNED);
  }

  private static SegmentLog open(SimulatedDisk disk) throws IOException {
    return SegmentLog.open(disk, SMALL, new SplittableRandom(1)::nextLong, Runnable::run);
  }

  @Test
  void itReplaysFromEveryEntryAndNothingOfItLiesThereInClear() throws IOException {
    SimulatedDisk disk = new SimulatedDisk(new SplittableRandom(1));
    int count = 0;
    try (SealedLog log = new SealedLog(open(disk), TURNED)) {
      for (int batch = 1; batch < 20; batch++) {
        LogBatch entries = new LogBatch();
        for (int i = 0; i < batch; i++) {
          count++;
          entries.add(text(count));
        }
        assertThat(log.append(entries)).isEqualTo(count);
      }
    }
    try (SegmentLog plain = open(disk);
        SealedLog log = new SealedLog(plain, TURNED)) {
      for (int from = 1; from <= count + 1; from++) {
        List<String> expected = new ArrayList<>();
        for (int i = from; i <= count; i++) {
          expected.add(i + ":entry " + i);
        }
        List<String> replayed = new ArrayList<>();
        log.replay(
            from,
            (index, entry) ->
                replayed.add(index + ":" + new String(entry, StandardCharsets.UTF_8)));
        assertThat(replayed).isEqualTo(expected);
      }
      plain.replay(
          1,
          (index, entry) ->
              assertThat(new String(entry, StandardCharsets.ISO_8859_1)).doesNotContain("entry"));
    }
  }

  @Test
  void whatDoesNotOpenIsCorrupt() throws IOException {
    SimulatedDisk disk = new SimulatedDisk(new SplittableRandom(1));
    try (SegmentLog plain = open(disk)) {
      LogBatch entries = new LogBatch();
      entries.add(text(1));
      plain.append(entries);
      assertThatThrownBy(() -> new SealedLog(plain, TURNED).replay(1, (index, entry) -> {}))
          .isInstanceOf(UnreadableFile.Corrupt.class);
    }
  }

  @Test
  void aFileThatIsBegunOnRequestHasAllThatFollows() throws IOException {
    SimulatedDisk disk = new SimulatedDisk(new SplittableRandom(1));
    try (SegmentLog log = open(disk)) {
      append(log);
      append(log);
      log.beginFile();
      log.beginFile();
      append(log);
      append(log);
      log.forgetBefore(4);
      assertThat(log.firstIndex()).isEqualTo(3);
      assertThat(log.lastIndex()).isEqualTo(4);
    }
    try (SegmentLog log = open(disk)) {
      assertThat(log.firstIndex()).isEqualTo(3);
      assertThat(log.lastIndex()).isEqualTo(4);
    }
  }

  @Test
  void aLogCanBeMadeThatGoesOnAtAnyEntry() throws IOException {
    SimulatedDisk disk = new SimulatedDisk(new SplittableRandom(1));
    SegmentLog.create(disk, LogConfig.DEFAULT, new SplittableRandom(1)::nextLong, 42);
    try (SegmentLog log = open(disk)) {
      assertThat(log.firstIndex()).isEqualTo(42);
      assertThat(log.lastIndex()).isEqualTo(41);
      append(log);
      assertThat(log.lastIndex()).isEqualTo(42);
    }
    assertThatThrownBy(
            () -> SegmentLog.create(disk, LogConfig.DEFAULT, new SplittableRandom(1)::nextLong, 1))
        .isInstanceOf(IOException.class);
  }

  private static void append(CommitLog log) throws IOException {
    LogBatch entries = new LogBatch();
    entries.add(text(1));
    log.append(entries);
  }

  private static byte[] text(int number) {
    return ("entry " + number).getBytes(StandardCharsets.UTF_8);
  }
}
