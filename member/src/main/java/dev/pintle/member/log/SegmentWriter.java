package dev.pintle.member.log;

import dev.pintle.member.disk.DiskFile;
import java.io.IOException;
import java.nio.ByteBuffer;

/// The writer of frames at the end of the newest segment.
///
/// The file is filled with zeros ahead of the frames, a stretch at a time: writing over bytes that are there changes
/// nothing about the file but its contents, which makes forcing it a third cheaper, and steadier, than growing it.
final class SegmentWriter implements AutoCloseable {
  private static final int ZEROS_BYTES = 64 << 10;

  private final ByteBuffer zeros = ByteBuffer.allocateDirect(ZEROS_BYTES);
  private final DiskFile file;
  private final SegmentHeader header;
  private final LogConfig config;
  private long position;
  private long filledTo;
  private boolean lackedRoom;
  private int chain;

  private SegmentWriter(DiskFile file, SegmentHeader header, LogConfig config) {
    this.file = file;
    this.header = header;
    this.config = config;
  }

  /// Begins a segment in an empty file; durable when this returns.
  static SegmentWriter begin(DiskFile file, SegmentHeader header, LogConfig config)
      throws IOException {
    SegmentWriter writer = new SegmentWriter(file, header, config);
    file.truncate(0);
    file.write(header.encode(), 0);
    writer.position = SegmentHeader.SIZE_BYTES;
    writer.filledTo = SegmentHeader.SIZE_BYTES;
    writer.chain = header.chain();
    writer.fill(SegmentHeader.SIZE_BYTES + 1);
    file.force();
    return writer;
  }

  /// Begins a segment in a file of zeros that is durable; durable when this returns.
  static SegmentWriter beginFilled(DiskFile file, SegmentHeader header, LogConfig config)
      throws IOException {
    SegmentWriter writer = new SegmentWriter(file, header, config);
    file.write(header.encode(), 0);
    writer.position = SegmentHeader.SIZE_BYTES;
    writer.filledTo = file.size();
    writer.chain = header.chain();
    file.force();
    return writer;
  }

  /// Goes on where `reader` found the end, after cutting off what was torn, and making durable what was not.
  static SegmentWriter resume(DiskFile file, SegmentReader reader, LogConfig config)
      throws IOException {
    SegmentWriter writer = new SegmentWriter(file, reader.header(), config);
    if (reader.requireTornEnd()) {
      file.truncate(reader.position());
    }
    reader.rewriteLast(file);
    file.force();
    writer.position = reader.position();
    writer.filledTo = Math.max(file.size(), reader.position());
    writer.chain = reader.chain();
    return writer;
  }

  long position() {
    return position;
  }

  /// Checksum of the last frame.
  int chain() {
    return chain;
  }

  /// Whether a frame of `bytes` fits without the file growing.
  boolean hasRoom(int bytes) {
    return position + bytes <= filledTo;
  }

  /// Makes room for a frame of `bytes`; when that fails, the frames are as they were. After a failure there has to be room for a whole
  /// stretch again, or a nearly full disk would take one write and refuse the next.
  void reserve(int bytes) throws IOException {
    long needed = position + bytes;
    boolean again = lackedRoom;
    lackedRoom = true;
    fill(again ? needed + config.fillBytes() : needed);
    lackedRoom = false;
  }

  /// Writes `batch`, for which there is room, as one frame and forces it.
  void append(LogBatch batch, long firstIndex) throws IOException {
    int size = batch.sizeBytes();
    int checksum = Frame.seal(batch.frame(), size, header.salt(), firstIndex, batch.count(), chain);
    file.write(ByteBuffer.wrap(batch.frame(), 0, size), position);
    file.force();
    position = Frame.aligned(position + size);
    chain = checksum;
  }

  private void fill(long needed) throws IOException {
    if (needed <= filledTo) {
      return;
    }
    long target = Frame.aligned(needed + config.fillBytes());
    while (filledTo < target) {
      int count = (int) Math.min(ZEROS_BYTES, target - filledTo);
      zeros.clear().limit(count);
      file.write(zeros, filledTo);
      filledTo += count;
    }
  }

  @Override
  public void close() throws IOException {
    file.close();
  }
}
