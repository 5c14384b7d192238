package dev.pintle.wire.http2;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.util.AsciiString;
import org.junit.jupiter.api.Test;

final class RepeatedHeaderTest {
  private static CharSequence encoded(String name, String value) {
    AsciiString[] block = new AsciiString[4];
    RepeatedHeader.put(block, 2, name, value);
    assertThat(block[2].toString()).isEqualTo(name);
    return block[3];
  }

  @Test
  void aValueThatComesAgainIsTheSameObject() {
    CharSequence first = encoded("x-level", "one");
    assertThat(first).hasToString("one");
    assertThat(encoded("x-level", "o".concat("ne"))).isSameAs(first);
    assertThat(encoded("x-level", "two")).hasToString("two");
    assertThat(encoded("x-level", "one")).hasToString("one");
  }

  /// As headers are bytes, and what they mean is the client's to say.
  @Test
  void whatIsNotAsciiIsTheByteThatLatinHasForIt() {
    assertThat(encoded("warning", "\u00e9").charAt(0)).isEqualTo('\u00e9');
    assertThat(encoded("warning", "\u20ac").charAt(0)).isEqualTo('?');
  }

  @Test
  void whatIsNeverTheSameIsNotKept() {
    assertThat(encoded("audit-id", "1")).isNotSameAs(encoded("audit-id", "1"));
  }
}
