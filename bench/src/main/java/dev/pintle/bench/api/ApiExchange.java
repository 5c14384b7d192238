package dev.pintle.bench.api;

import io.netty.buffer.ByteBuf;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;

/// A call under way, told of its answer on the thread that reads.
abstract sealed class ApiExchange permits WholeAnswer, LineAnswer {
  private final CompletableFuture<ApiAnswer> end = new CompletableFuture<>();
  private int code;
  private int retrySeconds;

  final CompletableFuture<ApiAnswer> end() {
    return end;
  }

  final void head(int status, int retryAfterSeconds) {
    this.code = status;
    this.retrySeconds = retryAfterSeconds;
  }

  final boolean succeeds() {
    return code / 100 == 2;
  }

  /// A part of the body, which is the caller's to release.
  abstract void data(ByteBuf part);

  /// What of the body is to be known at the end.
  abstract String kept();

  final void complete() {
    end.complete(new ApiAnswer(code, retrySeconds, kept(), System.nanoTime()));
  }

  final void fail(String why) {
    end.completeExceptionally(new IOException(why));
  }
}
