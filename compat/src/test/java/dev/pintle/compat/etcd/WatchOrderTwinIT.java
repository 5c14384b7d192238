package dev.pintle.compat.etcd;

import com.google.protobuf.ByteString;
import com.google.protobuf.UnknownFieldSet;
import io.etcd.jetcd.api.CompactionRequest;
import io.etcd.jetcd.api.KVGrpc;
import io.etcd.jetcd.api.PutRequest;
import io.etcd.jetcd.api.WatchCancelRequest;
import io.etcd.jetcd.api.WatchCreateRequest;
import io.etcd.jetcd.api.WatchGrpc;
import io.etcd.jetcd.api.WatchProgressRequest;
import io.etcd.jetcd.api.WatchRequest;
import io.etcd.jetcd.api.WatchResponse;
import io.grpc.ManagedChannel;
import io.grpc.stub.StreamObserver;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What is answered on one watch stream, and in which order: by the real etcd and by Pintle.
class WatchOrderTwinIT {
  private static final int SECONDS_MAX = 20;
  private static final int WATCH_ID = 7;
  private static final int FRAGMENT = 8;

  /// After this a server that says nothing will not say anything.
  private static final int SILENCE_MILLIS = 700;

  @TempDir private Path data;

  /// One stream. What the store tells last closes a round, so that silence is seen without waiting for it.
  private static final class Stream implements StreamObserver<WatchResponse> {
    private final LinkedBlockingQueue<String> told = new LinkedBlockingQueue<>();
    private final StreamObserver<WatchRequest> requests;

    Stream(ManagedChannel server) {
      requests = WatchGrpc.newStub(server).watch(this);
    }

    @Override
    public void onNext(WatchResponse answer) {
      boolean many = answer.getEventsCount() > 3;
      WatchResponse shown = many ? answer.toBuilder().clearEvents().build() : answer;
      told.add(GrpcTwin.text(shown) + (many ? " events " + answer.getEventsCount() : ""));
    }

    @Override
    public void onError(Throwable failure) {
      told.add("failed: " + failure.getMessage());
    }

    @Override
    public void onCompleted() {
      told.add("completed");
    }

    Stream create(long id, String key, long startRevision) {
      return create(with(create(key).setStartRevision(startRevision), WATCH_ID, id));
    }

    Stream create(WatchCreateRequest.Builder create) {
      requests.onNext(WatchRequest.newBuilder().setCreateRequest(create).build());
      return this;
    }

    /// The client's library does not know all fields.
    static WatchCreateRequest.Builder with(
        WatchCreateRequest.Builder create, int field, long number) {
      return create.setUnknownFields(
          UnknownFieldSet.newBuilder()
              .addField(field, UnknownFieldSet.Field.newBuilder().addVarint(number).build())
              .build());
    }

    static WatchCreateRequest.Builder create(String key) {
      return WatchCreateRequest.newBuilder().setKey(ByteString.copyFromUtf8(key));
    }

    Stream cancel(long id) {
      requests.onNext(
          WatchRequest.newBuilder()
              .setCancelRequest(WatchCancelRequest.newBuilder().setWatchId(id))
              .build());
      return this;
    }

    Stream progress() {
      requests.onNext(
          WatchRequest.newBuilder()
              .setProgressRequest(WatchProgressRequest.getDefaultInstance())
              .build());
      return this;
    }

    /// What it was told: so much, and nothing more for a while.
    List<String> told(int count) throws InterruptedException {
      List<String> lines = new ArrayList<>();
      for (int i = 0; i < count; i++) {
        String line = told.poll(SECONDS_MAX, TimeUnit.SECONDS);
        lines.add(line == null ? "nothing" : line);
      }
      String more = told.poll(SILENCE_MILLIS, TimeUnit.MILLISECONDS);
      if (more != null) {
        lines.add("and: " + more);
      }
      return lines;
    }
  }

  private static ByteString bytes(int size) {
    return ByteString.copyFrom(new byte[size]);
  }

  private static void put(ManagedChannel server, String key, ByteString value) {
    KVGrpc.newBlockingStub(server)
        .put(PutRequest.newBuilder().setKey(ByteString.copyFromUtf8(key)).setValue(value).build());
  }

