package dev.pintle.compat.etcd;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import com.google.protobuf.CodedInputStream;
import com.google.protobuf.ExtensionRegistryLite;
import com.google.protobuf.WireFormat;
import dev.pintle.compat.harness.RunningEtcd;
import dev.pintle.compat.harness.RunningPintle;
import io.etcd.jetcd.api.CompactionRequest;
import io.etcd.jetcd.api.KVGrpc;
import io.etcd.jetcd.api.KeyValue;
import io.etcd.jetcd.api.PutRequest;
import io.etcd.jetcd.api.RangeRequest;
import io.etcd.jetcd.api.RangeResponse;
import io.grpc.CallOptions;
import io.grpc.ManagedChannel;
import io.grpc.MethodDescriptor;
import io.grpc.StatusRuntimeException;
import io.grpc.netty.NettyChannelBuilder;
import io.grpc.protobuf.ProtoUtils;
import io.grpc.stub.ClientCalls;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A range as a stream, asked by grpc-java of the real etcd and of Pintle: the same keys, count, order and refusals, whatever
/// the pieces.
class RangeStreamIT {
  private static final int KEYS = 3_000;
  private static final int VALUE_BYTES = 2_000;
  private static final ByteString FROM = ByteString.copyFromUtf8("k/");
  private static final ByteString END = ByteString.copyFromUtf8("k0");

  private static final MethodDescriptor<RangeRequest, RangeResponse> RANGE_STREAM =
      MethodDescriptor.<RangeRequest, RangeResponse>newBuilder()
          .setType(MethodDescriptor.MethodType.SERVER_STREAMING)
          .setFullMethodName("etcdserverpb.KV/RangeStream")
          .setRequestMarshaller(ProtoUtils.marshaller(RangeRequest.getDefaultInstance()))
          .setResponseMarshaller(new InnerRange())
          .build();

  @TempDir private Path data;

  /// The answer that a piece carries as its only field.
  private static final class InnerRange implements MethodDescriptor.Marshaller<RangeResponse> {
    @Override
    public InputStream stream(RangeResponse value) {
      throw new UnsupportedOperationException("only servers write answers");
    }

