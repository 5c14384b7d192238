package dev.pintle.compat.etcd;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.util.concurrent.ListenableFuture;
import com.google.protobuf.ByteString;
import com.google.protobuf.Message;
import dev.pintle.compat.harness.RunningPintle;
import io.etcd.jetcd.api.CampaignRequest;
import io.etcd.jetcd.api.DeleteRangeRequest;
import io.etcd.jetcd.api.ElectionGrpc;
import io.etcd.jetcd.api.KVGrpc;
import io.etcd.jetcd.api.LeaderKey;
import io.etcd.jetcd.api.LeaderRequest;
import io.etcd.jetcd.api.LeaderResponse;
import io.etcd.jetcd.api.LeaseGrantRequest;
import io.etcd.jetcd.api.LeaseGrpc;
import io.etcd.jetcd.api.LeaseRevokeRequest;
import io.etcd.jetcd.api.ProclaimRequest;
import io.etcd.jetcd.api.PutRequest;
import io.etcd.jetcd.api.RangeRequest;
import io.etcd.jetcd.api.ResignRequest;
import io.etcd.jetcd.api.lock.LockGrpc;
import io.etcd.jetcd.api.lock.LockRequest;
import io.etcd.jetcd.api.lock.LockResponse;
import io.etcd.jetcd.api.lock.UnlockRequest;
import io.grpc.ManagedChannel;
import io.grpc.StatusRuntimeException;
import io.grpc.netty.NettyChannelBuilder;
import io.grpc.stub.StreamObserver;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Locks and elections: at the real etcd and at Pintle.
class LockElectionTwinIT {
  private static final int SECONDS_MAX = 20;
  private static final int CROWD = 2000;

  @TempDir private Path data;

  /// The services of one server.
  private static final class Server {
    final LockGrpc.LockBlockingStub lock;
    final LockGrpc.LockFutureStub lockLater;
    final ElectionGrpc.ElectionBlockingStub election;
    final ElectionGrpc.ElectionFutureStub electionLater;
    final ElectionGrpc.ElectionStub elections;
    final LeaseGrpc.LeaseBlockingStub lease;
    final KVGrpc.KVBlockingStub kv;
    final GrpcTwin.Answers answers = new GrpcTwin.Answers();

    Server(ManagedChannel channel) {
      lock = LockGrpc.newBlockingStub(channel);
      lockLater = LockGrpc.newFutureStub(channel);
      election = ElectionGrpc.newBlockingStub(channel);
      electionLater = ElectionGrpc.newFutureStub(channel);
      elections = ElectionGrpc.newStub(channel);
      lease = LeaseGrpc.newBlockingStub(channel);
      kv = KVGrpc.newBlockingStub(channel);
    }

    void grant(long id) {
      var _ = lease.leaseGrant(LeaseGrantRequest.newBuilder().setID(id).setTTL(600).build());
    }

    void revoke(long id) {
      var _ = lease.leaseRevoke(LeaseRevokeRequest.newBuilder().setID(id).build());
    }

    void lock(String name, long lease) {
      answers.add("lock %s with %d".formatted(name, lease), () -> lock.lock(request(name, lease)));
    }

    void unlock(String key) {
      UnlockRequest request = UnlockRequest.newBuilder().setKey(bytes(key)).build();
      answers.add("unlock " + key, () -> lock.unlock(request));
    }

    void campaign(String name, long lease, String value) {
      CampaignRequest request = standing(name, lease, value);
      answers.add(
          "campaign %s with %d for %s".formatted(name, lease, value),
          () -> election.campaign(request));
    }

    void leader(String name) {
      LeaderRequest request = LeaderRequest.newBuilder().setName(bytes(name)).build();
      answers.add("leader " + name, () -> election.leader(request));
    }

    void proclaim(LeaderKey leader, String value) {
      ProclaimRequest request =
          ProclaimRequest.newBuilder().setLeader(leader).setValue(bytes(value)).build();
      answers.add("proclaim " + GrpcTwin.text(leader), () -> election.proclaim(request));
    }

    void resign(LeaderKey leader) {
      ResignRequest request = ResignRequest.newBuilder().setLeader(leader).build();
      answers.add("resign " + GrpcTwin.text(leader), () -> election.resign(request));
    }

    void keys() {
      RangeRequest all =
          RangeRequest.newBuilder()
              .setKey(ByteString.copyFrom(new byte[1]))
              .setRangeEnd(ByteString.copyFrom(new byte[1]))
              .build();
      answers.add("keys", () -> kv.range(all));
    }

