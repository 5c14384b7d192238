package dev.pintle.wire.listen;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import dev.pintle.wire.Http1Limits;
import dev.pintle.wire.LeakWatch;
import dev.pintle.wire.WireLimits;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Bytes that no decoder expects. Whatever comes, no bug is reported ([dev.pintle.wire.LeakWatch] fails the class), no
/// buffer is lost, no connection outlives its limits, and the client beside is served.
///
/// Every run has a new seed, which every failure names; `-Dwire.fuzz.seed=…` repeats one.
class FuzzTest {
  private static final long SEED = Long.getLong("wire.fuzz.seed", System.nanoTime());
  private static final String REPEATED_BY = "(repeated by -Dwire.fuzz.seed=%d)".formatted(SEED);
  private static final int CONNECTIONS = Integer.getInteger("wire.fuzz.connections", 150);
  private static final byte[] PREFACE =
      "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".getBytes(StandardCharsets.US_ASCII);

  private static WireFixture wire;
  private static GrpcClient neighbour;

  @BeforeAll
  static void start() {
    Duration soon = Duration.ofMillis(100);
    Http1Limits impatient = new Http1Limits(4096, 8192, soon, soon, soon, soon);
    wire = WireFixture.serving(WireFixture.MIRROR, WireLimits.DEFAULT.withHttp1(impatient));
    neighbour = new GrpcClient(wire.listenAlso(config -> config.withGrpc(EchoService.alone())));
  }

  @AfterAll
  static void stop() {
    neighbour.close();
    wire.close();
  }

  /// The part that is bent: from nonsense to a conversation with one flaw.
  enum Kind {
    NOISE {
      @Override
      byte[] bytes(SplittableRandom random) {
        return FuzzBytes.noise(random, 2000);
      }
    },
    HTTP1 {
      @Override
      byte[] bytes(SplittableRandom random) {
        return FuzzBytes.bent(random, FuzzBytes.http1(random));
      }
    },
    HTTP2_NOISE {
      @Override
      byte[] bytes(SplittableRandom random) {
        return FuzzBytes.join(PREFACE, FuzzBytes.noise(random, 2000));
      }
    },
    HTTP2_FRAMES {
      @Override
      byte[] bytes(SplittableRandom random) {
        return FuzzBytes.join(PREFACE, FuzzBytes.frames(random));
      }
    },
    HTTP2_BENT {
      @Override
      byte[] bytes(SplittableRandom random) {
        return FuzzBytes.join(PREFACE, FuzzBytes.bent(random, FuzzBytes.conversation(random)));
      }
    };

    abstract byte[] bytes(SplittableRandom random);
  }

  @ParameterizedTest
  @EnumSource(Kind.class)
  void nothingThatAClientSendsHurtsAnother(Kind kind) {
    LeakWatch.repeatedBy(REPEATED_BY);
    SplittableRandom random = new SplittableRandom(SEED + kind.name().hashCode());
    for (int i = 0; i < CONNECTIONS; i++) {
      try (RawClient client = new RawClient(wire.port())) {
        sendInPieces(client, kind.bytes(random), random);
      }
      String where = "%s %s connection %d".formatted(REPEATED_BY, kind, i);
      assertThatCode(() -> assertThat(neighbour.call(EchoService.UNARY, "fine")).isEqualTo("fine"))
          .as(where)
          .doesNotThrowAnyException();
      LeakWatch.requireNoFault();
    }
  }

  private static void sendInPieces(RawClient client, byte[] bytes, SplittableRandom random) {
    int pieceMax = random.nextBoolean() ? bytes.length + 1 : 1 + random.nextInt(40);
    for (int at = 0; at < bytes.length; ) {
      int end = Math.min(bytes.length, at + 1 + random.nextInt(pieceMax));
      client.trySend(Arrays.copyOfRange(bytes, at, end));
      at = end;
    }
  }

  @ParameterizedTest
  @EnumSource(
      names = {"HTTP1", "NOISE"},
      value = Kind.class)
  void aConnectionThatGoesQuietIsClosed(Kind kind) {
    LeakWatch.repeatedBy(REPEATED_BY);
    SplittableRandom random = new SplittableRandom(SEED ^ kind.name().hashCode());
    for (int i = 0; i < 10; i++) {
      byte[] bytes = kind.bytes(random);
      try (RawClient client = new RawClient(wire.port())) {
        client.trySend(bytes).readToEnd();
      }
    }
  }
}
