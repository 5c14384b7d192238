package dev.pintle.compat.etcd;

import com.google.protobuf.ByteString;
import com.google.protobuf.MessageOrBuilder;
import com.google.protobuf.TextFormat;
import com.google.protobuf.UnknownFieldSet;
import dev.pintle.compat.harness.RunningEtcd;
import dev.pintle.compat.harness.RunningPintle;
import io.grpc.CallOptions;
import io.grpc.ManagedChannel;
import io.grpc.MethodDescriptor;
import io.grpc.StatusRuntimeException;
import io.grpc.netty.NettyChannelBuilder;
import io.grpc.stub.ClientCalls;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.assertj.core.api.SoftAssertions;

/// The real etcd and Pintle beside one another, to whom the same is said over gRPC.
final class GrpcTwin {
  /// What one of them answered, line by line.
  @FunctionalInterface
  interface Talk {
    List<String> with(ManagedChannel server) throws Exception;
  }

  private GrpcTwin() {}

  static void compare(Path data, Talk talk) throws Exception {
    try (RunningEtcd real = RunningEtcd.start(data);
        RunningPintle pintle = RunningPintle.etcdOnly(data.resolve("pintle"))) {
      List<String> expected = answers(real.url(), talk);
      List<String> actual = answers(pintle.etcd(), talk);
      SoftAssertions differences = new SoftAssertions();
      for (int i = 0; i < Math.min(expected.size(), actual.size()); i++) {
        differences.assertThat(actual.get(i)).isEqualTo(expected.get(i));
      }
      differences.assertThat(actual).hasSameSizeAs(expected);
      System.err.printf("twin: %d answers compared%n", expected.size());
      differences.assertAll();
    }
  }

  private static List<String> answers(String server, Talk talk) throws Exception {
    URI uri = URI.create(server);
    ManagedChannel channel =
        NettyChannelBuilder.forAddress(uri.getHost(), uri.getPort())
            .maxInboundMessageSize(64 << 20)
            .usePlaintext()
            .build();
    try {
      return talk.with(channel);
    } finally {
      channel.shutdownNow();
    }
  }

  /// Calls a method that the client's library does not know.
  static UnknownFieldSet raw(ManagedChannel channel, String method, ByteString request)
      throws IOException {
    MethodDescriptor<byte[], byte[]> descriptor =
        MethodDescriptor.<byte[], byte[]>newBuilder(new Raw(), new Raw())
            .setType(MethodDescriptor.MethodType.UNARY)
            .setFullMethodName(method)
            .build();
    return UnknownFieldSet.parseFrom(
        ClientCalls.blockingUnaryCall(
            channel, descriptor, CallOptions.DEFAULT, request.toByteArray()));
  }

  private record Raw() implements MethodDescriptor.Marshaller<byte[]> {
    @Override
    public InputStream stream(byte[] message) {
      return new ByteArrayInputStream(message);
    }

    @Override
    public byte[] parse(InputStream message) {
      try {
        return message.readAllBytes();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  /// What each of `calls` is answered, with what it asked.
  static final class Answers {
    private final List<String> lines = new ArrayList<>();

    void add(String asked, Supplier<? extends MessageOrBuilder> call) {
      String answer;
      try {
        answer = text(call.get());
      } catch (StatusRuntimeException refused) {
        answer = refused.getStatus().getCode() + ": " + refused.getStatus().getDescription();
      }
      lines.add(asked + " -> " + answer);
    }

    void add(String line) {
      lines.add(line);
    }

    List<String> lines() {
      return lines;
    }
  }

  /// The message without what the two cannot have alike.
  static String text(MessageOrBuilder message) {
    return TextFormat.printer()
        .emittingSingleLine(true)
        .printToString(message)
        .replaceAll(
            "(cluster_id|member_id|raft_term|raft_index|raft_applied_index): -?[0-9]+ ?", "");
  }
}
