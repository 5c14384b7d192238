package dev.pintle.etcd.fake;

import dev.pintle.wire.AnswerRoom;
import dev.pintle.wire.GrpcCall;
import dev.pintle.wire.GrpcService.Method;
import dev.pintle.wire.GrpcService.Unary;
import dev.pintle.wire.GrpcStatus;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.Unpooled;
import io.netty.buffer.UnpooledByteBufAllocator;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;

/// A unary call that keeps its answer.
public final class FakeCall implements GrpcCall {
  /// What the client shows of itself.
  public @Nullable String token;

  private final Queue<Runnable> later = new ConcurrentLinkedQueue<>();
  private final List<Runnable> onAbort = new ArrayList<>(0);
  private int kept;
  private boolean hasRoom = true;
  private volatile byte @Nullable [] reply;
  private volatile GrpcStatus status = GrpcStatus.OK;
  private AnswerRoom room = AnswerRoom.ENDLESS;

  /// Calls the method `path` of `methods` with `request`.
  public static FakeCall of(Map<String, Method> methods, String path, byte[] request) {
    return of(methods, path, request, AnswerRoom.ENDLESS);
  }

  public static FakeCall of(
      Map<String, Method> methods, String path, byte[] request, AnswerRoom room) {
    FakeCall call = new FakeCall();
    call.room = room;
    return call.to(methods, path, request);
  }

  /// Calls the method `path` of `methods` with `request`.
  public FakeCall to(Map<String, Method> methods, String path, byte[] request) {
    FakeCall call = this;
    if (methods.get(path) instanceof Unary unary) {
      unary.call(call, Unpooled.wrappedBuffer(request));
      return call;
    }
    throw new AssertionError(path + " is no unary method");
  }

  public byte[] reply() {
    if (reply == null) {
      throw new AssertionError("no reply, but " + status);
    }
    return reply;
  }

  public GrpcStatus status() {
    return status;
  }

  @Override
  public void reply(ByteBuf message) {
    reply = new byte[message.readableBytes()];
    message.readBytes(reply);
    message.release();
  }

  @Override
  public void fail(GrpcStatus failure) {
    status = failure;
  }

  @Override
  public AnswerRoom answerRoom() {
    return room;
  }

  @Override
  public void onAbort(Runnable action) {
    onAbort.add(action);
  }

  /// The client goes away.
  public void abort() {
    onAbort.forEach(Runnable::run);
  }

  /// What of its request it keeps, in bytes.
  public int kept() {
    return kept;
  }

  /// From now on there is no room to keep anything.
  public void keepNothing() {
    hasRoom = false;
  }

  public boolean isReplied() {
    return reply != null;
  }

  @Override
  public String path() {
    return "/test";
  }

  @Override
  public Optional<X509Certificate> clientCertificate() {
    return Optional.empty();
  }

  @Override
  public @Nullable String authToken() {
    return token;
  }

  @Override
  public Object client() {
    return "client";
  }

  @Override
  public void later(Runnable work) {
    later.add(work);
  }

  /// Has the event loop come round.
  public void comeRound() {
    for (Runnable work = later.poll(); work != null; work = later.poll()) {
      work.run();
    }
  }

  @Override
  public boolean keep(int bytes) {
    if (bytes > 0 && !hasRoom) {
      return false;
    }
    kept += bytes;
    return true;
  }

  @Override
  public ByteBufAllocator allocator() {
    return UnpooledByteBufAllocator.DEFAULT;
  }
}