    long count(String prefix) {
      return kv.range(
              RangeRequest.newBuilder()
                  .setKey(bytes(prefix + "/"))
                  .setRangeEnd(bytes(prefix + "0"))
                  .setCountOnly(true)
                  .build())
          .getCount();
    }

    /// A client that has its place has a key.
    void awaitCount(String prefix, long expected) {
      long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(SECONDS_MAX);
      while (count(prefix) != expected && System.nanoTime() < end) {
        Thread.onSpinWait();
      }
      assertThat(count(prefix)).as("keys of %s", prefix).isEqualTo(expected);
    }

    void answer(String asked, ListenableFuture<? extends Message> call) throws Exception {
      try {
        answers.add(asked + " -> " + GrpcTwin.text(call.get(SECONDS_MAX, TimeUnit.SECONDS)));
      } catch (TimeoutException _) {
        answers.add(asked + " -> nothing");
      } catch (ExecutionException failed) {
        answers.add(asked + " -> " + failed.getCause());
      }
    }
  }

  private static ByteString bytes(String text) {
    return ByteString.copyFromUtf8(text);
  }

  private static LockRequest request(String name, long lease) {
    return LockRequest.newBuilder().setName(bytes(name)).setLease(lease).build();
  }

  private static CampaignRequest standing(String name, long lease, String value) {
    return CampaignRequest.newBuilder()
        .setName(bytes(name))
        .setLease(lease)
        .setValue(bytes(value))
        .build();
  }

  private static LeaderKey leader(String name, String key, long revision, long lease) {
    return LeaderKey.newBuilder()
        .setName(bytes(name))
        .setKey(bytes(key))
        .setRev(revision)
        .setLease(lease)
        .build();
  }

  @Test
  void locksAreAnsweredAlike() throws Exception {
    GrpcTwin.compare(data, LockElectionTwinIT::locks);
  }

  private static List<String> locks(ManagedChannel channel) throws Exception {
    Server server = new Server(channel);
    for (long lease : new long[] {1, 2, 3, 4, 0x7fffffffffffffffL, -5}) {
      server.grant(lease);
    }
    server.lock("m", 77);
    server.lock("m", 1);
    server.lock("m", 1);
    server.lock("n", 0x7fffffffffffffffL);
    server.lock("o", -5);
    server.lock("", 1);
    server.unlock("nothing");
    server.unlock("");
    server.lock("x".repeat(500_000), 1);
    ListenableFuture<LockResponse> second = server.lockLater.lock(request("m", 2));
    server.awaitCount("m", 2);
    ListenableFuture<LockResponse> third = server.lockLater.lock(request("m", 3));
    server.awaitCount("m", 3);
    ListenableFuture<LockResponse> fourth = server.lockLater.lock(request("m", 4));
    server.awaitCount("m", 4);
    server.lock("m", 1);
    third.cancel(true);
    server.awaitCount("m", 3);
    server.keys();
    server.unlock("m/1");
    server.answer("second", second);
    server.revoke(4);
    server.unlock("m/2");
    server.answer("fourth", fourth);
    server.lock("m", 3);
    server.keys();
    try {
      var _ =
          LockGrpc.newBlockingStub(channel)
              .withDeadlineAfter(300, TimeUnit.MILLISECONDS)
              .lock(request("m", 2));
    } catch (StatusRuntimeException late) {
      server.answers.add(late.getStatus().getCode().toString());
    }
    server.awaitCount("m", 1);
    return server.answers.lines();
  }

  @Test
  void electionsAreAnsweredAlike() throws Exception {
    GrpcTwin.compare(data, LockElectionTwinIT::elections);
  }

  private static List<String> elections(ManagedChannel channel) throws Exception {
    Server server = new Server(channel);
    for (long lease = 1; lease <= 4; lease++) {
      server.grant(lease);
    }
    server.leader("e");
    server.campaign("e", 77, "v");
    server.campaign("e", 1, "one");
    server.campaign("e", 1, "one");
    server.campaign("e", 1, "uno");
    server.leader("e");
    ListenableFuture<? extends Message> two =
        server.electionLater.campaign(standing("e", 2, "two"));
    server.awaitCount("e", 2);
    ListenableFuture<? extends Message> three =
        server.electionLater.campaign(standing("e", 3, "three"));
    server.awaitCount("e", 3);
    ListenableFuture<? extends Message> four =
        server.electionLater.campaign(standing("e", 4, "four"));
    server.awaitCount("e", 4);
    three.cancel(true);
    server.awaitCount("e", 3);
    server.leader("e");
    server.answers.add(
        "no leader", () -> server.election.proclaim(ProclaimRequest.getDefaultInstance()));
    server.answers.add(
        "no leader", () -> server.election.resign(ResignRequest.getDefaultInstance()));
    server.proclaim(LeaderKey.getDefaultInstance(), "x");
    server.resign(LeaderKey.getDefaultInstance());
    server.proclaim(leader("e", "e/1", 9, 1), "x");
    server.proclaim(leader("e", "e/1", 2, 99), "x");
    server.proclaim(leader("e", "e/1", 2, 1), "eins");
    server.leader("e");
    server.resign(leader("e", "e/1", 9, 1));
    server.resign(leader("e", "e/1", 2, 1));
    server.answer("two", two);
    server.leader("e");
    server.revoke(2);
    server.answer("four", four);
    server.keys();
    return server.answers.lines();
  }

