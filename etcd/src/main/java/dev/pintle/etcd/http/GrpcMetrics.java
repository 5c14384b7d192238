package dev.pintle.etcd.http;

import dev.pintle.wire.CallMeter;
import dev.pintle.wire.GrpcService.Method;
import dev.pintle.wire.GrpcService.Streaming;
import dev.pintle.wire.GrpcStatus.Code;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Function;

/// The counters of calls, messages and bytes, method by method, under the names of gRPC's own Prometheus library and of
/// etcd.
public final class GrpcMetrics implements Function<String, CallMeter> {
  private static final Code[] CODES = Code.values();

  private final Map<String, Counts> byPath = new TreeMap<>();
  private final LongAdder bytesReceived = new LongAdder();
  private final LongAdder bytesSent = new LongAdder();

  public GrpcMetrics(Map<String, Method> methods) {
    methods.forEach((path, method) ->
        byPath.put(path, new Counts(labels(path, method), bytesReceived, bytesSent)));
  }

  @Override
  public CallMeter apply(String path) {
    Counts counts = byPath.get(path);
    return counts == null ? CallMeter.NONE : counts;
  }

  /// Prometheus has no name for a method whose client alone streams; whatever streams here goes both ways, but for a few.
  private static String labels(String path, Method method) {
    int slash = path.lastIndexOf('/');
    String name = path.substring(slash + 1);
    String type =
        switch (name) {
          case "RangeStream", "Snapshot", "Observe" -> "server_stream";
          default -> method instanceof Streaming ? streaming(path) : "unary";
        };
    return "grpc_method=\"%s\",grpc_service=\"%s\",grpc_type=\"%s\""
        .formatted(name, path.substring(1, slash), type);
  }

  private static String streaming(String path) {
    return path.startsWith("/grpc.health.") ? "server_stream" : "bidi_stream";
  }

  /// How many calls of `path` have begun.
  long began(String path) {
    Counts counts = byPath.get(path);
    return counts == null ? 0 : counts.began.sum();
  }

  void write(Exposition out) {
    out.counter(
        "etcd_network_client_grpc_received_bytes_total",
        "The total number of bytes received from grpc clients.",
        bytesReceived.sum());
    out.counter(
        "etcd_network_client_grpc_sent_bytes_total",
        "The total number of bytes sent to grpc clients.",
        bytesSent.sum());
    out.counters("grpc_server_started_total", "Total number of RPCs started on the server.");
    byPath.values().forEach(counts -> out.sample(counts.labels, counts.began.sum()));
    out.counters(
        "grpc_server_handled_total",
        "Total number of RPCs completed on the server, regardless of success or failure.");
    byPath.values().forEach(counts -> counts.writeEnded(out));
    out.counters(
        "grpc_server_msg_received_total",
        "Total number of RPC stream messages received on the server.");
    byPath.values().forEach(counts -> out.sample(counts.labels, counts.received.sum()));
    out.counters(
        "grpc_server_msg_sent_total", "Total number of gRPC stream messages sent by the server.");
    byPath.values().forEach(counts -> out.sample(counts.labels, counts.sent.sum()));
  }

  private static final class Counts implements CallMeter {
    private final String labels;
    private final LongAdder began = new LongAdder();
    private final LongAdder received = new LongAdder();
    private final LongAdder sent = new LongAdder();
    private final LongAdder[] ended = new LongAdder[CODES.length];
    private final LongAdder bytesReceived;
    private final LongAdder bytesSent;

    Counts(String labels, LongAdder bytesReceived, LongAdder bytesSent) {
      this.labels = labels;
      this.bytesReceived = bytesReceived;
      this.bytesSent = bytesSent;
      for (int i = 0; i < ended.length; i++) {
        ended[i] = new LongAdder();
      }
    }

    @Override
    public void began() {
      began.increment();
    }

    @Override
    public void received(int bytes) {
      received.increment();
      bytesReceived.add(bytes);
    }

    @Override
    public void sent(int bytes) {
      sent.increment();
      bytesSent.add(bytes);
    }

    @Override
    public void ended(Code code) {
      ended[code.ordinal()].increment();
    }

    /// Those that were never met, too: a rate of failures is 0 then, and not unknown.
    void writeEnded(Exposition out) {
      for (Code code : CODES) {
        String ofCode = "grpc_code=\"%s\",%s".formatted(name(code), labels);
        out.sample(ofCode, ended[code.ordinal()].sum());
      }
    }

    /// As Go writes it, where alerts were written.
    private static String name(Code code) {
      return switch (code) {
        case OK -> "OK";
        case CANCELLED -> "Canceled";
        case UNKNOWN -> "Unknown";
        case INVALID_ARGUMENT -> "InvalidArgument";
        case DEADLINE_EXCEEDED -> "DeadlineExceeded";
        case NOT_FOUND -> "NotFound";
        case ALREADY_EXISTS -> "AlreadyExists";
        case PERMISSION_DENIED -> "PermissionDenied";
        case RESOURCE_EXHAUSTED -> "ResourceExhausted";
        case FAILED_PRECONDITION -> "FailedPrecondition";
        case ABORTED -> "Aborted";
        case OUT_OF_RANGE -> "OutOfRange";
        case UNIMPLEMENTED -> "Unimplemented";
        case INTERNAL -> "Internal";
        case UNAVAILABLE -> "Unavailable";
        case DATA_LOSS -> "DataLoss";
        case UNAUTHENTICATED -> "Unauthenticated";
      };
    }
  }
}
