package dev.pintle.bench.storm;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/// The outcome of a burst.
///
/// @param jobs that were created
/// @param jobNanos from the first create to the answer to the last
/// @param complete Jobs that came to their end
/// @param allNanos from the first create to the last status
/// @param figures of the two classes of the burst
public record BurstOutcome(
    int jobs, long jobNanos, int complete, long allNanos, StormFigures figures) {
  void write(DataOutput out) throws IOException {
    out.writeInt(jobs);
    out.writeLong(jobNanos);
    out.writeInt(complete);
    out.writeLong(allNanos);
    figures.write(out);
  }

  static BurstOutcome read(DataInput in) throws IOException {
    return new BurstOutcome(
        in.readInt(), in.readLong(), in.readInt(), in.readLong(), StormFigures.read(in));
  }
}