  private static final class Observer implements StreamObserver<LeaderResponse> {
    private final LinkedBlockingQueue<String> told = new LinkedBlockingQueue<>();

    @Override
    public void onNext(LeaderResponse answer) {
      told.add(GrpcTwin.text(answer));
    }

    @Override
    public void onError(Throwable failure) {
      told.add("failed: " + failure.getMessage());
    }

    @Override
    public void onCompleted() {
      told.add("completed");
    }

    String next() throws InterruptedException {
      String next = told.poll(SECONDS_MAX, TimeUnit.SECONDS);
      return next == null ? "nothing" : next;
    }
  }

  @Test
  void whoLeadsIsToldAlike() throws Exception {
    GrpcTwin.compare(data, LockElectionTwinIT::observations);
  }

  private static List<String> observations(ManagedChannel channel) throws Exception {
    Server server = new Server(channel);
    List<String> told = new ArrayList<>();
    for (long lease = 1; lease <= 3; lease++) {
      server.grant(lease);
    }
    LeaderRequest request = LeaderRequest.newBuilder().setName(bytes("e")).build();
    Observer early = new Observer();
    server.elections.observe(request, early);
    var _ = server.kv.put(PutRequest.newBuilder().setKey(bytes("other")).build());
    server.campaign("e", 1, "one");
    told.add("early " + early.next());
    Observer late = new Observer();
    server.elections.observe(request, late);
    told.add("late " + late.next());
    server.proclaim(leader("e", "e/1", 3, 1), "uno");
    told.add("early " + early.next());
    told.add("late " + late.next());
    ListenableFuture<? extends Message> two =
        server.electionLater.campaign(standing("e", 2, "two"));
    server.awaitCount("e", 2);
    server.resign(leader("e", "e/1", 3, 1));
    server.answer("two", two);
    told.add("early " + early.next());
    told.add("late " + late.next());
    server.revoke(2);
    server.campaign("e", 3, "three");
    told.add("early " + early.next());
    told.addAll(server.answers.lines());
    return told;
  }

  @Test
  void thousandsWaitForOneLockAndHaveItInTheirOrder() throws Exception {
    try (RunningPintle pintle = RunningPintle.etcdOnly(data)) {
      URI uri = URI.create(pintle.etcd());
      ManagedChannel channel =
          NettyChannelBuilder.forAddress(uri.getHost(), uri.getPort()).usePlaintext().build();
      try {
        Server server = new Server(channel);
        List<ListenableFuture<LockResponse>> waiting = new ArrayList<>();
        for (int i = 1; i <= CROWD; i++) {
          server.grant(i);
          waiting.add(server.lockLater.lock(request("crowd", i)));
          if (i == 1) {
            var _ = waiting.getFirst().get(SECONDS_MAX, TimeUnit.SECONDS);
          }
        }
        server.awaitCount("crowd", CROWD);
        List<Long> order = new ArrayList<>();
        for (int i = 0; i < CROWD; i++) {
          RangeRequest first =
              RangeRequest.newBuilder()
                  .setKey(bytes("crowd/"))
                  .setRangeEnd(bytes("crowd0"))
                  .setSortTarget(RangeRequest.SortTarget.CREATE)
                  .setSortOrder(RangeRequest.SortOrder.ASCEND)
                  .setLimit(1)
                  .build();
          ByteString key = server.kv.range(first).getKvs(0).getKey();
          int lease = Integer.parseInt(key.toStringUtf8().substring("crowd/".length()), 16);
          LockResponse held = waiting.get(lease - 1).get(SECONDS_MAX, TimeUnit.SECONDS);
          assertThat(held.getKey()).isEqualTo(key);
          order.add((long) lease);
          var _ = server.kv.deleteRange(DeleteRangeRequest.newBuilder().setKey(key).build());
        }
        assertThat(order).hasSize(CROWD).doesNotHaveDuplicates();
      } finally {
        channel.shutdownNow();
      }
    }
  }
}
