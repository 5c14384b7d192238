package dev.pintle.objectstore;

import dev.pintle.kernel.keyspace.StorageFailure;
import dev.pintle.kernel.keyspace.StorageFailure.Kind;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;

/// The requests for objects of one bucket: get, put, delete. What the service cannot do now is tried again for some seconds.
final class ObjectClient implements AutoCloseable {
  private static final int TRIES = 5;
  private static final long PAUSE_NANOS = 100_000_000L;
  private static final Duration CONNECT_MAX = Duration.ofSeconds(10);
  private static final Duration REQUEST_MAX = Duration.ofMinutes(2);
  private static final int REASON_CHARS_MAX = 300;

  private final BucketAddress address;
  private final RequestSignature signature;
  private final HttpClient http =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(CONNECT_MAX)
          .build();

  /// An object as it was read.
  ///
  /// @param tag by which the service tells it from another of that name
  @SuppressWarnings("ArrayRecordComponent") // never compared
  record Found(byte[] bytes, String tag) {}

  ObjectClient(BucketAddress address, AccessKey key) {
    this.address = address;
    this.signature = new RequestSignature(key, address.region());
  }

  BucketAddress address() {
    return address;
  }

  /// The object; empty where there is none.
  Optional<Found> get(String name) {
    HttpResponse<byte[]> answer = send("GET", name, new byte[0], Map.of());
    return switch (answer.statusCode()) {
      case 200 -> Optional.of(new Found(answer.body(), tag(answer)));
      case 404 -> Optional.empty();
      default -> throw refused("reading", name, answer);
    };
  }

  /// Writes an object of a name that nothing has.
  void create(String name, byte[] bytes) {
    HttpResponse<byte[]> answer = send("PUT", name, bytes, Map.of("if-none-match", "*"));
    if (answer.statusCode() != 200 && !isSame(answer, name, bytes)) {
      throw refused("writing", name, answer);
    }
  }

  /// Writes an object in the place of the one that has `tag`, or of none where that is empty; answers its tag. Empty where the object there is another one.
  Optional<String> replace(String name, byte[] bytes, String tag) {
    Map<String, String> condition =
        tag.isEmpty() ? Map.of("if-none-match", "*") : Map.of("if-match", tag);
    HttpResponse<byte[]> answer = send("PUT", name, bytes, condition);
    if (answer.statusCode() == 200) {
      return Optional.of(tag(answer));
    }
    if (!isConflict(answer)) {
      throw refused("writing", name, answer);
    }
    // An earlier try may have been heard, and its answer lost.
    return get(name).filter(found -> Arrays.equals(found.bytes(), bytes)).map(Found::tag);
  }

  private boolean isSame(HttpResponse<byte[]> answer, String name, byte[] bytes) {
    return isConflict(answer)
        && get(name).filter(found -> Arrays.equals(found.bytes(), bytes)).isPresent();
  }

  private static boolean isConflict(HttpResponse<byte[]> answer) {
    return answer.statusCode() == 412 || answer.statusCode() == 409 || answer.statusCode() == 404;
  }

  /// Takes an object away; an absent one is no error.
  void delete(String name) {
    HttpResponse<byte[]> answer = send("DELETE", name, new byte[0], Map.of());
    if (answer.statusCode() != 204 && answer.statusCode() != 200 && answer.statusCode() != 404) {
      throw refused("deleting", name, answer);
    }
  }

  private HttpResponse<byte[]> send(
      String method, String name, byte[] body, Map<String, String> more) {
    IOException last = new IOException("not sent");
    for (int tried = 0; tried < TRIES; tried++) {
      LockSupport.parkNanos(PAUSE_NANOS * tried * tried);
      try {
        HttpResponse<byte[]> answer =
            http.send(request(method, name, body, more), BodyHandlers.ofByteArray());
        boolean again = answer.statusCode() >= 500 || answer.statusCode() == 429;
        if (!again || tried == TRIES - 1) {
          return answer;
        }
      } catch (IOException e) {
        last = e;
      } catch (InterruptedException stopping) {
        Thread.currentThread().interrupt();
        throw new StorageFailure(Kind.IO, address.toString(), "interrupted", stopping);
      }
    }
    throw new StorageFailure(
        Kind.IO, address.toString(), "%s %s: %s".formatted(method, name, last), last);
  }

  private HttpRequest request(String method, String name, byte[] body, Map<String, String> more) {
    String host = address.endpoint().getRawAuthority();
    HttpRequest.Builder request =
        HttpRequest.newBuilder(address.url(name))
            .timeout(REQUEST_MAX)
            .method(
                method,
                body.length == 0 ? BodyPublishers.noBody() : BodyPublishers.ofByteArray(body));
    signature
        .headers(method, address.path(name), host, body, Instant.now())
        .forEach(request::header);
    more.forEach(request::header);
    return request.build();
  }

  private static String tag(HttpResponse<?> answer) {
    return answer.headers().firstValue("etag").orElse("");
  }

  private StorageFailure refused(String doing, String name, HttpResponse<byte[]> answer) {
    String reason = new String(answer.body(), StandardCharsets.UTF_8).strip();
    return new StorageFailure(
        answer.statusCode() == 507 ? Kind.DISK_FULL : Kind.IO,
        address.toString(),
        "%s %s: status %d %s"
            .formatted(
                doing,
                name,
                answer.statusCode(),
                reason.substring(0, Math.min(reason.length(), REASON_CHARS_MAX))));
  }

  @Override
  public void close() {
    http.close();
  }
}