  @Test
  void answersComeInTheOrderOfTheRequests() throws Exception {
    GrpcTwin.compare(data, WatchOrderTwinIT::order);
  }

  private static List<String> order(ManagedChannel server) throws InterruptedException {
    List<String> told = new ArrayList<>();
    Stream stream = new Stream(server);
    stream.create(5, "a", 0).cancel(5).create(5, "a", 0).create(5, "b", 0).cancel(5).cancel(5);
    told.addAll(stream.told(5));
    stream.create(0, "a", 0).create(1, "a", 0).create(0, "a", 0).create(-1, "a", 0);
    told.addAll(stream.told(4));
    stream.create(-1, "a", 0).create(-7, "a", 0).create(3, "a", -1).cancel(-1).cancel(-7);
    told.addAll(stream.told(5));
    stream.create(Stream.create("b").setRangeEnd(ByteString.copyFromUtf8("a"))).cancel(0).cancel(9);
    told.addAll(stream.told(2));
    put(server, "a", bytes(1));
    told.addAll(stream.told(2));
    return told;
  }

  @Test
  void progressIsToldWhereItCanBe() throws Exception {
    GrpcTwin.compare(data, WatchOrderTwinIT::progress);
  }

  private static List<String> progress(ManagedChannel server) throws InterruptedException {
    List<String> told = new ArrayList<>();
    Stream nobody = new Stream(server);
    told.addAll(nobody.progress().told(0));
    Stream stream = new Stream(server);
    stream.create(1, "a", 0);
    told.addAll(stream.told(1));
    for (int i = 0; i < 10; i++) {
      stream.progress();
    }
    told.addAll(stream.told(10));
    told.addAll(stream.create(2, "a", 4).told(1));
    told.addAll(stream.progress().told(0));
    put(server, "z", bytes(1));
    put(server, "z", bytes(2));
    told.addAll(stream.progress().told(0));
    put(server, "z", bytes(3));
    told.addAll(stream.progress().told(1));
    put(server, "z", bytes(4));
    KVGrpc.newBlockingStub(server).compact(CompactionRequest.newBuilder().setRevision(4).build());
    told.addAll(stream.create(3, "a", 2).told(2));
    told.addAll(stream.progress().told(0));
    told.addAll(stream.create(3, "a", 0).told(1));
    told.addAll(stream.cancel(3).told(1));
    told.addAll(stream.progress().told(1));
    return told;
  }

  @Test
  void largeAnswersAreSplitAlike() throws Exception {
    GrpcTwin.compare(data, WatchOrderTwinIT::fragments);
  }

  private static List<String> fragments(ManagedChannel server) throws InterruptedException {
    for (int size : new int[] {700_000, 700_000, 700_000, 900_000, 5, 6}) {
      put(server, "f", bytes(size));
    }
    List<String> told = new ArrayList<>();
    Stream split = new Stream(server);
    split.create(Stream.with(Stream.create("f").setStartRevision(2), FRAGMENT, 1));
    for (String line : split.told(3)) {
      told.add(line.replaceAll("value: \"[^\"]*\"", "value") + " of " + line.length());
    }
    Stream whole = new Stream(server);
    whole.create(Stream.create("f").setStartRevision(2));
    told.addAll(whole.told(2));
    return told;
  }

  @Test
  void aStreamHasThousandsOfWatchers() throws Exception {
    GrpcTwin.compare(data, WatchOrderTwinIT::thousands);
  }

  private static List<String> thousands(ManagedChannel server) throws InterruptedException {
    List<String> told = new ArrayList<>();
    Stream stream = new Stream(server);
    for (int i = 1; i <= 5000; i++) {
      stream.create(i, "k" + i % 50, 0);
    }
    told.addAll(stream.told(5000));
    put(server, "k7", bytes(1));
    List<String> events = new ArrayList<>(stream.told(100));
    events.sort(null);
    told.addAll(events);
    for (int i = 1; i < 5000; i++) {
      stream.cancel(i);
    }
    told.addAll(stream.told(4999));
    put(server, "k0", bytes(1));
    told.addAll(stream.progress().told(2));
    return told;
  }
}
