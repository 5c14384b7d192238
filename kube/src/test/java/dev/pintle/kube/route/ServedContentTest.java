package dev.pintle.kube.route;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pintle.kube.FakeExchange;
import dev.pintle.wire.ResponseHeaders;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class ServedContentTest {
  private static final byte[] BYTES = "0123456789".getBytes(StandardCharsets.UTF_8);
  private static final String THEN = "Fri, 02 Jan 2026 03:04:05 GMT";
  private static final String BEFORE = "Fri, 02 Jan 2026 03:04:04 GMT";

  private static FakeExchange answer(String method, String tag, Map<String, String> headers) {
    FakeExchange exchange = new FakeExchange(method, "/x", new byte[0], headers);
    new ServedContent(BYTES, "text/plain", tag, Instant.parse("2026-01-02T03:04:05.678Z"))
        .send(exchange, new ResponseHeaders(), ContentPacker.none());
    return exchange;
  }

  private static FakeExchange asked(Map<String, String> headers) {
    return answer("GET", "\"t\"", headers);
  }

  private static String header(FakeExchange exchange, String name) {
    return String.join(",", exchange.answerHeaders(name));
  }

  @Test
  void theWholeSaysWhatItIs() throws InterruptedException {
    FakeExchange whole = asked(Map.of());
    assertThat(whole.status()).isEqualTo(200);
    assertThat(whole.bytes()).isEqualTo(BYTES);
    assertThat(header(whole, "etag")).isEqualTo("\"t\"");
    assertThat(header(whole, "last-modified")).isEqualTo(THEN);
    assertThat(header(whole, "accept-ranges")).isEqualTo("bytes");
  }

  @Test
  void whoHasTheTagIsToldSo() throws InterruptedException {
    for (String tags : new String[] {"\"t\"", "W/\"t\"", "\"x\", \"t\"", "*"}) {
      FakeExchange known = asked(Map.of("if-none-match", tags));
      assertThat(known.status()).as(tags).isEqualTo(304);
      assertThat(known.bytes()).isEmpty();
      assertThat(header(known, "content-type")).isEmpty();
      assertThat(header(known, "last-modified")).isEmpty();
    }
    assertThat(asked(Map.of("if-none-match", "\"x\"")).status()).isEqualTo(200);
  }

  @Test
  void theTagCountsBeforeTheTime() throws InterruptedException {
    assertThat(asked(Map.of("if-modified-since", THEN)).status()).isEqualTo(304);
    assertThat(asked(Map.of("if-modified-since", BEFORE)).status()).isEqualTo(200);
    assertThat(asked(Map.of("if-modified-since", "yesterday")).status()).isEqualTo(200);
    assertThat(asked(Map.of("if-modified-since", "Mon" + THEN.substring(3))).status())
        .isEqualTo(304);
    assertThat(asked(Map.of("if-none-match", "\"x\"", "if-modified-since", THEN)).status())
        .isEqualTo(200);
  }

  @Test
  void whoWantsAnotherContentGetsNone() throws InterruptedException {
    assertThat(asked(Map.of("if-match", "\"x\"")).status()).isEqualTo(412);
    assertThat(asked(Map.of("if-match", "W/\"t\"")).status()).isEqualTo(412);
    assertThat(asked(Map.of("if-match", "\"t\"")).status()).isEqualTo(200);
    assertThat(asked(Map.of("if-unmodified-since", BEFORE)).status()).isEqualTo(412);
    assertThat(asked(Map.of("if-unmodified-since", THEN)).status()).isEqualTo(200);
    assertThat(answer("POST", "\"t\"", Map.of("if-none-match", "*")).status()).isEqualTo(412);
  }

  @Test
  void aRangeIsCutOut() throws InterruptedException {
    Map<String, String> ranges =
        Map.of("bytes=0-3", "0123", "bytes=8-", "89", "bytes=-2", "89", "bytes=5-99", "56789");
    for (Map.Entry<String, String> each : ranges.entrySet()) {
      FakeExchange part = asked(Map.of("range", each.getKey()));
      assertThat(part.status()).as(each.getKey()).isEqualTo(206);
      assertThat(new String(part.bytes(), StandardCharsets.UTF_8)).isEqualTo(each.getValue());
    }
    assertThat(header(asked(Map.of("range", "bytes=0-3")), "content-range"))
        .isEqualTo("bytes 0-3/10");
  }

  @Test
  void aRangeThatIsNotThereIsRefused() throws InterruptedException {
    FakeExchange beyond = asked(Map.of("range", "bytes=10-"));
    assertThat(beyond.status()).isEqualTo(416);
    assertThat(header(beyond, "content-range")).isEqualTo("bytes */10");
    for (String range :
        new String[] {"bytes=3-1", "bytes=x-", "bytes=5", "lines=1-2", "bytes=--1"}) {
      assertThat(asked(Map.of("range", range)).status()).as(range).isEqualTo(416);
    }
  }

  @Test
  void aRangeOfAnotherContentIsTheWhole() throws InterruptedException {
    assertThat(asked(Map.of("range", "bytes=0-1", "if-range", "\"x\"")).status()).isEqualTo(200);
    assertThat(asked(Map.of("range", "bytes=0-1", "if-range", "\"t\"")).status()).isEqualTo(206);
    assertThat(asked(Map.of("range", "bytes=0-1", "if-range", BEFORE)).status()).isEqualTo(200);
    assertThat(asked(Map.of("range", "bytes=0-1", "if-range", THEN)).status()).isEqualTo(206);
  }

  @Test
  void severalRangesAreSentOneAfterTheOther() throws InterruptedException {
    FakeExchange parts = asked(Map.of("range", "bytes=0-1, ,-2,99-"));
    assertThat(parts.status()).isEqualTo(206);
    assertThat(header(parts, "content-range")).isEmpty();
    assertThat(header(parts, "last-modified")).isEqualTo(THEN);
    String type = header(parts, "content-type");
    assertThat(type).matches("multipart/byteranges; boundary=[0-9a-f]{60}");
    String line = type.substring(type.indexOf('=') + 1);
    assertThat(new String(parts.bytes(), StandardCharsets.UTF_8).replace(line, "LINE"))
        .isEqualTo(
            "--LINE\r\nContent-Range: bytes 0-1/10\r\nContent-Type: text/plain\r\n\r\n01"
                + "\r\n--LINE\r\nContent-Range: bytes 8-9/10\r\nContent-Type: text/plain\r\n\r\n89"
                + "\r\n--LINE--\r\n");
  }

  @Test
  void oneRangeOfSeveralThatIsThereIsSentByItself() throws InterruptedException {
    FakeExchange part = asked(Map.of("range", "bytes=20-,3-4"));
    assertThat(part.status()).isEqualTo(206);
    assertThat(header(part, "content-range")).isEqualTo("bytes 3-4/10");
    assertThat(asked(Map.of("range", "bytes=20-,30-")).status()).isEqualTo(416);
    assertThat(asked(Map.of("range", "bytes=0-1,x")).status()).isEqualTo(416);
  }

  @Test
  void rangesThatAreMoreThanTheWholeAreTheWhole() throws InterruptedException {
    for (String range : new String[] {"bytes=0-5,4-9", "bytes=-10,-1", "bytes=", "bytes= , "}) {
      FakeExchange whole = asked(Map.of("range", range));
      assertThat(whole.status()).as(range).isEqualTo(200);
      assertThat(whole.bytes()).isEqualTo(BYTES);
    }
  }

  @Test
  void whatIsLongIsPackedWholeAndInParts() throws InterruptedException {
    byte[] content = new byte[4_000];
    ContentPacker packer = new ContentPacker(true, new PackedCopy());
    for (Map.Entry<String, Boolean> wanted :
        Map.of(
                "bytes=0-1398",
                false,
                "bytes=0-1399",
                true,
                "bytes=0-9,20-3000",
                true,
                "bytes=0-9,0-3999",
                true)
            .entrySet()) {
      boolean packed = wanted.getValue();
      FakeExchange exchange =
          new FakeExchange("GET", "/x", new byte[0], Map.of("range", wanted.getKey()));
      new ServedContent(content, "text/plain", "\"t\"", Instant.EPOCH)
          .send(exchange, new ResponseHeaders(), packer);
      assertThat(header(exchange, "content-encoding"))
          .as(wanted.getKey())
          .isEqualTo(packed ? "gzip" : "");
      assertThat(exchange.bytes().length).as(wanted.getKey()).isLessThan(packed ? 1_000 : 1_400);
    }
  }

  @Test
  void theWholeIsPackedOnceUntilItChanges() {
    PackedCopy copy = new PackedCopy();
    byte[] first = copy.of("a", new byte[10]);
    assertThat(copy.of("a", new byte[10])).isSameAs(first);
    assertThat(copy.of("b", new byte[10])).isNotSameAs(first).isEqualTo(first);
  }
}
