package dev.pintle.wire.listen;

import io.grpc.Status;
import io.grpc.stub.StreamObserver;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/// The answers that came back on a stream.
final class Answers implements StreamObserver<byte[]> {
  private final List<byte[]> messages = new CopyOnWriteArrayList<>();
  private final LinkedBlockingQueue<byte[]> arriving = new LinkedBlockingQueue<>();
  private final CompletableFuture<Status> end = new CompletableFuture<>();

  @Override
  public void onNext(byte[] message) {
    messages.add(message);
    arriving.add(message);
  }

  @Override
  public void onError(Throwable failure) {
    end.complete(Status.fromThrowable(failure));
  }

  @Override
  public void onCompleted() {
    end.complete(Status.OK);
  }

  byte[] next() {
    try {
      byte[] message = arriving.poll(WireFixture.PATIENCE.toSeconds(), TimeUnit.SECONDS);
      if (message == null) {
        throw new AssertionError("no message came");
      }
      return message;
    } catch (InterruptedException interrupted) {
      throw new AssertionError(interrupted);
    }
  }

  Status.Code awaitEnd() {
    return status().getCode();
  }

  Status status() {
    return end.orTimeout(WireFixture.PATIENCE.toSeconds(), TimeUnit.SECONDS).join();
  }

  List<String> texts() {
    return messages.stream().map(bytes -> new String(bytes, StandardCharsets.UTF_8)).toList();
  }
}
