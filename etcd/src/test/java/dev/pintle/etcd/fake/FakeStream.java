package dev.pintle.etcd.fake;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import com.google.protobuf.Parser;
import dev.pintle.wire.GrpcStatus;
import dev.pintle.wire.GrpcStream;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.UnpooledByteBufAllocator;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;

/// A stream that remembers what is sent on it.
public final class FakeStream implements GrpcStream {
  private final List<byte[]> sent = new ArrayList<>();
  private final List<Runnable> whenWritable = new ArrayList<>();

  /// What the client shows of itself.
  public @Nullable String token;

  private final Queue<Runnable> later = new ConcurrentLinkedQueue<>();
  private boolean writable = true;
  private boolean paused;
  private @Nullable GrpcStatus closedWith;

  public <M extends Message> List<M> takeSent(Parser<M> parser) {
    List<M> messages = new ArrayList<>();
    try {
      for (byte[] bytes : sent) {
        messages.add(parser.parseFrom(bytes));
      }
    } catch (InvalidProtocolBufferException noMessage) {
      throw new AssertionError(noMessage);
    }
    sent.clear();
    return messages;
  }

  public void setWritable(boolean now) {
    writable = now;
    if (now) {
      whenWritable.forEach(Runnable::run);
    }
  }

  public boolean isPaused() {
    return paused;
  }

  public @Nullable GrpcStatus closedWith() {
    return closedWith;
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
    return true;
  }

  @Override
  public ByteBufAllocator allocator() {
    return UnpooledByteBufAllocator.DEFAULT;
  }

  @Override
  public void send(ByteBuf message) {
    byte[] bytes = new byte[message.readableBytes()];
    message.readBytes(bytes);
    message.release();
    sent.add(bytes);
  }

  @Override
  public boolean isWritable() {
    return writable;
  }

  @Override
  public void onWritable(Runnable action) {
    whenWritable.add(action);
  }

  @Override
  public void pauseReading() {
    paused = true;
  }

  @Override
  public void resumeReading() {
    paused = false;
  }

  @Override
  public void onDraining(Runnable action) {}

  @Override
  public void close(GrpcStatus status) {
    closedWith = status;
  }
}
