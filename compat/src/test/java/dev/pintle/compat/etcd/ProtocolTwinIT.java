package dev.pintle.compat.etcd;

import com.google.protobuf.ByteString;
import dev.pintle.compat.harness.RunningEtcd;
import dev.pintle.compat.harness.RunningPintle;
import io.etcd.jetcd.api.KVGrpc;
import io.etcd.jetcd.api.LeaseGrantRequest;
import io.etcd.jetcd.api.LeaseGrpc;
import io.etcd.jetcd.api.PutRequest;
import io.etcd.jetcd.api.RangeRequest;
import io.etcd.jetcd.api.RequestOp;
import io.etcd.jetcd.api.TxnRequest;
import io.etcd.jetcd.api.WatchCreateRequest;
import io.etcd.jetcd.api.WatchGrpc;
import io.etcd.jetcd.api.WatchRequest;
import io.grpc.CallOptions;
import io.grpc.ClientCall;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.Status;
import io.grpc.netty.NettyChannelBuilder;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The layer between gRPC and etcd: sizes, metadata, time limits. The same calls by grpc-java to the real etcd and to
/// Pintle.
class ProtocolTwinIT {
  private static final int SECONDS_MAX = 20;
  private static final int REQUEST_BYTES_MAX = 1_572_864;
  private static final int MESSAGE_BYTES_MAX = REQUEST_BYTES_MAX + 512 * 1024;

  @TempDir private Path data;

  private record Answer(String asked, String status) {}

  @Test
  void whatLiesBelowTheCallsIsAnsweredAlike() throws Exception {
    try (RunningEtcd real = RunningEtcd.start(data);
        RunningPintle pintle = RunningPintle.etcdOnly(data.resolve("pintle"))) {
      List<Answer> expected = answers(real.url());
      List<Answer> actual = answers(pintle.etcd());
      SoftAssertions differences = new SoftAssertions();
      for (int i = 0; i < expected.size(); i++) {
        differences.assertThat(actual.get(i)).isEqualTo(expected.get(i));
      }
      System.err.printf("twin: %d gRPC calls compared%n", expected.size());
      differences.assertAll();
    }
  }

  private static List<Answer> answers(String server) throws Exception {
    URI uri = URI.create(server);
    ManagedChannel channel =
        NettyChannelBuilder.forAddress(uri.getHost(), uri.getPort()).usePlaintext().build();
    List<Answer> answers = new ArrayList<>();
    try {
      sizes(channel, answers);
      metadata(channel, answers);
      LeaseGrantRequest lease = LeaseGrantRequest.newBuilder().setTTL(100).setID(7).build();
      answers.add(unary(channel, "lease", LeaseGrpc.getLeaseGrantMethod(), lease, new Metadata()));
      answers.add(unary(channel, "again", LeaseGrpc.getLeaseGrantMethod(), lease, new Metadata()));
      answers.add(
          call(
              channel,
              "no time",
              KVGrpc.getRangeMethod(),
              CallOptions.DEFAULT.withDeadlineAfter(0, TimeUnit.NANOSECONDS),
              range(),
              new Metadata()));
      answers.add(
          call(
              channel,
              "a watch with a time limit",
              WatchGrpc.getWatchMethod(),
              CallOptions.DEFAULT.withDeadlineAfter(300, TimeUnit.MILLISECONDS),
              watch(),
              new Metadata()));
      return answers;
    } finally {
      channel.shutdownNow();
    }
  }

  private static void sizes(ManagedChannel channel, List<Answer> answers) {
    int overhead = put(1 << 20).getSerializedSize() - (1 << 20);
    for (int size :
        new int[] {
          REQUEST_BYTES_MAX - 100,
          REQUEST_BYTES_MAX + 1,
          MESSAGE_BYTES_MAX,
          MESSAGE_BYTES_MAX + 1,
          2 * MESSAGE_BYTES_MAX
        }) {
      PutRequest put = put(size - overhead);
      String asked = "a put of %d bytes".formatted(put.getSerializedSize());
      answers.add(unary(channel, asked, KVGrpc.getPutMethod(), put, new Metadata()));
      TxnRequest txn =
          TxnRequest.newBuilder()
              .addSuccess(RequestOp.newBuilder().setRequestPut(put(size - 2 * overhead - 10)))
              .build();
      answers.add(
          unary(
              channel,
              "a transaction of %d bytes".formatted(txn.getSerializedSize()),
              KVGrpc.getTxnMethod(),
              txn,
              new Metadata()));
    }
  }

  private static void metadata(ManagedChannel channel, List<Answer> answers) {
    for (String[] pair :
        new String[][] {
          {"hasleader", "true"},
          {"hasleader", "nonsense"},
          {"client-api-version", "3.7.3"},
          {"client-api-version", "99"},
          {"token", "nobody's"},
          {"authorization", "nobody's"}
        }) {
      Metadata metadata = new Metadata();
      metadata.put(Metadata.Key.of(pair[0], Metadata.ASCII_STRING_MARSHALLER), pair[1]);
      String asked = pair[0] + ": " + pair[1];
      answers.add(unary(channel, "range, " + asked, KVGrpc.getRangeMethod(), range(), metadata));
      answers.add(unary(channel, "put, " + asked, KVGrpc.getPutMethod(), put(1), metadata));
    }
  }

  private static PutRequest put(int valueBytes) {
    return PutRequest.newBuilder()
        .setKey(ByteString.copyFromUtf8("k"))
        .setValue(ByteString.copyFrom(new byte[valueBytes]))
        .build();
  }

  private static RangeRequest range() {
    return RangeRequest.newBuilder().setKey(ByteString.copyFromUtf8("k")).setKeysOnly(true).build();
  }

  private static WatchRequest watch() {
    return WatchRequest.newBuilder()
        .setCreateRequest(WatchCreateRequest.newBuilder().setKey(ByteString.copyFromUtf8("k")))
        .build();
  }

  private static <Q, A> Answer unary(
      ManagedChannel channel,
      String asked,
      MethodDescriptor<Q, A> method,
      Q request,
      Metadata metadata) {
    return call(channel, asked, method, CallOptions.DEFAULT, request, metadata);
  }

  private static <Q, A> Answer call(
      ManagedChannel channel,
      String asked,
      MethodDescriptor<Q, A> method,
      CallOptions options,
      Q request,
      Metadata metadata) {
    CompletableFuture<Status> ended = new CompletableFuture<>();
    ClientCall<Q, A> call = channel.newCall(method, options);
    call.start(
        new ClientCall.Listener<A>() {
          @Override
          public void onClose(Status status, Metadata trailers) {
            ended.complete(status);
          }
        },
        metadata);
    call.request(10);
    call.sendMessage(request);
    if (method.getType() == MethodDescriptor.MethodType.UNARY) {
      call.halfClose();
    }
    try {
      Status status = ended.get(SECONDS_MAX, TimeUnit.SECONDS);
      String text = status.getDescription();
      // how the client words its own time limit has the times in it
      boolean silent = text == null || status.getCode() == Status.Code.DEADLINE_EXCEEDED;
      return new Answer(asked, status.getCode() + ": " + (silent ? "" : text));
    } catch (TimeoutException | ExecutionException e) {
      return new Answer(asked, "no end: " + e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return new Answer(asked, "interrupted");
    }
  }
}
