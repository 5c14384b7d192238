package dev.pintle.wire.http2;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http2.DefaultHttp2HeadersDecoder;
import io.netty.handler.codec.http2.Http2Exception;
import io.netty.handler.codec.http2.Http2Headers;
import io.netty.handler.codec.http2.Http2HeadersDecoder;
import io.netty.handler.codec.http2.ReadOnlyHttp2Headers;
import io.netty.util.AsciiString;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class AnswerHeadersEncoderTest {
  private static final long LIST_BYTES_MAX = 1 << 20;

  private final AnswerHeadersEncoder encoder = new AnswerHeadersEncoder();
  private final Http2HeadersDecoder decoder = new DefaultHttp2HeadersDecoder(false, LIST_BYTES_MAX);

  private static Http2Headers headers(String status, String... namesAndValues) {
    AsciiString[] block = new AsciiString[namesAndValues.length];
    for (int i = 0; i < block.length; i++) {
      block[i] = new AsciiString(namesAndValues[i]);
    }
    return ReadOnlyHttp2Headers.serverHeaders(false, new AsciiString(status), block);
  }

  private static List<String> lines(Http2Headers headers) {
    List<String> lines = new ArrayList<>();
    headers.forEach(entry -> lines.add(entry.getKey() + ": " + entry.getValue()));
    return lines;
  }

  /// Sends headers, has them read, and answers how many bytes they took.
  private int sent(Http2Headers headers) throws Http2Exception {
    ByteBuf block = Unpooled.buffer();
    encoder.encodeHeaders(1, headers, block);
    int bytes = block.readableBytes();
    assertThat(lines(decoder.decodeHeaders(1, block)))
        .containsExactlyInAnyOrderElementsOf(lines(headers));
    assertThat(block.isReadable()).isFalse();
    return bytes;
  }

  @Test
  void aHeaderThatComesAgainTakesOneByte() throws Http2Exception {
    Http2Headers answer = headers("200", "content-type", "application/json", "x-level", "one");
    assertThat(sent(answer)).isGreaterThan(20);
    assertThat(sent(answer)).isEqualTo(3);
    assertThat(sent(headers("200", "content-type", "application/json", "x-level", "one")))
        .as("equal, but other objects")
        .isEqualTo(3);
  }

  @Test
  void aKnownNameWithAnotherValueIsNotSentAgain() throws Http2Exception {
    sent(headers("418", "x-something-long", "one"));
    assertThat(sent(headers("418", "x-something-long", "two"))).isEqualTo(1 + 1 + 1 + 3);
    assertThat(sent(headers("418", "x-something-long", "one"))).isEqualTo(2);
  }

  @Test
  void whatIsNeverTheSameIsNotRemembered() throws Http2Exception {
    String id = "0af7651916cd43dd8448eb211c80319c";
    int bytes = sent(headers("200", "audit-id", id));
    assertThat(sent(headers("200", "audit-id", id))).isEqualTo(bytes);
  }

  @ParameterizedTest
  @ValueSource(longs = {0, 1, 33, 100, 4096, 1 << 16})
  void theTableIsNoLargerThanTheClientAllows(long bytes) throws Http2Exception {
    Http2Headers answer = headers("200", "x-level", "one", "x-long", "v".repeat(70));
    sent(answer);
    decoder.configuration().maxHeaderTableSize(bytes);
    encoder.maxHeaderTableSize(bytes);
    assertThat(encoder.maxHeaderTableSize()).isEqualTo(Math.min(bytes, 4096));
    sent(answer);
    sent(answer);
  }

  /// The client may have forgotten everything between the two.
  @Test
  void aTableThatWasSmallForAMomentIsTold() throws Http2Exception {
    Http2Headers answer = headers("200", "x-level", "one");
    sent(answer);
    decoder.configuration().maxHeaderTableSize(0);
    decoder.configuration().maxHeaderTableSize(4096);
    encoder.maxHeaderTableSize(0);
    encoder.maxHeaderTableSize(4096);
    assertThat(sent(answer)).isGreaterThan(2);
    assertThat(sent(answer)).isEqualTo(2);
  }

  @Test
  void aListThatIsLongerThanTheClientTakesIsNotSent() throws Http2Exception {
    encoder.maxHeaderListSize(100);
    assertThat(sent(headers("200", "x", "y".repeat(10)))).isPositive();
    ByteBuf block = Unpooled.buffer();
    assertThatThrownBy(() -> encoder.encodeHeaders(1, headers("200", "x", "y".repeat(30)), block))
        .isInstanceOf(Http2Exception.HeaderListSizeException.class);
    assertThat(block.isReadable()).isFalse();
  }

  @Test
  void sizesThatAreNoneAreRefused() {
    assertThatThrownBy(() -> encoder.maxHeaderTableSize(-1)).isInstanceOf(Http2Exception.class);
    assertThatThrownBy(() -> encoder.maxHeaderTableSize(1L << 32))
        .isInstanceOf(Http2Exception.class);
    assertThatThrownBy(() -> encoder.maxHeaderListSize(-1)).isInstanceOf(Http2Exception.class);
    assertThatThrownBy(() -> encoder.maxHeaderListSize(1L << 32))
        .isInstanceOf(Http2Exception.class);
  }

  @Test
  void whateverIsSentIsRead() throws Http2Exception {
    long seed = new Random().nextLong();
    Random random = new Random(seed);
    try {
      for (int i = 0; i < 20_000; i++) {
        if (random.nextInt(50) == 0) {
          long size = random.nextInt(10) == 0 ? (1L << 32) - 1 : random.nextInt(6000);
          decoder.configuration().maxHeaderTableSize(size);
          encoder.maxHeaderTableSize(size);
        }
        sent(random(random));
      }
    } catch (Http2Exception | AssertionError failed) {
      throw new AssertionError("seed " + seed, failed);
    }
  }

  private static Http2Headers random(Random random) {
    String[] names = {"content-type", "date", "audit-id", "x-a", "x-b", "warning", "etag", "X-a"};
    String[] statuses = {"200", "201", "404", "429", "500"};
    String[] block = new String[2 * random.nextInt(9)];
    for (int i = 0; i < block.length; i += 2) {
      block[i] = names[random.nextInt(names.length)];
      int length = random.nextInt(40) == 0 ? random.nextInt(5000) : random.nextInt(3);
      block[i + 1] = (char) ('a' + random.nextInt(4)) + "v".repeat(length);
    }
    return headers(statuses[random.nextInt(statuses.length)], block);
  }
}
