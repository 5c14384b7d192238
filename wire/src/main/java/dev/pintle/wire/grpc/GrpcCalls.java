package dev.pintle.wire.grpc;

import dev.pintle.wire.CallMeter;
import dev.pintle.wire.GrpcLimits;
import dev.pintle.wire.GrpcService;
import dev.pintle.wire.GrpcStatus;
import dev.pintle.wire.GrpcStatus.Code;
import dev.pintle.wire.http2.StreamAcceptor;
import dev.pintle.wire.http2.StreamLink;
import dev.pintle.wire.http2.StreamReader;
import dev.pintle.wire.loop.Faults;
import io.netty.handler.codec.http2.Http2Headers;
import io.netty.util.AsciiString;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/// The acceptor of gRPC calls for a [GrpcService]: finds the method, refuses what is no call.
public final class GrpcCalls implements StreamAcceptor {
  private final Map<String, Served> methods;
  private final Set<String> services;
  private final GrpcLimits limits;

  public GrpcCalls(GrpcService service, GrpcLimits limits) {
    this.methods = served(service);
    this.services = servicesOf(service.methods().keySet());
    this.limits = limits;
  }

  private record Served(String path, GrpcService.Method method, CallMeter meter) {}

  private static Map<String, Served> served(GrpcService service) {
    Map<String, Served> served = new HashMap<>();
    service
        .methods()
        .forEach((path, method) ->
            served.put(path, new Served(path, method, service.meters().apply(path))));
    return served;
  }

  /// Whether a request claims to be gRPC, rightly or wrongly.
  public static boolean isGrpc(Http2Headers request) {
    CharSequence type = request.get(GrpcHeaders.CONTENT_TYPE);
    return type != null && AsciiString.of(type).startsWith(GrpcHeaders.GRPC);
  }

  @Override
  public StreamReader accept(StreamLink link, Http2Headers request) {
    CharSequence type = request.get(GrpcHeaders.CONTENT_TYPE, "");
    if (!isGrpcType(type)) {
      String why = "invalid gRPC request content-type \"%s\"".formatted(type);
      return refuse(
          link, GrpcHeaders.trailersOnly(415, new GrpcStatus(Code.INVALID_ARGUMENT, why)));
    }
    if (!AsciiString.contentEquals("POST", request.method())) {
      String why =
          "Received a HEADERS frame with :method \"%s\" which should be POST"
              .formatted(request.method());
      return refuse(link, GrpcHeaders.trailersOnly(405, new GrpcStatus(Code.INTERNAL, why)));
    }
    CharSequence encoding = request.get(GrpcHeaders.ENCODING);
    if (encoding != null && !isKnownEncoding(encoding)) {
      String why =
          "grpc: Decompressor is not installed for grpc-encoding \"%s\"".formatted(encoding);
      return refuse(link, GrpcHeaders.unknownEncoding(new GrpcStatus(Code.UNIMPLEMENTED, why)));
    }
    return open(link, request, request.path().toString());
  }

  private StreamReader open(StreamLink link, Http2Headers request, String path) {
    Served served = methods.get(path);
    if (served == null) {
      return refuse(
          link,
          GrpcHeaders.trailersOnly(200, new GrpcStatus(Code.UNIMPLEMENTED, whyUnknown(path))));
    }
    CallMeter meter = served.meter();
    meter.began();
    return switch (served.method()) {
      case GrpcService.Unary unary ->
          new UnaryCall(link, request, served.path(), limits, meter, unary);
      case GrpcService.Streaming streaming -> {
        StreamingCall call = new StreamingCall(link, request, served.path(), limits, meter);
        if (!Faults.guard(() -> call.open(streaming))) {
          call.finish(new GrpcStatus(Code.INTERNAL, "the handler of this method failed"));
        }
        yield call;
      }
    };
  }

  private String whyUnknown(String path) {
    int slash = path.lastIndexOf('/');
    if (slash < 1 || path.charAt(0) != '/') {
      return "malformed method name: \"%s\"".formatted(path);
    }
    String service = path.substring(1, slash);
    return services.contains(service)
        ? "unknown method %s for service %s".formatted(path.substring(slash + 1), service)
        : "unknown service " + service;
  }

  private static boolean isGrpcType(CharSequence type) {
    if (!AsciiString.of(type).startsWith(GrpcHeaders.GRPC)) {
      return false;
    }
    int after = GrpcHeaders.GRPC.length();
    return type.length() == after || type.charAt(after) == '+' || type.charAt(after) == ';';
  }

  private static boolean isKnownEncoding(CharSequence encoding) {
    return AsciiString.contentEqualsIgnoreCase(Gzip.NAME, encoding)
        || AsciiString.contentEqualsIgnoreCase("identity", encoding);
  }

  private static StreamReader refuse(StreamLink link, Http2Headers answer) {
    link.headers(answer, true);
    return StreamReader.NOBODY;
  }

  private static Set<String> servicesOf(Set<String> paths) {
    Set<String> services = new HashSet<>();
    for (String path : paths) {
      int slash = path.lastIndexOf('/');
      if (slash < 2 || path.charAt(0) != '/') {
        throw new IllegalArgumentException(
            "path: %s (expected: /package.Service/Method)".formatted(path));
      }
      services.add(path.substring(1, slash));
    }
    return services;
  }
}