    @Override
    public RangeResponse parse(InputStream stream) {
      try {
        CodedInputStream in = CodedInputStream.newInstance(stream);
        RangeResponse.Builder inner = RangeResponse.newBuilder();
        for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
          if (WireFormat.getTagFieldNumber(tag) == 1) {
            in.readMessage(inner, ExtensionRegistryLite.getEmptyRegistry());
          } else {
            in.skipField(tag);
          }
        }
        return inner.build();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  @Test
  void aStreamOfPiecesIsTheRangeOfTheRealOne() {
    try (RunningEtcd real = RunningEtcd.start(data);
        RunningPintle pintle = RunningPintle.etcdOnly(data.resolve("pintle"))) {
      assertThat(story(pintle.etcd())).isEqualTo(story(real.url()));
    }
  }

  /// What a server answers to everything that is asked here, without what depends on the pieces.
  private static List<String> story(String server) {
    URI uri = URI.create(server);
    ManagedChannel channel =
        NettyChannelBuilder.forAddress(uri.getHost(), uri.getPort())
            .usePlaintext()
            .maxInboundMessageSize(64 << 20)
            .build();
    List<String> story = new ArrayList<>();
    try {
      for (int i = 0; i < KEYS; i++) {
        put(channel, "k/%05d".formatted(i));
      }
      RangeRequest.Builder all = RangeRequest.newBuilder().setKey(FROM).setRangeEnd(END);
      story.add(ask(channel, all.clone()));
      story.add(ask(channel, all.clone().setLimit(7)));
      story.add(ask(channel, all.clone().setLimit(1500)));
      story.add(ask(channel, all.clone().setLimit(KEYS)));
      story.add(ask(channel, all.clone().setKeysOnly(true)));
      story.add(ask(channel, all.clone().setCountOnly(true)));
      story.add(ask(channel, all.clone().setCountOnly(true).setLimit(5)));
      story.add(ask(channel, all.clone().setRevision(1000)));
      story.add(ask(channel, all.clone().setRevision(999_999)));
      story.add(ask(channel, all.clone().setSerializable(true).setLimit(1)));
      story.add(ask(channel, all.clone().setSortOrder(RangeRequest.SortOrder.ASCEND)));
      story.add(ask(channel, all.clone().setSortOrder(RangeRequest.SortOrder.DESCEND)));
      story.add(
          ask(
              channel,
              all.clone()
                  .setSortTarget(RangeRequest.SortTarget.MOD)
                  .setSortOrder(RangeRequest.SortOrder.ASCEND)));
      story.add(ask(channel, all.clone().setMinModRevision(5)));
      story.add(ask(channel, all.clone().setMaxCreateRevision(5)));
      story.add(ask(channel, RangeRequest.newBuilder().setKey(FROM)));
      story.add(ask(channel, RangeRequest.newBuilder().setKey(ByteString.copyFromUtf8("k/00007"))));
      story.add(ask(channel, RangeRequest.newBuilder()));
      story.add(pinned(channel, all.clone()));
      KVGrpc.newBlockingStub(channel)
          .compact(CompactionRequest.newBuilder().setRevision(2000).build());
      story.add(ask(channel, all.clone().setRevision(1000)));
      story.add(ask(channel, all.clone().setRevision(2000)));
      return story;
    } finally {
      channel.shutdownNow();
    }
  }

  private static void put(ManagedChannel channel, String key) {
    KVGrpc.newBlockingStub(channel)
        .put(
            PutRequest.newBuilder()
                .setKey(ByteString.copyFromUtf8(key))
                .setValue(ByteString.copyFrom(new byte[VALUE_BYTES]))
                .build());
  }

  private static String ask(ManagedChannel channel, RangeRequest.Builder request) {
    return told(pieces(channel, request));
  }

  /// What is written while a stream is read does not come into it.
  private static String pinned(ManagedChannel channel, RangeRequest.Builder request) {
    Iterator<RangeResponse> pieces = pieces(channel, request);
    RangeResponse first = pieces.next();
    put(channel, "k/99999");
    List<RangeResponse> all = new ArrayList<>(List.of(first));
    pieces.forEachRemaining(all::add);
    return told(all.iterator());
  }

  private static Iterator<RangeResponse> pieces(
      ManagedChannel channel, RangeRequest.Builder request) {
    return ClientCalls.blockingServerStreamingCall(
        channel,
        RANGE_STREAM,
        CallOptions.DEFAULT.withDeadlineAfter(60, TimeUnit.SECONDS),
        request.build());
  }

  private static String told(Iterator<RangeResponse> pieces) {
    List<String> keys = new ArrayList<>();
    long bytes = 0;
    RangeResponse last = RangeResponse.getDefaultInstance();
    try {
      while (pieces.hasNext()) {
        assertThat(last.hasHeader()).as("a header before the last piece").isFalse();
        assertThat(last.getMore() || last.getCount() != 0).as("a count before the last").isFalse();
        last = pieces.next();
        for (KeyValue kv : last.getKvsList()) {
          keys.add(kv.getKey().toStringUtf8() + "@" + kv.getModRevision());
          bytes += kv.getValue().size();
        }
      }
    } catch (StatusRuntimeException refused) {
      return refused.getStatus().getCode() + ": " + refused.getStatus().getDescription();
    }
    return "%d keys (%s to %s, hash %x), %d bytes, count %d, more %s, revision %d"
        .formatted(
            keys.size(),
            keys.isEmpty() ? "" : keys.getFirst(),
            keys.isEmpty() ? "" : keys.getLast(),
            keys.hashCode(),
            bytes,
            last.getCount(),
            last.getMore(),
            last.getHeader().getRevision());
  }
}
