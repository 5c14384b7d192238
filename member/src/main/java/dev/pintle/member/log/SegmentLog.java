package dev.pintle.member.log;

import dev.pintle.kernel.InvariantViolation;
import dev.pintle.member.disk.Disk;
import dev.pintle.member.disk.DiskFile;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.Executor;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/// The log of a member that decides alone: what its disk has, is decided.
///
/// **After a failed write or force of a frame** the segment it went to is *suspect*, and nothing more is ever appended to it. An
/// operating system that could not write pages back tells so once, and then takes them for clean: a second force would succeed
/// without writing them, and a read would still show them. So whether that last frame is on the disk cannot be found out; what
/// was forced before it is, for that was acknowledged by a force of its own. The next append begins a new segment, in a new file,
/// whose header names the index at which it begins and the checksum of the last frame that was acknowledged. Once that file is
/// durable, what lies at that index in the suspect segment counts for nothing, here and at every later opening; the entries that
/// failed are not written there by themselves, because whoever asked was told that their fate is unknown.
///
/// A crash before that leaves the suspect segment as the newest one, perhaps with the whole frame, and the opening decides it. It
/// writes the last frame that it found once more before it forces it, because the pages may be those that were taken for clean.
///
/// One thread appends; others may replay and forget meanwhile.
public final class SegmentLog implements CommitLog {
  private static final System.Logger LOG = System.getLogger(SegmentLog.class.getName());
  private static final String SUFFIX = ".log";

  /// While no new segment can be begun, the newest one grows up to so many times its size.
  private static final int OVERGROWTH_MAX = 4;

  /// The next segment is made once so large a part of this one is written.
  private static final int SPARE_PART = 4;

  private final Disk disk;
  private final LogConfig config;
  private final LongSupplier salts;

  /// Sizes of the segments by their first index; the newest is the one written to.
  private final ConcurrentSkipListMap<Long, Long> segments = new ConcurrentSkipListMap<>();

  private final SpareSegment spare;
  private SegmentWriter writer;
  private volatile long lastIndex;

  /// Whether the newest segment may hold a frame behind the last one that was acknowledged.
  private boolean suspect;

  /// Whether a file of the next segment was made, and may come back after a crash. From then on nothing may be appended to the one
  /// before: an opening would pass over it.
  private boolean nextBegun;

  /// Whether the next append begins a segment whatever the size of this one.
  private volatile boolean wantsNext;

  private SegmentLog(
      Disk disk, LogConfig config, LongSupplier salts, SpareSegment spare, SegmentWriter writer) {
    this.spare = spare;
    this.disk = disk;
    this.config = config;
    this.salts = salts;
    this.writer = writer;
  }

  /// Opens the log in the folder `disk`, checking every byte of it.
  ///
  /// @param salts answers numbers that nobody can guess
  /// @param aside runs what writes ahead of the log
  /// @throws UnreadableFile when something that was acknowledged is damaged
  public static SegmentLog open(Disk disk, LogConfig config, LongSupplier salts, Executor aside)
      throws IOException {
    SpareSegment.clear(disk);
    SpareSegment spare = new SpareSegment(disk, config, aside);
    List<Long> found = segmentsOf(disk);
    dropUnfinished(disk, found);
    if (found.isEmpty()) {
      SegmentHeader header = new SegmentHeader(salts.getAsLong(), 1, 0);
      SegmentLog log =
          new SegmentLog(disk, config, salts, spare, begin(disk, spare, header, config));
      log.segments.put(1L, 0L);
      return log;
    }
    SegmentReader newest = readAll(disk, found, Long.MAX_VALUE, (index, entry) -> {});
    DiskFile file = disk.open(nameOf(found.getLast()));
    SegmentLog log =
        new SegmentLog(disk, config, salts, spare, SegmentWriter.resume(file, newest, config));
    // Who began the newest segment may have ended before its name was durable.
    disk.force();
    for (long first : found) {
      log.segments.put(first, sizeOf(disk, first));
    }
    log.lastIndex = newest.nextIndex() - 1;
    return log;
  }

  /// Makes an empty log whose first entry will be `firstIndex`, in a folder `disk` that holds none; durable when this returns.
  public static void create(Disk disk, LogConfig config, LongSupplier salts, long firstIndex)
      throws IOException {
    if (!segmentsOf(disk).isEmpty()) {
      throw new IOException(disk.describe("") + ": holds a log (expected: none)");
    }
    SegmentHeader header = new SegmentHeader(salts.getAsLong(), firstIndex, 0);
    SpareSegment none = new SpareSegment(disk, config, Runnable::run);
    begin(disk, none, header, config).close();
  }

  /// In a new file always: what an earlier attempt left may have failed to be forced.
  private static SegmentWriter begin(
      Disk disk, SpareSegment spare, SegmentHeader header, LogConfig config) throws IOException {
    String name = nameOf(header.firstIndex());
    disk.delete(name);
    boolean filled = spare.moveTo(name);
    DiskFile file = disk.open(name);
    try {
      SegmentWriter writer =
          filled
              ? SegmentWriter.beginFilled(file, header, config)
              : SegmentWriter.begin(file, header, config);
      disk.force();
      return writer;
    } catch (IOException unfinished) {
      file.close();
      throw unfinished;
    }
  }

  private static String nameOf(long firstIndex) {
    return "%020d%s".formatted(firstIndex, SUFFIX);
  }

  private static List<Long> segmentsOf(Disk disk) throws IOException {
    List<Long> found = new ArrayList<>();
    for (String name : disk.names()) {
      if (name.endsWith(SUFFIX)) {
        found.add(Long.parseLong(name.substring(0, name.length() - SUFFIX.length())));
      }
    }
    return found;
  }

