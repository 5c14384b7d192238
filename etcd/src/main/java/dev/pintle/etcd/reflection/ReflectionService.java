package dev.pintle.etcd.reflection;

import dev.pintle.etcd.message.FieldReader;
import dev.pintle.etcd.message.MalformedMessage;
import dev.pintle.etcd.status.EtcdErrors;
import dev.pintle.etcd.status.EtcdStatus;
import dev.pintle.wire.GrpcService.Inbound;
import dev.pintle.wire.GrpcService.Method;
import dev.pintle.wire.GrpcService.Streaming;
import dev.pintle.wire.GrpcStatus;
import dev.pintle.wire.GrpcStream;
import io.netty.buffer.ByteBuf;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The service `grpc.reflection.v1.ServerReflection`, and `v1alpha`, which has the same messages. etcd has none; tools such as grpcurl ask
/// for it. What it tells is read when the first asks.
public final class ReflectionService {
  public Map<String, Method> methods() {
    Streaming info =
        stream -> {
          stream.onWritable(stream::resumeReading);
          stream.onDraining(() -> stream.close(EtcdStatus.STOPPED));
          return new Info(stream);
        };
    return Map.of(
        "/grpc.reflection.v1.ServerReflection/ServerReflectionInfo",
        info,
        "/grpc.reflection.v1alpha.ServerReflection/ServerReflectionInfo",
        info);
  }

  /// A stream of questions, each answered in its turn.
  private record Info(GrpcStream stream) implements Inbound {
    @Override
    public void message(ByteBuf message) {
      if (!stream.isWritable()) {
        stream.pauseReading();
      }
      try {
        byte[] request = new byte[message.readableBytes()];
        message.getBytes(message.readerIndex(), request);
        stream.send(answer(FieldReader.of(message), request));
      } catch (MalformedMessage malformed) {
        stream.close(EtcdErrors.status(malformed));
      }
    }

    private ByteBuf answer(FieldReader in, byte[] request) {
      String host = "";
      ReflectionAnswer answer = new ReflectionAnswer(stream.allocator(), request);
      ByteBuf told = null;
      for (int field = in.next(); field != 0; field = in.next()) {
        switch (field) {
          case 1 -> host = in.string();
          case 3 -> told = replaced(told, answer.file(in.string()));
          case 4 -> told = replaced(told, answer.symbol(in.string()));
          case 5, 6 -> {
            in.skip();
            told = replaced(told, answer.noExtension());
          }
          case 7 -> {
            in.skip();
            told = replaced(told, answer.services());
          }
          default -> in.skip();
        }
      }
      ByteBuf body = told == null ? answer.invalid() : told;
      return answer.whole(host, body);
    }

    private static ByteBuf replaced(@Nullable ByteBuf before, ByteBuf now) {
      if (before != null) {
        before.release();
      }
      return now;
    }

    @Override
    public void halfClosed() {
      stream.close(GrpcStatus.OK);
    }

    @Override
    public void aborted() {}
  }
}
