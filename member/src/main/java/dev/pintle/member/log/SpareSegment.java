package dev.pintle.member.log;

import dev.pintle.member.disk.Disk;
import dev.pintle.member.disk.DiskFile;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.ByteBuffer;
import java.util.concurrent.Executor;
import java.util.concurrent.locks.ReentrantLock;

/// The file of the segment to come, filled with zeros and forced before anybody waits for it.
///
/// A file that grows has its new size made durable by the force of every frame, which takes several times as long as writing over
/// what is there. So while a segment is written, the next one is made beside it, in pieces, so that a frame that is forced meanwhile
/// waits for one of them at most. There is none in a log that is hardly written, and none where the disk has little room.
///
/// One thread wants and takes it; it is made on another.
final class SpareSegment {
  private static final System.Logger LOG = System.getLogger(SpareSegment.class.getName());

  static final String NAME = "spare";

  private static final int PIECE_BYTES = 1 << 20;

  /// What is written ahead of need is not to be what fills the disk.
  private static final int ROOM_TIMES = 16;

  private final Disk disk;
  private final Executor aside;
  private final long sizeBytes;
  private final ReentrantLock making = new ReentrantLock();

  /// Whether one was asked for since the last one was taken. Of the thread that appends.
  private boolean wanted;

  private volatile boolean ready;
  private volatile boolean closed;

  /// @param aside runs what makes the file
  SpareSegment(Disk disk, LogConfig config, Executor aside) {
    this.disk = disk;
    this.aside = aside;
    this.sizeBytes = Frame.aligned(config.segmentBytes() + config.fillBytes());
  }

  /// Removes what the process before left.
  static void clear(Disk disk) throws IOException {
    if (disk.exists(NAME)) {
      disk.delete(NAME);
    }
  }

  /// Has one made, unless there is one, or one was tried for this segment.
  void want() {
    if (!wanted) {
      wanted = true;
      aside.execute(this::make);
    }
  }

  /// Whether there is one in which a frame of `bytes` fits.
  boolean holds(int bytes) {
    return ready && SegmentHeader.SIZE_BYTES + (long) bytes <= sizeBytes;
  }

  /// Gives the file the name of a segment; answers false when there is none.
  boolean moveTo(String name) throws IOException {
    wanted = false;
    if (!ready) {
      return false;
    }
    ready = false;
    disk.rename(NAME, name);
    return true;
  }

  private void make() {
    making.lock();
    try {
      if (!ready && !closed && disk.roomBytes() / ROOM_TIMES >= sizeBytes) {
        ready = fill();
      }
    } catch (IOException e) {
      // The log does without. What keeps files from being written it meets itself, and tells
      // whoever writes.
      LOG.log(Level.DEBUG, "no segment was made ahead: {0}", e.getMessage());
    } finally {
      making.unlock();
    }
  }

  private boolean fill() throws IOException {
    disk.delete(NAME);
    try (DiskFile file = disk.open(NAME)) {
      ByteBuffer zeros = ByteBuffer.allocateDirect((int) Math.min(PIECE_BYTES, sizeBytes));
      for (long at = 0; at < sizeBytes && !closed; at += zeros.limit()) {
        zeros.clear().limit((int) Math.min(zeros.capacity(), sizeBytes - at));
        file.write(zeros, at);
        file.force();
      }
      return !closed;
    } catch (IOException unfinished) {
      disk.delete(NAME);
      throw unfinished;
    }
  }

  /// Waits for what is being made, and removes it.
  void close() throws IOException {
    closed = true;
    making.lock();
    try {
      ready = false;
      clear(disk);
    } finally {
      making.unlock();
    }
  }
}
