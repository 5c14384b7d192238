package dev.pintle.bench.kernel;

import dev.pintle.kernel.flow.FlowRequest;
import dev.pintle.kernel.flow.QueueSet;
import dev.pintle.kernel.flow.Queuing;
import dev.pintle.kernel.flow.Rejection;
import dev.pintle.kernel.flow.WorkEstimate;
import java.util.ArrayDeque;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/// The cost of one request at a priority level: one that is full of requests that wait, and one that is idle.
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(
    value = 1,
    jvmArgsAppend = {"-Xmx1g", "-XX:+UseCompactObjectHeaders"})
@Warmup(iterations = 5, time = 2)
@Measurement(iterations = 5, time = 2)
public class FairQueuingBench {
  private static final int REQUESTS = 100_000;
  private static final int FLOWS = 1_000;
  private static final int SEATS = 245;
  private static final int HAND_SIZE = 6;
  private static final long PATIENCE_NANOS = 60_000_000_000L;

  /// Between two events.
  private static final long STEP_NANOS = 1_000;

  /// The requests that a level executes, the one first that was dispatched first.
  static final class Executing implements QueueSet.Decisions {
    final ArrayDeque<FlowRequest> requests = new ArrayDeque<>();

    @Override
    public void dispatched(FlowRequest request) {
      requests.add(request);
    }

    @Override
    public void timedOut(FlowRequest request) {
      throw new IllegalStateException("a request waited too long");
    }
  }

  private static final class QueuedRequest extends FlowRequest {
    private final long hash;

    QueuedRequest(long hash, long now) {
      super(WorkEstimate.ONE_SEAT, now, PATIENCE_NANOS);
      this.hash = hash;
    }

    @Override
    protected long flowHash() {
      return hash;
    }
  }

  /// A level, and the requests that it executes.
  @State(Scope.Thread)
  public static class Busy {
    @Param({"128", "1024"})
    int queues = 128;

    private final SplittableRandom random = new SplittableRandom(1);
    private final long[] flows = random.longs(FLOWS).toArray();
    final Executing executing = new Executing();
    private long now;
    private QueueSet level = new QueueSet(new Queuing.Reject(), SEATS, executing, 0);

    @Setup
    public void begin() {
      level = level();
    }

    private QueueSet level() {
      return new QueueSet(new Queuing.Wait(queues, HAND_SIZE, REQUESTS), SEATS, executing, now);
    }

    FlowRequest offer() {
      long hash = flows[random.nextInt(FLOWS)];
      now += STEP_NANOS;
      FlowRequest request = new QueuedRequest(hash, now);
      Rejection rejection = level.offer(request, now);
      if (rejection != null) {
        throw new IllegalStateException(rejection.label());
      }
      return request;
    }

    void finish(FlowRequest request) {
      now += STEP_NANOS;
      level.finish(request, now);
    }
  }

  /// A level that is full anew for every measurement.
  @State(Scope.Thread)
  public static class Full extends Busy {
    @Setup(Level.Invocation)
    public void fill() {
      for (int i = 0; i < REQUESTS; i++) {
        FlowRequest request = offer();
        if (request.phase() == FlowRequest.Phase.EXECUTING) {
          executing.dispatched(request);
        }
      }
    }
  }

  /// Finishes requests until none is left; each lets the next be dispatched.
  @Benchmark
  @OperationsPerInvocation(REQUESTS)
  public long dispatchOfMany(Full full) {
    long finished = 0;
    for (FlowRequest next = full.executing.requests.poll();
        next != null;
        next = full.executing.requests.poll()) {
      full.finish(next);
      finished++;
    }
    if (finished != REQUESTS) {
      throw new IllegalStateException(finished + " were dispatched");
    }
    return finished;
  }

  /// A request that has the level to itself, from its offer to its finish.
  @Benchmark
  public FlowRequest offerAndFinishOnAnIdleLevel(Busy idle) {
    FlowRequest request = idle.offer();
    idle.finish(request);
    return request;
  }
}
