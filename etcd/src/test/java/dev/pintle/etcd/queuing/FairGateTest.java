package dev.pintle.etcd.queuing;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import com.google.protobuf.MessageLite;
import dev.pintle.etcd.fake.FakeCall;
import dev.pintle.etcd.fake.FakeView;
import dev.pintle.etcd.plan.PlanReader;
import dev.pintle.etcd.plan.QueuedMethod;
import dev.pintle.etcd.proto.LeaseGrantRequest;
import dev.pintle.etcd.proto.PutRequest;
import dev.pintle.etcd.proto.RangeRequest;
import dev.pintle.etcd.status.EtcdStatus;
import dev.pintle.kernel.keyspace.RangeResult;
import dev.pintle.member.StoreView.Found;
import dev.pintle.wire.GrpcCall;
import dev.pintle.wire.GrpcService.Method;
import dev.pintle.wire.GrpcService.Unary;
import dev.pintle.wire.GrpcStatus;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class FairGateTest {
  private static final String PLAN =
      """
      {"waitSeconds": 5,
       "levels": [
         {"name": "mouse", "seats": 2, "queues": 4, "handSize": 2, "queueLength": 3},
         {"name": "elephant", "seats": 4, "queues": 1, "handSize": 1, "queueLength": 2},
         {"name": "strict", "seats": 1, "queues": 0}],
       "rules": [
         {"name": "leases", "level": "exempt", "methods": ["LeaseGrant"]},
         {"name": "mouse", "level": "mouse", "prefixes": ["/mouse/"], "flowBy": ["prefix"]},
         {"name": "strict", "level": "strict", "prefixes": ["/strict/"]},
         {"name": "elephant", "level": "elephant", "flowBy": []}]}
      """;

  private final ManualQueuingClock time = new ManualQueuingClock();
  private final FakeView view = new FakeView();
  private final FairGate gate =
      new FairGate(
          PlanReader.read(PLAN.getBytes(StandardCharsets.UTF_8)), time.clock(), () -> view);

  /// Calls that reached their method, with what they asked for, in order.
  private final List<GrpcCall> reached = new ArrayList<>();

  private final List<String> messages = new ArrayList<>();
  private final Map<String, Method> methods = gate.before(methods());

  private Map<String, Method> methods() {
    Unary unary =
        (call, message) -> {
          messages.add(message.toString(StandardCharsets.UTF_8).replaceAll("[^ -~]", ""));
          reached.add(call);
        };
    Map<String, Method> all = new HashMap<>();
    for (QueuedMethod method : QueuedMethod.values()) {
      all.put(method.path(), unary);
    }
    all.put("/etcdserverpb.Maintenance/Status", unary);
    return all;
  }

  private FakeCall put(String key) {
    return call(QueuedMethod.PUT, putOf(key));
  }

  private static PutRequest putOf(String key) {
    return PutRequest.newBuilder().setKey(ByteString.copyFromUtf8(key)).build();
  }

  private FakeCall call(QueuedMethod method, MessageLite request) {
    return FakeCall.of(methods, method.path(), request.toByteArray());
  }

  private void answer(GrpcCall call) {
    call.reply(Unpooled.buffer(8));
  }

  private String figure(String line) {
    return gate.metrics()
        .lines()
        .filter(one -> one.startsWith("pintle_etcd_flow_" + line + " "))
        .map(one -> one.substring(one.lastIndexOf(' ') + 1))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void asManyGoOnAsThereAreSeatsAndTheRestOneByOne() {
    List<FakeCall> calls = List.of(put("/mouse/a"), put("/mouse/b"), put("/mouse/c"));
    assertThat(messages).containsExactly("/mouse/a", "/mouse/b");
    assertThat(calls.get(2).kept()).isEqualTo(10);
    assertThat(figure("waiting{level=\"mouse\"}")).isEqualTo("1");
    answer(reached.getFirst());
    assertThat(calls.getFirst().isReplied()).isTrue();
    assertThat(messages).as("not before the loop comes round").hasSize(2);
    calls.get(2).comeRound();
    assertThat(messages).containsExactly("/mouse/a", "/mouse/b", "/mouse/c");
    assertThat(calls.get(2).kept()).isZero();
    answer(reached.get(1));
    answer(reached.get(2));
    assertThat(calls).allMatch(FakeCall::isReplied);
    assertThat(figure("seats_in_use{level=\"mouse\"}")).isEqualTo("0");
    assertThat(figure("dispatched_total{level=\"mouse\",rule=\"mouse\"}")).isEqualTo("3");
    assertThat(figure("queued_total{level=\"mouse\",rule=\"mouse\"}")).isEqualTo("1");
  }

  @Test
  void anElephantFillsItsOwnLevelOnly() {
    List<FakeCall> elephants = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      elephants.add(put("/elephant/" + i));
    }
    assertThat(messages).hasSize(4);
    assertThat(elephants.subList(4, 6)).extracting(FakeCall::status).containsOnly(GrpcStatus.OK);
    assertThat(elephants.subList(6, 20))
        .extracting(FakeCall::status)
        .allMatch(status -> status.message().equals("etcdserver: too many requests"));
    put("/mouse/a");
    assertThat(messages.getLast()).isEqualTo("/mouse/a");
    assertThat(figure("rejected_total{level=\"elephant\",rule=\"elephant\",reason=\"queue-full\"}"))
        .isEqualTo("14");
  }

  @Test
  void aLevelWithoutQueuesTurnsAway() {
    put("/strict/a");
    FakeCall second = put("/strict/b");
    assertThat(second.status()).isEqualTo(EtcdStatus.TOO_MANY_REQUESTS.withRetryAfterMillis(1000));
    answer(reached.getFirst());
    put("/strict/c");
    assertThat(messages).containsExactly("/strict/a", "/strict/c");
  }

  @Test
  void nobodyWaitsLongerThanThePlanSays() {
    put("/mouse/a");
    put("/mouse/b");
    FakeCall late = put("/mouse/c");
    time.passSeconds(4);
    late.comeRound();
    assertThat(late.status()).isEqualTo(GrpcStatus.OK);
    time.passSeconds(1);
    late.comeRound();
    assertThat(late.status().message()).isEqualTo("etcdserver: too many requests");
    assertThat(late.kept()).isZero();
    answer(reached.getFirst());
    assertThat(messages).hasSize(2);
    assertThat(figure("rejected_total{level=\"mouse\",rule=\"mouse\",reason=\"time-out\"}"))
        .isEqualTo("1");
    time.passSeconds(60);
    assertThat(time.alarms()).as("no timer runs while nobody waits").isZero();
  }

  @Test
  void theTurnOfAClientThatHasGoneIsForOthers() {
    put("/mouse/a");
    put("/mouse/b");
    FakeCall gone = put("/mouse/c");
    FakeCall patient = put("/mouse/d");
    gone.abort();
    answer(reached.getFirst());
    gone.comeRound();
    patient.comeRound();
    assertThat(messages).containsExactly("/mouse/a", "/mouse/b", "/mouse/d");
    assertThat(figure("cancelled_total{level=\"mouse\",rule=\"mouse\"}")).isEqualTo("1");
  }

  @Test
  void aClientThatGoesWhileItsTurnIsOnItsWayGivesItBack() {
    put("/mouse/a");
    put("/mouse/b");
    FakeCall gone = put("/mouse/c");
    answer(reached.getFirst());
    gone.abort();
    gone.comeRound();
    assertThat(messages).hasSize(2);
    answer(reached.get(1));
    assertThat(figure("seats_in_use{level=\"mouse\"}")).isEqualTo("0");
  }

  /// Or a client could have more done at once than there are seats by hanging up.
  @Test
  void whatIsBegunHoldsItsSeatsUntilItIsDone() {
    FakeCall first = put("/strict/a");
    first.abort();
    assertThat(put("/strict/b").status().code()).isEqualTo(GrpcStatus.Code.RESOURCE_EXHAUSTED);
    reached.getFirst().fail(EtcdStatus.STOPPED);
    put("/strict/c");
    assertThat(messages).containsExactly("/strict/a", "/strict/c");
  }

  @Test
  void whatThereIsNoRoomToKeepIsRefused() {
    put("/mouse/a");
    put("/mouse/b");
    FakeCall third = new FakeCall();
    third.keepNothing();
    ByteBuf message = Unpooled.wrappedBuffer(putOf("/mouse/c").toByteArray());
    if (methods.get(QueuedMethod.PUT.path()) instanceof Unary unary) {
      unary.call(third, message);
    }
    assertThat(third.status()).isEqualTo(EtcdStatus.TOO_MANY_REQUESTS);
    answer(reached.getFirst());
    third.comeRound();
    assertThat(messages).hasSize(2);
    assertThat(figure("waiting{level=\"mouse\"}")).isEqualTo("0");
  }

  @Test
  void exemptAndUnqueuedRequestsNeverWait() {
    for (int i = 0; i < 100; i++) {
      call(QueuedMethod.LEASE_GRANT, LeaseGrantRequest.getDefaultInstance());
      FakeCall.of(methods, "/etcdserverpb.Maintenance/Status", new byte[0]);
    }
    assertThat(reached).hasSize(200);
    assertThat(figure("dispatched_total{level=\"exempt\",rule=\"leases\"}")).isEqualTo("100");
  }

  @Test
  void whatIsNoMessageIsLeftToTheMethod() {
    FakeCall.of(methods, QueuedMethod.PUT.path(), new byte[] {10, 5, 1});
    assertThat(reached).hasSize(1);
    assertThat(figure("dispatched_total{level=\"elephant\",rule=\"elephant\"}")).isEqualTo("0");
  }

  @Test
  void aMethodThatFailsGivesItsSeatsBack() {
    Map<String, Method> failing =
        gate.before(
            Map.of(
                QueuedMethod.PUT.path(),
                (Unary)
                    (_, _) -> {
                      throw new IllegalStateException("bug");
                    }));
    for (int i = 0; i < 3; i++) {
      try {
        FakeCall.of(failing, QueuedMethod.PUT.path(), putOf("/strict/a").toByteArray());
      } catch (IllegalStateException expected) {
        assertThat(expected).hasMessage("bug");
      }
    }
    put("/strict/a");
    assertThat(messages).containsExactly("/strict/a");
  }

  @Test
  void aWideRangeTakesMoreSeatsOnceAnswersWereSeenToBeLarge() {
    view.outcome = new Found(new RangeResult(List.of(), 10, false));
    RangeRequest range =
        RangeRequest.newBuilder()
            .setKey(ByteString.copyFromUtf8("/mouse/"))
            .setRangeEnd(ByteString.copyFromUtf8("/mouse0"))
            .build();
    FairGate wide =
        new FairGate(
            PlanReader.read(
                """
                {"levels": [{"name": "l", "seats": 100, "queues": 1, "handSize": 1}],
                 "rules": [{"name": "r", "level": "l", "prefixes": ["/mouse/"]}]}
                """
                    .getBytes(StandardCharsets.UTF_8)),
            time.clock(),
            () -> view);
    Map<String, Method> gated = wide.before(methods());
    FakeCall.of(gated, QueuedMethod.RANGE.path(), range.toByteArray());
    assertThat(wide.metrics()).contains("seats_in_use{level=\"l\"} 1\n");
    for (int i = 0; i < 30; i++) {
      reached.getLast().reply(Unpooled.buffer().writeZero(1_000_000));
      FakeCall.of(gated, QueuedMethod.RANGE.path(), range.toByteArray());
    }
    assertThat(wide.metrics()).contains("seats_in_use{level=\"l\"} 10\n");
  }

  @Test
  void theDumpTellsWhoWaits() {
    put("/mouse/a");
    put("/mouse/b");
    put("/mouse/c");
    time.passSeconds(2);
    assertThat(gate.dump().lines().map(line -> line.replaceAll(" +", " ").strip()))
        .contains(
            "mouse 2 2 2 1 1",
            "exempt - - - - -",
            "mouse mouse 2 1 0",
            "LEVEL QUEUE METHOD RULE USER SEATS WAITED ms")
        .anyMatch(line -> line.startsWith("mouse ") && line.endsWith(" Put mouse - 1 2000"));
  }

  /// Nothing but its message is kept of a request that waits, and a few hundred bytes.
  @Test
  void aRequestThatWaitsTakesAFewHundredBytes() {
    FairGate crowded =
        new FairGate(
            PlanReader.read(
                """
                {"levels": [{"name": "l", "seats": 1, "queues": 1, "handSize": 1, "queueLength": 100000}],
                 "rules": [{"name": "r", "level": "l"}]}
                """
                    .getBytes(StandardCharsets.UTF_8)),
            time.clock(),
            () -> view);
    Map<String, Method> gated = crowded.before(methods());
    byte[] message = putOf("/k").toByteArray();
    List<FakeCall> calls = new ArrayList<>();
    for (int i = 0; i < 50_000; i++) {
      calls.add(new FakeCall());
    }
    Unary unary = (Unary) Objects.requireNonNull(gated.get(QueuedMethod.PUT.path()));
    long before = usedBytes();
    for (FakeCall call : calls) {
      unary.call(call, Unpooled.wrappedBuffer(message));
    }
    long each = (usedBytes() - before) / calls.size();
    assertThat(crowded.metrics()).contains("waiting{level=\"l\"} 49999\n");
    assertThat(each).isLessThan(500);
    assertThat(calls).hasSize(50_000);
  }

  private static long usedBytes() {
    for (int i = 0; i < 3; i++) {
      System.gc();
    }
    Runtime runtime = Runtime.getRuntime();
    return runtime.totalMemory() - runtime.freeMemory();
  }
}
