package dev.pintle.member.disk;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.BitSet;
import java.util.SplittableRandom;

/// A file in memory that knows which of its bytes were forced. Like an operating system it takes what it failed to force for
/// clean: it is read as it was written, and only writing it again makes the next force cover it.
final class SimulatedFile implements DiskFile {
  /// What a disk writes whole or not at all.
  private static final int SECTOR_BYTES = 512;

  private final SimulatedDisk disk;
  private String name;
  private byte[] forced = new byte[0];
  private byte[] current = new byte[0];
  private boolean open;

  /// Sectors written since the last force, whether that succeeded or not.
  private final BitSet dirty = new BitSet();

  SimulatedFile(SimulatedDisk disk, String name) {
    this.disk = disk;
    this.name = name;
  }

  void rename(String newName) {
    name = newName;
  }

  SimulatedFile opened() {
    open = true;
    return this;
  }

  /// The file after a loss of power: each sector that differs from what was forced is the old one or the new one.
  SimulatedFile crashed(SplittableRandom random) {
    SimulatedFile after = new SimulatedFile(disk, name);
    int size = random.nextBoolean() ? current.length : forced.length;
    byte[] bytes = new byte[size];
    for (int at = 0; at < size; at += SECTOR_BYTES) {
      byte[] source = random.nextBoolean() ? current : forced;
      int end = Math.min(source.length, Math.min(size, at + SECTOR_BYTES));
      if (end > at) {
        System.arraycopy(source, at, bytes, at, end - at);
      }
    }
    keepForced(bytes, size);
    after.current = bytes;
    after.forced = bytes.clone();
    open = false;
    return after;
  }

  /// Bytes that were forced and never written again are there for certain.
  private void keepForced(byte[] bytes, int size) {
    int common = Math.min(size, Math.min(forced.length, current.length));
    for (int i = 0; i < common; i++) {
      if (forced[i] == current[i]) {
        bytes[i] = forced[i];
      }
    }
  }

  void damage(int position) {
    current[position] ^= 1;
    if (position < forced.length) {
      forced[position] ^= 1;
    }
  }

  byte[] contents() {
    return current.clone();
  }

  @Override
  public String describe() {
    return disk.describe(name);
  }

  @Override
  public long size() {
    return current.length;
  }

  @Override
  public int read(ByteBuffer target, long position) throws IOException {
    requireOpen();
    int count = (int) Math.max(0, Math.min(target.remaining(), current.length - position));
    if (count > 0) {
      target.put(current, Math.toIntExact(position), count);
    }
    return count;
  }

  @Override
  public void write(ByteBuffer source, long position) throws IOException {
    requireOpen();
    disk.spend(name, source.remaining());
    int end = Math.toIntExact(position + source.remaining());
    dirty.set(sector(Math.min(position, current.length)), sector(end + SECTOR_BYTES - 1));
    if (end > current.length) {
      current = Arrays.copyOf(current, end);
    }
    source.get(current, Math.toIntExact(position), source.remaining());
  }

  @Override
  public void truncate(long size) throws IOException {
    requireOpen();
    if (size < current.length) {
      current = Arrays.copyOf(current, Math.toIntExact(size));
    }
  }

  @Override
  public void force() throws IOException {
    requireOpen();
    BitSet asked = (BitSet) dirty.clone();
    dirty.clear();
    disk.spend(name, 0);
    forced = Arrays.copyOf(forced, current.length);
    for (int at = asked.nextSetBit(0); at >= 0; at = asked.nextSetBit(at + 1)) {
      int from = at * SECTOR_BYTES;
      int end = Math.min(current.length, from + SECTOR_BYTES);
      if (end > from) {
        System.arraycopy(current, from, forced, from, end - from);
      }
    }
  }

  private static int sector(long position) {
    return Math.toIntExact(position / SECTOR_BYTES);
  }

  private void requireOpen() throws IOException {
    if (!open) {
      throw new IOException("%s: opened before the crash".formatted(describe()));
    }
  }

  @Override
  public void close() {}
}
