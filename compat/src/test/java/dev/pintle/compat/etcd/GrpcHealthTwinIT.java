package dev.pintle.compat.etcd;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pintle.compat.harness.RunningEtcd;
import dev.pintle.compat.harness.RunningPintle;
import io.grpc.CallOptions;
import io.grpc.ManagedChannel;
import io.grpc.MethodDescriptor;
import io.grpc.MethodDescriptor.MethodType;
import io.grpc.StatusRuntimeException;
import io.grpc.netty.NettyChannelBuilder;
import io.grpc.stub.ClientCalls;
import io.grpc.stub.StreamObserver;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// gRPC's own services: the health check beside the real etcd's, and reflection, which the real one has not.
class GrpcHealthTwinIT {
  private static final int SERVICE = 1;
  private static final int FILE_OF_SYMBOL = 4;
  private static final int LIST_SERVICES = 7;
  private static final byte[] EVERYTHING = {};
  private static final byte[] ONE_SERVICE = text(SERVICE, "etcdserverpb.KV");

  @TempDir private Path data;

  /// Messages as they are on the wire.
  private static final class Bytes implements MethodDescriptor.Marshaller<byte[]> {
    @Override
    public InputStream stream(byte[] message) {
      return new ByteArrayInputStream(message);
    }

    @Override
    public byte[] parse(InputStream message) {
      try {
        return message.readAllBytes();
      } catch (IOException broken) {
        throw new UncheckedIOException(broken);
      }
    }
  }

  /// A message with a text in one field.
  private static byte[] text(int field, String value) {
    byte[] text = value.getBytes(StandardCharsets.US_ASCII);
    byte[] message = new byte[text.length + 2];
    message[0] = (byte) (field << 3 | 2);
    message[1] = (byte) text.length;
    System.arraycopy(text, 0, message, 2, text.length);
    return message;
  }

  private static MethodDescriptor<byte[], byte[]> method(MethodType type, String name) {
    return MethodDescriptor.newBuilder(new Bytes(), new Bytes())
        .setType(type)
        .setFullMethodName(name)
        .build();
  }

  private static ManagedChannel channel(String server) {
    URI uri = URI.create(server);
    return NettyChannelBuilder.forAddress(uri.getHost(), uri.getPort()).usePlaintext().build();
  }

  @Test
  void healthIsToldAlike() {
    try (RunningEtcd real = RunningEtcd.start(data);
        RunningPintle pintle = RunningPintle.etcdOnly(data.resolve("pintle"))) {
      assertThat(health(pintle.etcd())).isEqualTo(health(real.url()));
    }
  }

  private static List<String> health(String server) {
    ManagedChannel channel = channel(server);
    try {
      List<String> answers = new ArrayList<>();
      for (byte[] request : List.of(EVERYTHING, ONE_SERVICE)) {
        answers.add(unary(channel, "grpc.health.v1.Health/Check", request));
        answers.add(first(channel, "grpc.health.v1.Health/Watch", request));
      }
      answers.add(unary(channel, "grpc.health.v1.Health/List", EVERYTHING));
      return answers;
    } finally {
      channel.shutdownNow();
    }
  }

  private static String unary(ManagedChannel channel, String name, byte[] request) {
    try {
      return hex(
          ClientCalls.blockingUnaryCall(
              channel, method(MethodType.UNARY, name), CallOptions.DEFAULT, request));
    } catch (StatusRuntimeException failed) {
      return failed.getStatus().toString();
    }
  }

  private static String first(ManagedChannel channel, String name, byte[] request) {
    return hex(
        ClientCalls.blockingServerStreamingCall(
                channel, method(MethodType.SERVER_STREAMING, name), CallOptions.DEFAULT, request)
            .next());
  }

  private static String hex(byte[] message) {
    return HexFormat.of().formatHex(message);
  }

  @Test
  void whoeverAsksIsToldWhatIsServed() throws InterruptedException {
    try (RunningPintle pintle = RunningPintle.etcdOnly(data.resolve("pintle"))) {
      ManagedChannel channel = channel(pintle.etcd());
      try {
        for (String version : List.of("v1", "v1alpha")) {
          BlockingQueue<String> answers = new LinkedBlockingQueue<>();
          StreamObserver<byte[]> ask = reflection(channel, version, answers);
          ask.onNext(text(LIST_SERVICES, "*"));
          assertThat(next(answers)).contains("etcdserverpb.KV", "v3lockpb.Lock");
          ask.onNext(text(FILE_OF_SYMBOL, "etcdserverpb.KV"));
          assertThat(next(answers)).contains("rpc.proto", "RangeRequest", "KeyValue");
          ask.onCompleted();
          assertThat(next(answers)).isEqualTo("completed");
        }
      } finally {
        channel.shutdownNow();
      }
    }
  }

  private static StreamObserver<byte[]> reflection(
      ManagedChannel channel, String version, BlockingQueue<String> answers) {
    String name = "grpc.reflection.%s.ServerReflection/ServerReflectionInfo".formatted(version);
    return ClientCalls.asyncBidiStreamingCall(
        channel.newCall(method(MethodType.BIDI_STREAMING, name), CallOptions.DEFAULT),
        new StreamObserver<byte[]>() {
          @Override
          public void onNext(byte[] answer) {
            answers.add(new String(answer, StandardCharsets.ISO_8859_1));
          }

          @Override
          public void onError(Throwable failed) {
            answers.add(failed.toString());
          }

          @Override
          public void onCompleted() {
            answers.add("completed");
          }
        });
  }

  private static String next(BlockingQueue<String> answers) throws InterruptedException {
    return String.valueOf(answers.poll(10, TimeUnit.SECONDS));
  }
}
