package dev.pintle.wire.http2;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.handler.codec.http2.DefaultHttp2Headers;
import io.netty.handler.codec.http2.Http2Headers;
import io.netty.util.AsciiString;
import org.junit.jupiter.api.Test;

final class RepeatedHeaderTest {
  private static CharSequence encoded(String name, String value) {
    Http2Headers block = new DefaultHttp2Headers(false);
    RepeatedHeader.add(block, name, value);
    return block.get(name);
  }

  @Test
  void aValueThatComesAgainIsTheSameObject() {
    CharSequence first = encoded("x-level", "one");
    assertThat(first).isInstanceOf(AsciiString.class).hasToString("one");
    assertThat(encoded("x-level", "o".concat("ne"))).isSameAs(first);
    assertThat(encoded("x-level", "two")).hasToString("two");
    assertThat(encoded("x-level", "one")).hasToString("one");
  }

  @Test
  void severalValuesOfANameStandOneAfterAnother() {
    Http2Headers block = new DefaultHttp2Headers(false);
    RepeatedHeader.add(block, "vary", "a");
    RepeatedHeader.add(block, "vary", "b");
    assertThat(block.getAll("vary").stream().map(CharSequence::toString)).containsExactly("a", "b");
  }

  @Test
  void whatIsNotAsciiIsLeftAsItIs() {
    assertThat(encoded("warning", "299 - \"é\"")).isEqualTo("299 - \"é\"");
  }

  @Test
  void whatIsNeverTheSameIsNotKept() {
    assertThat(encoded("audit-id", "1")).isInstanceOf(String.class);
  }
}
