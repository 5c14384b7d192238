package dev.pintle.compat.etcd;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pintle.compat.harness.RunningPintle;
import io.grpc.CallOptions;
import io.grpc.ManagedChannel;
import io.grpc.MethodDescriptor;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.netty.NettyChannelBuilder;
import io.grpc.stub.ClientCalls;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// gRPC's health check, as every load balancer asks it, by grpc-java.
class HealthIT {
  @TempDir private Path data;

  private static final MethodDescriptor.Marshaller<byte[]> BYTES =
      new MethodDescriptor.Marshaller<>() {
        @Override
        public InputStream stream(byte[] value) {
          return new ByteArrayInputStream(value);
        }

        @Override
        public byte[] parse(InputStream stream) {
          try {
            return stream.readAllBytes();
          } catch (IOException e) {
            throw new UncheckedIOException(e);
          }
        }
      };

  private static byte[] call(ManagedChannel channel, String method, byte[] request) {
    MethodDescriptor<byte[], byte[]> descriptor =
        MethodDescriptor.<byte[], byte[]>newBuilder()
            .setType(MethodDescriptor.MethodType.UNARY)
            .setFullMethodName(method)
            .setRequestMarshaller(BYTES)
            .setResponseMarshaller(BYTES)
            .build();
    return ClientCalls.blockingUnaryCall(
        channel, descriptor, CallOptions.DEFAULT.withDeadlineAfter(10, TimeUnit.SECONDS), request);
  }

  private static Status status(ManagedChannel channel, String method, byte[] request) {
    try {
      call(channel, method, request);
      return Status.OK;
    } catch (StatusRuntimeException refused) {
      return refused.getStatus();
    }
  }

  @Test
  void theServerServesAndWhatItDoesNotKnowIsNamed() throws Exception {
    try (RunningPintle pintle = RunningPintle.etcdOnly(data.resolve("pintle"))) {
      URI uri = URI.create(pintle.etcd());
      ManagedChannel channel =
          NettyChannelBuilder.forAddress(uri.getHost(), uri.getPort()).usePlaintext().build();
      byte[] serving = {8, 1};
      byte[] unknownService = {10, 2, 'n', 'o'};
      assertThat(call(channel, "grpc.health.v1.Health/Check", new byte[0])).isEqualTo(serving);
      assertThat(status(channel, "grpc.health.v1.Health/Check", unknownService))
          .satisfies(status -> {
            assertThat(status.getCode()).isEqualTo(Status.Code.NOT_FOUND);
            assertThat(status.getDescription()).isEqualTo("unknown service");
          });
      assertThat(status(channel, "etcdserverpb.KV/Nope", new byte[0]).getDescription())
          .isEqualTo("unknown method Nope for service etcdserverpb.KV");
      channel.shutdownNow();
    }
  }
}
