package dev.pintle.wire.listen;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pintle.wire.SharedLimits;
import io.grpc.CallOptions;
import io.grpc.Metadata;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Iterator;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GrpcCallsTest {
  private static WireFixture wire;
  private static GrpcClient client;

  @BeforeAll
  static void start() {
    wire = WireFixture.serving(EchoService.alone());
    client = new GrpcClient(wire.port());
  }

  @AfterAll
  static void stop() {
    client.close();
    wire.close();
  }

  @Test
  void aUnaryCallIsAnsweredOnTheEventLoop() {
    assertThat(client.call(EchoService.UNARY, "hello")).isEqualTo("hello");
  }

  @Test
  void aUnaryCallIsAnsweredFromAnotherThread() {
    assertThat(client.call(EchoService.UNARY_ELSEWHERE, "hello")).isEqualTo("hello");
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 4091, 4096, 4097, 16_379, 16_384, 65_536, 1_048_576, 2_097_152})
  void messagesOfEverySizeComeBackWhole(int bytes) {
    byte[] message = new byte[bytes];
    new SplittableRandom(bytes).nextBytes(message);
    assertThat(client.call(EchoService.UNARY, message)).isEqualTo(message);
  }

  @ParameterizedTest
  @ValueSource(ints = {10, 100_000})
  void gzipIsSpokenBothWays(int bytes) {
    byte[] message = new byte[bytes];
    CallOptions gzip = CallOptions.DEFAULT.withCompression("gzip");
    assertThat(client.call(EchoService.UNARY, message, gzip)).isEqualTo(message);
  }

  @Test
  void aFailureCarriesItsTextAndDetails() {
    assertThatThrownBy(() -> client.call(EchoService.FAIL, "NOT_FOUND größer als 100%\nreally"))
        .isInstanceOfSatisfying(
            StatusRuntimeException.class,
            failure -> {
              assertThat(failure.getStatus().getCode()).isEqualTo(Status.Code.NOT_FOUND);
              assertThat(failure.getStatus().getDescription()).isEqualTo("größer als 100%\nreally");
              Metadata.Key<byte[]> details =
                  Metadata.Key.of("grpc-status-details-bin", Metadata.BINARY_BYTE_MARSHALLER);
              assertThat(Objects.requireNonNull(failure.getTrailers()).get(details))
                  .containsExactly(8, 5);
              Metadata.Key<String> pushback =
                  Metadata.Key.of("grpc-retry-pushback-ms", Metadata.ASCII_STRING_MARSHALLER);
              assertThat(failure.getTrailers().get(pushback)).isEqualTo("2000");
            });
  }

  /// A client may have half of an eighth of the heap kept. What a call kept is free when it has ended.
  @Test
  void whatACallKeepsIsCountedUntilItEnds() {
    long most = SharedLimits.ofHeap().clientRequestBytesMax();
    String half = Long.toString(Math.min(most / 2, Integer.MAX_VALUE));
    for (int i = 0; i < 5; i++) {
      assertThat(client.call(EchoService.KEEP, half)).isEqualTo("kept");
    }
    assertThat(client.call(EchoService.KEEP, Integer.toString(Integer.MAX_VALUE)))
        .isEqualTo("no room");
    assertThat(client.call(EchoService.KEEP, half)).isEqualTo("kept");
  }

  @Test
  void anUnknownServiceIsNamed() {
    refused(Status.Code.UNIMPLEMENTED, "unknown service test.Other", "/test.Other/Unary");
  }

  @Test
  void anUnknownMethodIsNamed() {
    refused(
        Status.Code.UNIMPLEMENTED,
        "unknown method Nothing for service test.Echo",
        "/test.Echo/Nothing");
  }

  private static void refused(Status.Code code, String text, String path) {
    assertThatThrownBy(() -> client.call(path, "x"))
        .isInstanceOfSatisfying(
            StatusRuntimeException.class,
            failure -> {
              assertThat(failure.getStatus().getCode()).isEqualTo(code);
              assertThat(failure.getStatus().getDescription()).isEqualTo(text);
            });
  }

  @Test
  void aMessageLargerThanTheLimitIsRefusedWithBothNumbers() {
    assertThatThrownBy(() -> client.call(EchoService.UNARY, new byte[2_097_153]))
        .hasMessage(
            "RESOURCE_EXHAUSTED: grpc: received message larger than max (2097153 vs. 2097152)");
  }

  @Test
  void aBombIsRefusedBeforeItIsWholeInMemory() {
    CallOptions gzip = CallOptions.DEFAULT.withCompression("gzip");
    assertThatThrownBy(() -> client.call(EchoService.UNARY, new byte[50 << 20], gzip))
        .hasMessage(
            "RESOURCE_EXHAUSTED: grpc: received message after decompression larger than max 2097152");
  }

  @Test
  void aCallWithoutAnAnswerEndsAtItsDeadline() {
    CallOptions soon = CallOptions.DEFAULT.withDeadlineAfter(100, TimeUnit.MILLISECONDS);
    assertThatThrownBy(() -> client.call(EchoService.NEVER, new byte[0], soon))
        .isInstanceOfSatisfying(
            StatusRuntimeException.class,
            failure ->
                assertThat(failure.getStatus().getCode()).isEqualTo(Status.Code.DEADLINE_EXCEEDED));
  }

  @Test
  void aStreamEchoesUntilTheClientIsDone() {
    Answers answers = new Answers();
    var requests = client.bidi(EchoService.BIDI, answers);
    for (int i = 0; i < 1000; i++) {
      requests.onNext(Integer.toString(i).getBytes(StandardCharsets.UTF_8));
    }
    requests.onCompleted();
    assertThat(answers.awaitEnd()).isEqualTo(Status.Code.OK);
    assertThat(answers.texts()).hasSize(1000).startsWith("0", "1").endsWith("999");
  }

  @Test
  void aStreamOfHundredThousandMessagesArrivesInOrder() {
    Iterator<byte[]> numbers =
        client.serverStream(
            EchoService.COUNT, "100000".getBytes(StandardCharsets.UTF_8), CallOptions.DEFAULT);
    int expected = 0;
    while (numbers.hasNext()) {
      assertThat(ByteBuffer.wrap(numbers.next()).getInt()).isEqualTo(expected++);
    }
    assertThat(expected).isEqualTo(100_000);
  }
}
