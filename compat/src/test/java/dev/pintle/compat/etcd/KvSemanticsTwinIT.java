package dev.pintle.compat.etcd;

import com.google.protobuf.ByteString;
import dev.pintle.compat.harness.RunningEtcd;
import dev.pintle.compat.harness.RunningPintle;
import io.etcd.jetcd.api.CompactionRequest;
import io.etcd.jetcd.api.Compare;
import io.etcd.jetcd.api.DeleteRangeRequest;
import io.etcd.jetcd.api.HashKVRequest;
import io.etcd.jetcd.api.KVGrpc;
import io.etcd.jetcd.api.LeaseGrantRequest;
import io.etcd.jetcd.api.LeaseGrpc;
import io.etcd.jetcd.api.LeaseTimeToLiveRequest;
import io.etcd.jetcd.api.MaintenanceGrpc;
import io.etcd.jetcd.api.PutRequest;
import io.etcd.jetcd.api.RangeRequest;
import io.etcd.jetcd.api.RequestOp;
import io.etcd.jetcd.api.TxnRequest;
import io.etcd.jetcd.api.WatchCreateRequest;
import io.etcd.jetcd.api.WatchGrpc;
import io.etcd.jetcd.api.WatchRequest;
import io.etcd.jetcd.api.WatchResponse;
import io.grpc.ManagedChannel;
import io.grpc.netty.NettyChannelBuilder;
import io.grpc.stub.StreamObserver;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What keys, transactions, hashes and leases mean where a request is unusual: at the real etcd and at Pintle.
class KvSemanticsTwinIT {
  private static final int SECONDS_MAX = 20;

  @TempDir private Path data;

  private static ByteString bytes(String text) {
    return ByteString.copyFromUtf8(text);
  }

  private static PutRequest.Builder put(String key, String value) {
    return PutRequest.newBuilder().setKey(bytes(key)).setValue(bytes(value));
  }

  private static RequestOp putOp(String key, String value) {
    return RequestOp.newBuilder().setRequestPut(put(key, value).setPrevKv(true)).build();
  }

  private static RequestOp rangeOp(String key, long revision) {
    return RequestOp.newBuilder()
        .setRequestRange(RangeRequest.newBuilder().setKey(bytes(key)).setRevision(revision))
        .build();
  }

  /// Of all keys from `key` on: what etcd does not see to overlap with a put.
  private static RequestOp deleteFromOp(String key) {
    return RequestOp.newBuilder()
        .setRequestDeleteRange(
            DeleteRangeRequest.newBuilder()
                .setKey(bytes(key))
                .setRangeEnd(ByteString.copyFrom(new byte[1]))
                .setPrevKv(true))
        .build();
  }

  private static void compact(KVGrpc.KVBlockingStub kv, long revision) {
    var _ =
        kv.compact(CompactionRequest.newBuilder().setRevision(revision).setPhysical(true).build());
  }

  @Test
  void readsInTransactionsAreCheckedBeforeAnythingIsWritten() throws Exception {
    GrpcTwin.compare(data, KvSemanticsTwinIT::readsInTransactions);
  }

  private static List<String> readsInTransactions(ManagedChannel channel) {
    GrpcTwin.Answers answers = new GrpcTwin.Answers();
    KVGrpc.KVBlockingStub kv = KVGrpc.newBlockingStub(channel);
    for (int i = 0; i < 5; i++) {
      var _ = kv.put(put("k", "v" + i).build());
    }
    for (boolean compacted : new boolean[] {false, true}) {
      if (compacted) {
        compact(kv, 4);
      }
      for (long revision : new long[] {0, -1, -2, Long.MIN_VALUE, 1, 3, 4, 5, 99}) {
        String asked = " at %d, compacted %s".formatted(revision, compacted);
        RequestOp read = rangeOp("k", revision);
        TxnRequest reading = TxnRequest.newBuilder().addSuccess(read).build();
        TxnRequest writing = reading.toBuilder().addSuccess(0, putOp("w", "x")).build();
        TxnRequest nested =
            TxnRequest.newBuilder()
                .addSuccess(putOp("n", "x"))
                .addSuccess(RequestOp.newBuilder().setRequestTxn(reading))
                .build();
        TxnRequest notTaken =
            writing.toBuilder().addCompare(Compare.newBuilder().setKey(bytes("k"))).build();
        answers.add("range" + asked, () -> kv.range(read.getRequestRange()));
        answers.add("read" + asked, () -> kv.txn(reading));
        answers.add("write" + asked, () -> kv.txn(writing));
        answers.add("nested" + asked, () -> kv.txn(nested));
        answers.add("not taken" + asked, () -> kv.txn(notTaken));
      }
    }
    return answers.lines();
  }

  @Test
  void numbersThatStandForNothingAreTakenAlike() throws Exception {
    GrpcTwin.compare(data, KvSemanticsTwinIT::unknownNumbers);
  }

