package dev.pintle.bench.storm;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.time.Duration;

/// The size of a storm.
///
/// @param jobs of the burst that is measured
/// @param warmUpJobs of one before, so that the server's compiler has seen it all
/// @param creators clients that create Jobs
/// @param followers Jobs whose pods are written for at the same time
/// @param nodes that send heartbeats, each over a connection of its own
/// @param electors leaders, and as many who would like to be
/// @param people who look at things
/// @param beat how often a node renews its lease
/// @param watch how long an informer watches before it begins anew
/// @param calm the pause between the two bursts
public record StormScale(
    int jobs,
    int warmUpJobs,
    int creators,
    int followers,
    int nodes,
    int electors,
    int people,
    Duration beat,
    Duration watch,
    Duration calm) {
  public static final StormScale FULL =
      new StormScale(
          10_000,
          2_000,
          200,
          50,
          500,
          20,
          3,
          Duration.ofSeconds(10),
          Duration.ofSeconds(15),
          Duration.ofSeconds(5));

  /// For a look at whether everything works.
  public static final StormScale QUICK =
      new StormScale(
          500,
          200,
          200,
          50,
          100,
          20,
          3,
          Duration.ofSeconds(2),
          Duration.ofSeconds(3),
          Duration.ofSeconds(1));

  /// For a test.
  public static final StormScale TINY =
      new StormScale(
          40,
          10,
          8,
          4,
          8,
          4,
          1,
          Duration.ofMillis(500),
          Duration.ofSeconds(1),
          Duration.ofMillis(500));

  /// As many of the Jobs as `share` says.
  public StormScale withShare(double share) {
    return new StormScale(
        (int) Math.max(1, Math.round(jobs * share)),
        (int) Math.max(1, Math.round(warmUpJobs * share)),
        creators,
        followers,
        nodes,
        electors,
        people,
        beat,
        watch,
        calm);
  }

  void write(DataOutput out) throws IOException {
    for (int number : new int[] {jobs, warmUpJobs, creators, followers, nodes, electors, people}) {
      out.writeInt(number);
    }
    for (Duration time : new Duration[] {beat, watch, calm}) {
      out.writeLong(time.toMillis());
    }
  }

  static StormScale read(DataInput in) throws IOException {
    return new StormScale(
        in.readInt(),
        in.readInt(),
        in.readInt(),
        in.readInt(),
        in.readInt(),
        in.readInt(),
        in.readInt(),
        Duration.ofMillis(in.readLong()),
        Duration.ofMillis(in.readLong()),
        Duration.ofMillis(in.readLong()));
  }
}