  private static long sizeOf(Disk disk, long firstIndex) throws IOException {
    try (DiskFile file = disk.open(nameOf(firstIndex))) {
      return file.size();
    }
  }

  /// A crash while the newest segment was begun leaves a file without a header, and without anything behind it.
  private static void dropUnfinished(Disk disk, List<Long> found) throws IOException {
    if (found.isEmpty()) {
      return;
    }
    String newest = nameOf(found.getLast());
    try (DiskFile file = disk.open(newest)) {
      SegmentHeader.read(file);
    } catch (UnreadableFile.Corrupt unreadable) {
      try (DiskFile file = disk.open(newest)) {
        byte[] bytes = SegmentReader.contents(file);
        if (!SegmentReader.isZero(bytes, Math.min(bytes.length, SegmentHeader.SIZE_BYTES))) {
          throw unreadable;
        }
      }
      disk.delete(newest);
      disk.force();
      found.removeLast();
    }
  }

  private static SegmentReader readAll(Disk disk, List<Long> found, long from, EntryVisitor visitor)
      throws IOException {
    SegmentReader before = null;
    for (int i = 0; i < found.size(); i++) {
      long end = i + 1 < found.size() ? found.get(i + 1) : Long.MAX_VALUE;
      try (DiskFile file = disk.open(nameOf(found.get(i)))) {
        SegmentReader reader = SegmentReader.open(file);
        requireFollows(file, before, reader.header());
        reader.readFrames(from, end, visitor);
        before = reader;
      }
    }
    if (before == null) {
      throw new InvariantViolation("a log has a segment");
    }
    return before;
  }

  private static void requireFollows(
      DiskFile file, @Nullable SegmentReader before, SegmentHeader header) throws IOException {
    if (before == null) {
      return;
    }
    if (before.nextIndex() < header.firstIndex()) {
      before.requireCleanEnd();
    }
    if (before.nextIndex() != header.firstIndex() || before.chain() != header.chain()) {
      throw new UnreadableFile.Corrupt(
          file.describe(),
          0,
          "begins at index %d (expected: %d, where the segment before ends)"
              .formatted(header.firstIndex(), before.nextIndex()));
    }
  }

  @Override
  public long firstIndex() {
    return segments.firstKey();
  }

  @Override
  public long lastIndex() {
    return lastIndex;
  }

  @Override
  public long readIndex() {
    return lastIndex;
  }

  @Override
  public long append(LogBatch batch) throws IOException {
    makeRoom(batch.sizeBytes());
    suspect = true;
    writer.append(batch, lastIndex + 1);
    suspect = false;
    segments.put(segments.lastKey(), writer.position());
    long last = lastIndex + batch.count();
    lastIndex = last;
    return last;
  }

  @Override
  public void beginFile() {
    wantsNext = true;
  }

  @Override
  public void recover() throws IOException {
    makeRoom(0);
  }

  /// Everything that may fail without a frame being touched.
  private void makeRoom(int bytes) throws IOException {
    try {
      boolean mustGrow = !writer.hasRoom(bytes) && spare.holds(bytes);
      boolean asked = wantsNext && segments.lastKey() <= lastIndex;
      wantsNext = false;
      if (suspect || mustGrow || asked || writer.position() >= config.segmentBytes()) {
        tryBeginNext();
      }
      writer.reserve(bytes);
      if (writer.position() + bytes >= config.segmentBytes() / SPARE_PART) {
        spare.want();
      }
    } catch (IOException nothingBegun) {
      throw new LogUnavailable(nothingBegun);
    }
  }

  /// Begins the next segment. When that fails and leaves nothing behind, the newest one may grow a while longer, unless it is
  /// suspect.
  private void tryBeginNext() throws IOException {
    long first = lastIndex + 1;
    SegmentWriter full = writer;
    SegmentWriter next;
    try {
      next = begin(disk, spare, new SegmentHeader(salts.getAsLong(), first, full.chain()), config);
    } catch (IOException unfinished) {
      nextBegun |= disk.exists(nameOf(first));
      boolean mayGrow = !suspect && full.position() < OVERGROWTH_MAX * config.segmentBytes();
      if (mayGrow && !nextBegun) {
        return;
      }
      throw unfinished;
    }
    writer = next;
    suspect = false;
    nextBegun = false;
    segments.put(first, 0L);
    closeQuietly(full);
  }

  /// All that counts of it was forced.
  private static void closeQuietly(SegmentWriter full) {
    try {
      full.close();
    } catch (IOException e) {
      LOG.log(Level.WARNING, "closing a finished segment: {0}", e.getMessage());
    }
  }

  @Override
  public void replay(long from, EntryVisitor visitor) throws IOException {
    long first = segments.floorKey(Math.max(from, firstIndex()));
    readAll(disk, List.copyOf(segments.tailMap(first, true).keySet()), from, visitor);
  }

  /// Deletes the segments that hold nothing from `index` on; never the newest.
  @Override
  public void forgetBefore(long index) throws IOException {
    boolean any = false;
    while (true) {
      Map.Entry<Long, Long> second = segments.higherEntry(segments.firstKey());
      if (second == null || second.getKey() > index) {
        break;
      }
      disk.delete(nameOf(segments.firstKey()));
      segments.pollFirstEntry();
      any = true;
    }
    if (any) {
      disk.force();
    }
  }

  @Override
  public long sizeBytes() {
    return segments.values().stream().mapToLong(Long::longValue).sum();
  }

  @Override
  public void close() throws IOException {
    try {
      spare.close();
    } finally {
      writer.close();
    }
  }
}
