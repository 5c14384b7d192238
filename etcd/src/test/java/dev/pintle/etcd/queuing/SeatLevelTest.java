package dev.pintle.etcd.queuing;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import dev.pintle.etcd.fake.FakeCall;
import dev.pintle.etcd.fake.FakeView;
import dev.pintle.etcd.plan.PlanReader;
import dev.pintle.etcd.plan.QueuedMethod;
import dev.pintle.etcd.proto.PutRequest;
import dev.pintle.wire.GrpcCall;
import dev.pintle.wire.GrpcService.Method;
import dev.pintle.wire.GrpcService.Unary;
import dev.pintle.wire.GrpcStatus;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Several threads at one level: event loops that offer, come round and lose clients, and others that answer.
class SeatLevelTest {
  private static final int SEATS = 3;
  private static final int LOOPS = 4;
  private static final int CALLS = 5000;

  private final ScheduledExecutorService timers = Executors.newSingleThreadScheduledExecutor();
  private final AtomicInteger executing = new AtomicInteger();
  private final AtomicInteger executingMost = new AtomicInteger();
  private final AtomicInteger executed = new AtomicInteger();
  private final Set<String> begun = ConcurrentHashMap.newKeySet();
  private final ConcurrentLinkedQueue<GrpcCall> unanswered = new ConcurrentLinkedQueue<>();

  @AfterEach
  void end() {
    timers.shutdownNow();
  }

  private FairGate gate() {
    String plan =
        """
        {"waitSeconds": 600,
         "levels": [{"name": "l", "seats": %d, "queues": 4, "handSize": 2, "queueLength": 200}],
         "rules": [{"name": "r", "level": "l"}]}
        """
            .formatted(SEATS);
    return new FairGate(
        PlanReader.read(plan.getBytes(StandardCharsets.UTF_8)),
        QueuingClock.of(timers),
        FakeView::new);
  }

  @Test
  void seatsAreNeitherExceededNorLostWhateverThreadsDoAtOnce() throws Exception {
    FairGate gate = gate();
    Unary work =
        (call, message) -> {
          begun.add(message.toString(StandardCharsets.UTF_8));
          executed.incrementAndGet();
          executingMost.accumulateAndGet(executing.incrementAndGet(), Math::max);
          unanswered.add(call);
        };
    Map<String, Method> methods = gate.before(Map.of(QueuedMethod.PUT.path(), work));
    Unary gated = (Unary) Objects.requireNonNull(methods.get(QueuedMethod.PUT.path()));
    AtomicInteger loopsLeft = new AtomicInteger(LOOPS);
    try (var threads = Executors.newThreadPerTaskExecutor(Thread.ofPlatform().factory())) {
      List<Future<List<FakeCall>>> loops = new ArrayList<>();
      for (int i = 0; i < LOOPS; i++) {
        long seed = i;
        loops.add(
            threads.submit(() -> {
              try {
                return loop(gated, seed);
              } finally {
                loopsLeft.decrementAndGet();
              }
            }));
      }
      Future<?> answering =
          threads.submit(() -> {
            while (loopsLeft.get() > 0) {
              answerOne();
            }
          });
      answering.get();
      int replied = 0;
      int refused = 0;
      for (Future<List<FakeCall>> loop : loops) {
        for (FakeCall call : loop.get()) {
          replied += call.isReplied() ? 1 : 0;
          refused += call.status().equals(GrpcStatus.OK) ? 0 : 1;
        }
      }
      assertThat(replied).isEqualTo(executed.get());
      assertThat(replied + refused).isLessThanOrEqualTo(LOOPS * CALLS);
    }
    assertThat(executingMost.get()).isBetween(1, SEATS);
    assertThat(gate.metrics())
        .contains("flow_waiting{level=\"l\"} 0\n", "flow_seats_in_use{level=\"l\"} 0\n");
  }

  private void answerOne() {
    GrpcCall call = unanswered.poll();
    if (call == null) {
      Thread.onSpinWait();
    } else {
      executing.decrementAndGet();
      call.reply(Unpooled.buffer(1));
    }
  }

  private record Open(FakeCall call, ByteString message) {
    boolean isOver() {
      return call.isReplied() || !call.status().equals(GrpcStatus.OK);
    }
  }

  /// An event loop: its calls begin, go on and lose their clients on this thread alone.
  private List<FakeCall> loop(Unary gated, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    List<FakeCall> all = new ArrayList<>();
    List<Open> open = new ArrayList<>();
    while (all.size() < CALLS || !open.isEmpty()) {
      if (all.size() < CALLS && open.size() < 100) {
        ByteString key = ByteString.copyFromUtf8("%d/%d".formatted(seed, all.size()));
        Open next =
            new Open(new FakeCall(), PutRequest.newBuilder().setKey(key).build().toByteString());
        all.add(next.call);
        open.add(next);
        gated.call(next.call, Unpooled.wrappedBuffer(next.message.toByteArray()));
      }
      open.removeIf(one -> goOn(one, random.nextInt(1000) == 0));
    }
    return all;
  }

  /// Answers whether nothing more will happen to the call: what is begun is answered also where the client has gone.
  private boolean goOn(Open one, boolean leaves) {
    one.call.comeRound();
    if (leaves) {
      one.call.abort();
      one.call.comeRound();
      return one.isOver() || !begun.contains(one.message.toStringUtf8());
    }
    return one.isOver();
  }
}