  private static List<String> unknownNumbers(ManagedChannel channel) {
    GrpcTwin.Answers answers = new GrpcTwin.Answers();
    KVGrpc.KVBlockingStub kv = KVGrpc.newBlockingStub(channel);
    var _ = kv.put(put("k", "v").build());
    for (String key : new String[] {"k", "absent"}) {
      for (int target : new int[] {-1, 0, 3, 4, 5, 77}) {
        for (int result : new int[] {-9, 0, 1, 2, 3, 4, 1000}) {
          Compare compare =
              Compare.newBuilder()
                  .setKey(bytes(key))
                  .setTargetValue(target)
                  .setResultValue(result)
                  .build();
          answers.add(
              "%s, target %d, result %d".formatted(key, target, result),
              () -> kv.txn(TxnRequest.newBuilder().addCompare(compare).build()));
        }
      }
    }
    for (int number : new int[] {-1, 3, 5, 99}) {
      RangeRequest range =
          RangeRequest.newBuilder().setKey(bytes("k")).setRangeEnd(bytes("l")).build();
      RangeRequest ordered = range.toBuilder().setSortOrderValue(number).build();
      RangeRequest targeted = range.toBuilder().setSortTargetValue(number).build();
      answers.add("order " + number, () -> kv.range(ordered));
      answers.add("target " + number, () -> kv.range(targeted));
      answers.add(
          "order in a transaction " + number,
          () ->
              kv.txn(
                  TxnRequest.newBuilder()
                      .addSuccess(RequestOp.newBuilder().setRequestRange(ordered))
                      .build()));
    }
    return answers.lines();
  }

  @Test
  void whatAKeyWasBeforeIsToldAlike() throws Exception {
    GrpcTwin.compare(data, KvSemanticsTwinIT::previous);
  }

  private static List<String> previous(ManagedChannel channel) throws InterruptedException {
    GrpcTwin.Answers answers = new GrpcTwin.Answers();
    KVGrpc.KVBlockingStub kv = KVGrpc.newBlockingStub(channel);
    Watch live = new Watch(channel, 0);
    var _ = kv.put(put("a", "1").build());
    var _ = kv.put(put("a", "2").build());
    answers.add(
        "put and delete",
        () ->
            kv.txn(
                TxnRequest.newBuilder()
                    .addSuccess(putOp("a", "3"))
                    .addSuccess(deleteFromOp("a"))
                    .build()));
    answers.add(
        "put and delete what was not there",
        () ->
            kv.txn(
                TxnRequest.newBuilder()
                    .addSuccess(putOp("b", "1"))
                    .addSuccess(deleteFromOp("a"))
                    .build()));
    answers.add(
        "delete and put",
        () ->
            kv.txn(
                TxnRequest.newBuilder()
                    .addSuccess(putOp("c", "1"))
                    .addSuccess(deleteFromOp("a"))
                    .addSuccess(putOp("d", "1"))
                    .build()));
    var _ = kv.put(put("d", "2").build());
    var _ = kv.put(put("d", "3").build());
    answers.add("live " + live.upTo(8));
    answers.add("from 2 " + new Watch(channel, 2).upTo(8));
    compact(kv, 7);
    answers.add("from 7 " + new Watch(channel, 7).upTo(8));
    answers.add("from 8 " + new Watch(channel, 8).upTo(8));
    var _ = kv.put(put("d", "4").build());
    answers.add("live " + live.upTo(9));
    return answers.lines();
  }

  /// A watcher of everything, with what was before.
  private static final class Watch implements StreamObserver<WatchResponse> {
    private final LinkedBlockingQueue<WatchResponse> told = new LinkedBlockingQueue<>();

    Watch(ManagedChannel channel, long startRevision) throws InterruptedException {
      WatchGrpc.newStub(channel)
          .watch(this)
          .onNext(
              WatchRequest.newBuilder()
                  .setCreateRequest(
                      WatchCreateRequest.newBuilder()
                          .setKey(ByteString.copyFrom(new byte[1]))
                          .setRangeEnd(ByteString.copyFrom(new byte[1]))
                          .setStartRevision(startRevision)
                          .setPrevKv(true))
                  .build());
      told.poll(SECONDS_MAX, TimeUnit.SECONDS);
    }

    /// All events up to a revision, however they were put together.
    List<String> upTo(long revision) throws InterruptedException {
      List<String> events = new ArrayList<>();
      long seen = 0;
      while (seen < revision) {
        WatchResponse answer = told.poll(SECONDS_MAX, TimeUnit.SECONDS);
        if (answer == null || answer.getEventsCount() == 0) {
          events.add("and then " + answer);
          return events;
        }
        answer.getEventsList().forEach(event -> events.add(GrpcTwin.text(event)));
        seen = answer.getEvents(answer.getEventsCount() - 1).getKv().getModRevision();
      }
      return events;
    }

    @Override
    public void onNext(WatchResponse answer) {
      told.add(answer);
    }

    @Override
    public void onError(Throwable failure) {}

    @Override
    public void onCompleted() {}
  }

  @Test
  void leasesAreListedAndGrantedAlike() throws Exception {
    GrpcTwin.compare(data, KvSemanticsTwinIT::leases);
  }

