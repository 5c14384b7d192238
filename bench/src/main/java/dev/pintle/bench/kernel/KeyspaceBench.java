package dev.pintle.bench.kernel;

import dev.pintle.kernel.Bytes;
import dev.pintle.kernel.command.Command;
import dev.pintle.kernel.command.Command.Compare;
import dev.pintle.kernel.command.Command.Relation;
import dev.pintle.kernel.command.Command.Target;
import dev.pintle.kernel.keyspace.KeyRange;
import dev.pintle.kernel.keyspace.KeyValue;
import dev.pintle.kernel.keyspace.OrderedKv;
import dev.pintle.kernel.keyspace.RangeRequest;
import dev.pintle.kernel.keyspace.RangeRequest.Content;
import dev.pintle.kernel.keyspace.RecordReader;
import dev.pintle.kernel.state.AppliedCommand;
import dev.pintle.kernel.state.Keyspace;
import dev.pintle.kernel.state.ReadOutcome;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/// Storage costs nothing here: writes are forgotten, and every record is the same one.
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(
    value = 1,
    jvmArgsAppend = {"-Xmx2g", "-XX:+UseCompactObjectHeaders"})
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
public class KeyspaceBench {
  private static final int COMMANDS_PER_BATCH = 64;
  private static final int VALUE_BYTES = 256;

  /// So many old versions are let gather before they are compacted away.
  private static final int COMPACT_EVERY = 100_000;

  @Param({"10000", "1000000"})
  int keys;

  private final SplittableRandom random = new SplittableRandom(1);
  private final Nothing nothing = new Nothing();
  private final Bytes value = Bytes.wrap(new byte[VALUE_BYTES]);
  private final KeyValue record = new KeyValue(Bytes.utf8("k"), 2, 2, 1, 0, value);
  private final RecordReader records = (main, sub) -> record;
  private final Keyspace keyspace = Keyspace.open(nothing);
  private Bytes[] names = {};
  private long index;

  private static final class Nothing implements OrderedKv.Reader, OrderedKv.Writer {
    @Override
    public byte @Nullable [] get(OrderedKv.Bucket bucket, byte[] key) {
      return null;
    }

    @Override
    public void scan(
        OrderedKv.Bucket bucket, byte[] from, byte @Nullable [] to, OrderedKv.Visitor visitor) {}

    @Override
    public void put(OrderedKv.Bucket bucket, byte[] key, byte[] value) {}

    @Override
    public void delete(OrderedKv.Bucket bucket, byte[] key) {}
  }

  @Setup
  public void fill() {
    names = new Bytes[keys];
    for (int i = 0; i < keys; i++) {
      names[i] = Bytes.utf8("/registry/pods/namespace-%03d/pod-%07d".formatted(i % 100, i));
      apply(Command.Put.of(names[i], value));
    }
  }

  private AppliedCommand apply(Command command) {
    AppliedCommand applied = keyspace.apply(++index, command, records, nothing);
    if (index % COMPACT_EVERY == 0) {
      keyspace.apply(++index, new Command.Compact(keyspace.root().revision()), records, nothing);
    }
    if (index % COMMANDS_PER_BATCH == 0) {
      if (keyspace.isCompacting()) {
        keyspace.compactionStep(1000, nothing);
      }
      keyspace.seal(nothing);
      keyspace.publish();
    }
    return applied;
  }

  private Bytes anyName() {
    return names[random.nextInt(names.length)];
  }

  @Benchmark
  public AppliedCommand put() {
    return apply(Command.Put.of(anyName(), value));
  }

  /// The update of a Kubernetes object.
  @Benchmark
  public AppliedCommand swap() {
    Bytes name = anyName();
    Compare guard = new Compare(KeyRange.point(name), Target.MOD, Relation.GREATER, 0, Bytes.EMPTY);
    return apply(
        new Command.Txn(
            List.of(guard),
            List.of(Command.Put.of(name, value)),
            List.of(new Command.Range(RangeRequest.of(KeyRange.point(name))))));
  }

  @Benchmark
  public ReadOutcome get() {
    return keyspace.root().range(RangeRequest.of(KeyRange.point(anyName())), records);
  }

  @Benchmark
  public ReadOutcome first500() {
    return keyspace.root().range(RangeRequest.of(KeyRange.ALL).limitedTo(500), records);
  }

  @Benchmark
  public ReadOutcome count() {
    RangeRequest all = RangeRequest.of(KeyRange.fromKey(anyName()));
    return keyspace.root().range(all.withContent(Content.COUNT_ONLY), records);
  }
}
