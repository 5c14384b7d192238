package dev.pintle.wire.listen;

import dev.pintle.wire.GrpcCall;
import dev.pintle.wire.GrpcService;
import dev.pintle.wire.GrpcStatus;
import dev.pintle.wire.GrpcStream;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;

/// Methods whose behaviour a test can name.
final class EchoService {
  static final String UNARY = "/test.Echo/Unary";
  static final String UNARY_ELSEWHERE = "/test.Echo/UnaryElsewhere";
  static final String NEVER = "/test.Echo/Never";
  static final String FAIL = "/test.Echo/Fail";
  static final String BIDI = "/test.Echo/Bidi";
  static final String COUNT = "/test.Echo/Count";
  static final String KEEP = "/test.Echo/Keep";

  private EchoService() {}

  static GrpcService with(Map<String, GrpcService.Method> more) {
    Map<String, GrpcService.Method> methods = new HashMap<>(more);
    methods.put(UNARY, (GrpcService.Unary) (call, message) -> call.reply(message.retain()));
    methods.put(
        UNARY_ELSEWHERE,
        (GrpcService.Unary)
            (call, message) -> {
              ByteBuf kept = message.retain();
              Thread.ofVirtual().start(() -> call.reply(kept));
            });
    methods.put(NEVER, (GrpcService.Unary) (call, message) -> {});
    methods.put(FAIL, (GrpcService.Unary) (call, message) -> call.fail(statusOf(message)));
    methods.put(BIDI, (GrpcService.Streaming) Echo::new);
    methods.put(KEEP, (GrpcService.Unary) EchoService::keep);
    methods.put(COUNT, (GrpcService.Streaming) Count::new);
    return new GrpcService(methods);
  }

  static GrpcService alone() {
    return with(Map.of());
  }

  /// Keeps as many bytes as the message says for as long as the call lasts, and says later whether it could.
  private static void keep(GrpcCall call, ByteBuf message) {
    boolean kept = call.keep(Integer.parseInt(message.toString(StandardCharsets.UTF_8)));
    boolean[] returned = {false};
    call.later(() -> {
      String answer = kept ? "kept" : "no room";
      call.reply(
          ByteBufUtil.writeUtf8(call.allocator(), returned[0] ? answer : "before it returned"));
    });
    returned[0] = true;
  }

  /// `CODE text`.
  private static GrpcStatus statusOf(ByteBuf message) {
    String[] words = message.toString(StandardCharsets.UTF_8).split(" ", 2);
    return new GrpcStatus(GrpcStatus.Code.valueOf(words[0]), words[1])
        .withDetails(new byte[] {8, 5})
        .withRetryAfterMillis(2000);
  }

  private record Echo(GrpcStream stream) implements GrpcService.Inbound {
    @Override
    public void message(ByteBuf message) {
      stream.send(message.retain());
    }

    @Override
    public void halfClosed() {
      stream.close(GrpcStatus.OK);
    }

    @Override
    public void aborted() {}
  }

  /// A method that sends as many messages as the client asks for, as fast as it may.
  private static final class Count implements GrpcService.Inbound {
    private final GrpcStream stream;
    private int next;
    private int end;

    Count(GrpcStream stream) {
      this.stream = stream;
      stream.onWritable(this::more);
    }

    @Override
    public void message(ByteBuf message) {
      end = Integer.parseInt(message.toString(StandardCharsets.UTF_8));
    }

    @Override
    public void halfClosed() {
      more();
    }

    private void more() {
      while (next < end && stream.isWritable()) {
        stream.send(stream.allocator().buffer(4).writeInt(next++));
        if (next == end) {
          stream.close(GrpcStatus.OK);
        }
      }
    }

    @Override
    public void aborted() {}
  }
}