  private static List<String> leases(ManagedChannel channel) throws IOException {
    GrpcTwin.Answers answers = new GrpcTwin.Answers();
    LeaseGrpc.LeaseBlockingStub lease = LeaseGrpc.newBlockingStub(channel);
    long[] seconds = {
      600, 9_000_000_000L, 9_000_000_001L, Long.MAX_VALUE, 0, -7, 1, 2, 3, 4_611_686_019L, 300
    };
    for (int i = 0; i < seconds.length; i++) {
      LeaseGrantRequest grant =
          LeaseGrantRequest.newBuilder().setID(i + 1).setTTL(seconds[i]).build();
      answers.add("grant " + seconds[i], () -> lease.leaseGrant(grant));
    }
    for (long id : new long[] {1, 2, 10, 11}) {
      LeaseTimeToLiveRequest left =
          LeaseTimeToLiveRequest.newBuilder().setID(id).setKeys(true).build();
      answers.add("left of " + id, () -> lease.leaseTimeToLive(left));
    }
    List<Long> longest = new ArrayList<>();
    GrpcTwin.raw(channel, "etcdserverpb.Lease/LeaseLeases", ByteString.EMPTY)
        .getField(2)
        .getLengthDelimitedList()
        .forEach(status -> longest.add((long) status.byteAt(1)));
    longest.retainAll(List.of(1L, 2L, 10L, 11L));
    answers.add("leases " + longest);
    return answers.lines();
  }

  /// A compaction leaves a hash behind which the real etcd answers until it starts anew; after that both tell what is kept.
  @Test
  void hashesOfOneHistoryAreTheSame() throws Exception {
    List<String> expected;
    List<String> actual;
    try (RunningEtcd real = RunningEtcd.start(data);
        RunningPintle pintle = RunningPintle.etcdOnly(data.resolve("pintle"))) {
      expected = new ArrayList<>(with(real.url(), KvSemanticsTwinIT::history));
      actual = new ArrayList<>(with(pintle.etcd(), KvSemanticsTwinIT::history));
    }
    try (RunningEtcd real = RunningEtcd.start(data);
        RunningPintle pintle = RunningPintle.etcdOnly(data.resolve("pintle"))) {
      expected.addAll(with(real.url(), KvSemanticsTwinIT::hashes));
      actual.addAll(with(pintle.etcd(), KvSemanticsTwinIT::hashes));
    }
    SoftAssertions differences = new SoftAssertions();
    for (int i = 0; i < expected.size(); i++) {
      differences.assertThat(actual.get(i)).isEqualTo(expected.get(i));
    }
    differences.assertAll();
  }

  private static List<String> with(String server, GrpcTwin.Talk talk) throws Exception {
    URI uri = URI.create(server);
    ManagedChannel channel =
        NettyChannelBuilder.forAddress(uri.getHost(), uri.getPort()).usePlaintext().build();
    try {
      return talk.with(channel);
    } finally {
      channel.shutdownNow();
    }
  }

  private static List<String> history(ManagedChannel channel) {
    GrpcTwin.Answers answers = new GrpcTwin.Answers();
    KVGrpc.KVBlockingStub kv = KVGrpc.newBlockingStub(channel);
    for (int i = 0; i < 12; i++) {
      var _ = kv.put(put("k" + i % 4, "v" + i).build());
    }
    var _ = kv.deleteRange(DeleteRangeRequest.newBuilder().setKey(bytes("k1")).build());
    hash(channel, answers, "never compacted", 0, 5, 13, 14, 99);
    compact(kv, 5);
    hash(channel, answers, "compacted at 5", 0, 4, 6, 13, 14);
    var _ = kv.deleteRange(DeleteRangeRequest.newBuilder().setKey(bytes("k2")).build());
    compact(kv, 14);
    hash(channel, answers, "compacted at a deletion", 0, 4, 15, 16);
    var _ =
        kv.deleteRange(
            DeleteRangeRequest.newBuilder().setKey(bytes("k")).setRangeEnd(bytes("l")).build());
    hash(channel, answers, "without a key", 0, 15, 16, 17);
    return answers.lines();
  }

  private static List<String> hashes(ManagedChannel channel) {
    GrpcTwin.Answers answers = new GrpcTwin.Answers();
    KVGrpc.KVBlockingStub kv = KVGrpc.newBlockingStub(channel);
    hash(channel, answers, "started anew", 0, 13, 14, 15, 16);
    var _ = kv.put(put("z", "1").build());
    hash(channel, answers, "a key again", 0, 14, 15, 16, 17);
    return answers.lines();
  }

  private static void hash(
      ManagedChannel channel, GrpcTwin.Answers answers, String when, long... revisions) {
    for (long revision : revisions) {
      answers.add(
          "hash at %d, %s".formatted(revision, when),
          () ->
              MaintenanceGrpc.newBlockingStub(channel)
                  .hashKV(HashKVRequest.newBuilder().setRevision(revision).build()));
    }
  }
}
