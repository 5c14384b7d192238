package dev.pintle.bench.storm;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;

/// Any number of durations, of which any share can be asked for. Not for several threads at once.
public final class DurationSamples {
  private static final int FIRST_ROOM = 64;
  private static final double NANOS_PER_MILLI = 1e6;

  private long[] nanos = new long[FIRST_ROOM];
  private int count;
  private boolean sorted;

  public void add(long value) {
    if (count == nanos.length) {
      nanos = Arrays.copyOf(nanos, 2 * count);
    }
    nanos[count++] = value;
    sorted = false;
  }

  public int count() {
    return count;
  }

  /// The smallest duration that at least this share of all does not exceed, ms; 0 when there is none.
  ///
  /// @param share above 0, at most 1
  public double millisAt(double share) {
    if (count == 0) {
      return 0;
    }
    if (!sorted) {
      Arrays.sort(nanos, 0, count);
      sorted = true;
    }
    int rank = (int) Math.ceil(share * count);
    return nanos[Math.clamp(rank - 1L, 0, count - 1)] / NANOS_PER_MILLI;
  }

  void addAll(DurationSamples others) {
    for (int i = 0; i < others.count; i++) {
      add(others.nanos[i]);
    }
  }

  void write(DataOutput out) throws IOException {
    out.writeInt(count);
    for (int i = 0; i < count; i++) {
      out.writeLong(nanos[i]);
    }
  }

  void readMore(DataInput in) throws IOException {
    for (int left = in.readInt(); left > 0; left--) {
      add(in.readLong());
    }
  }
}
