package dev.pintle.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

final class BytesTest {
  @Test
  void theOrderIsThatOfUnsignedBytesWithPrefixesFirst() {
    assertThat(Bytes.utf8("a")).isLessThan(Bytes.utf8("aa"));
    assertThat(Bytes.utf8("aa")).isLessThan(Bytes.utf8("b"));
    assertThat(Bytes.wrap(new byte[] {0x7f})).isLessThan(Bytes.wrap(new byte[] {(byte) 0x80}));
    assertThat(Bytes.EMPTY).isLessThan(Bytes.wrap(new byte[] {0}));
  }

  @Test
  void equalityHashAndOrderAgree() {
    SplittableRandom random = new SplittableRandom(1);
    for (int i = 0; i < 10_000; i++) {
      Bytes one = random(random);
      Bytes other = random(random);
      assertThat(one.equals(other)).isEqualTo(one.compareTo(other) == 0);
      assertThat(Integer.signum(one.compareTo(other)))
          .isEqualTo(-Integer.signum(other.compareTo(one)));
      assertThat(one.equals(other) && one.hashCode() != other.hashCode()).isFalse();
    }
  }

  @Test
  void aCopyDoesNotFollowItsSource() {
    byte[] source = {1, 2};
    Bytes copy = Bytes.copyOf(source);
    source[0] = 9;
    assertThat(copy.at(0)).isEqualTo((byte) 1);
    assertThat(copy.startsWith(Bytes.wrap(new byte[] {1}))).isTrue();
    assertThat(copy.startsWith(Bytes.wrap(new byte[] {1, 2, 3}))).isFalse();
  }

  @Test
  void textIsShownAsTextAndTheRestInHexadecimal() {
    assertThat(Bytes.utf8("key-1")).hasToString("key-1");
    assertThat(Bytes.wrap(new byte[] {'a', 0})).hasToString("0x6100");
  }

  private static Bytes random(SplittableRandom random) {
    byte[] bytes = new byte[random.nextInt(4)];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = (byte) (random.nextInt(3) - 1);
    }
    return Bytes.wrap(bytes);
  }
}
