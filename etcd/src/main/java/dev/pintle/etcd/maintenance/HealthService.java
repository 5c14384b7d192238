package dev.pintle.etcd.maintenance;

import dev.pintle.etcd.message.FieldReader;
import dev.pintle.etcd.message.FieldWriter;
import dev.pintle.etcd.message.MalformedMessage;
import dev.pintle.etcd.status.DecodingUnary;
import dev.pintle.etcd.status.EtcdErrors;
import dev.pintle.etcd.status.EtcdStatus;
import dev.pintle.wire.GrpcCall;
import dev.pintle.wire.GrpcService.Inbound;
import dev.pintle.wire.GrpcService.Method;
import dev.pintle.wire.GrpcService.Streaming;
import dev.pintle.wire.GrpcStatus;
import dev.pintle.wire.GrpcStream;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import java.util.Map;

/// The service `grpc.health.v1.Health` for the whole server, whose name is empty: whoever can ask is served.
public final class HealthService {
  private static final int STATUS = 1;
  private static final int SERVING = 1;
  private static final int SERVICE_UNKNOWN = 3;

  /// The answer of `List`: under field 1 the key "" and a status that serves.
  private static final byte[] STATUSES = {0x0a, 6, 0x0a, 0, 0x12, 2, 0x08, SERVING};

  private static final GrpcStatus UNKNOWN_SERVICE =
      new GrpcStatus(GrpcStatus.Code.NOT_FOUND, "unknown service");

  public Map<String, Method> methods() {
    Streaming watch =
        stream -> {
          stream.onDraining(() -> stream.close(EtcdStatus.STOPPED));
          return new Watch(stream);
        };
    return Map.of(
        "/grpc.health.v1.Health/Check",
        DecodingUnary.unary(HealthService::check),
        "/grpc.health.v1.Health/List",
        DecodingUnary.unary(HealthService::list),
        "/grpc.health.v1.Health/Watch",
        watch);
  }

  private static void check(GrpcCall call, ByteBuf message) {
    if (service(message).isEmpty()) {
      call.reply(response(call.allocator(), SERVING));
    } else {
      call.fail(UNKNOWN_SERVICE);
    }
  }

  /// A map of one entry, of which the key is empty.
  private static void list(GrpcCall call, ByteBuf message) {
    ByteBuf out = call.allocator().buffer(STATUSES.length);
    call.reply(out.writeBytes(STATUSES));
  }

  private static String service(ByteBuf message) {
    FieldReader in = FieldReader.of(message);
    String service = "";
    for (int field = in.next(); field != 0; field = in.next()) {
      switch (field) {
        case 1 -> service = in.string();
        default -> in.skip();
      }
    }
    return service;
  }

  private static ByteBuf response(ByteBufAllocator allocator, int status) {
    ByteBuf out = allocator.buffer(2);
    FieldWriter.int64(out, STATUS, status);
    return out;
  }

  /// A stream that says how the server is, and stays open: the state changes only by the server going away.
  private record Watch(GrpcStream stream) implements Inbound {
    @Override
    public void message(ByteBuf message) {
      try {
        int status = service(message).isEmpty() ? SERVING : SERVICE_UNKNOWN;
        stream.send(response(stream.allocator(), status));
      } catch (MalformedMessage malformed) {
        stream.close(EtcdErrors.status(malformed));
      }
    }

    @Override
    public void halfClosed() {}

    @Override
    public void aborted() {}
  }
}
