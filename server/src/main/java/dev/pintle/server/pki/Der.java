package dev.pintle.server.pki;

import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/// The writer of ASN.1 values by the distinguished encoding rules (X.690), as far as certificates and keys need them. A value is its bytes.
final class Der {
  static final byte[] NULL = {5, 0};
  static final byte[] TRUE = {1, 1, -1};

  private static final int INTEGER = 0x02;
  private static final int BIT_STRING = 0x03;
  private static final int OCTET_STRING = 0x04;
  private static final int OBJECT_IDENTIFIER = 0x06;
  private static final int UTF8_STRING = 0x0C;
  private static final int PRINTABLE_STRING = 0x13;
  private static final int UTC_TIME = 0x17;
  private static final int GENERALIZED_TIME = 0x18;
  private static final int SEQUENCE = 0x30;
  private static final int SET = 0x31;
  private static final int CONTEXT = 0x80;
  private static final int COMPOUND = 0x20;

  private static final int LONG_FORM = 0x80;
  private static final int GROUP_BITS = 7;
  private static final int ARCS_OF_A_ROOT = 40;

  /// The first year that a UTCTime cannot say (RFC 5280, 4.1.2.5).
  private static final int LATE_YEAR = 2050;

  private static final DateTimeFormatter SHORT = time("uuMMddHHmmss'Z'");
  private static final DateTimeFormatter LONG = time("uuuuMMddHHmmss'Z'");
  private static final String PRINTABLE = " '()+,-./:=?";

  private Der() {}

  private static DateTimeFormatter time(String pattern) {
    return DateTimeFormatter.ofPattern(pattern, Locale.ROOT).withZone(ZoneOffset.UTC);
  }

  static byte[] sequence(byte[]... values) {
    return element(SEQUENCE, joined(List.of(values)));
  }

  static byte[] sequence(List<byte[]> values) {
    return element(SEQUENCE, joined(values));
  }

  /// A set of values of one type, in the order that the rules ask for.
  static byte[] setOf(List<byte[]> values) {
    return element(SET, joined(values.stream().sorted(Arrays::compareUnsigned).toList()));
  }

  static byte[] integer(BigInteger number) {
    return element(INTEGER, number.toByteArray());
  }

  static byte[] octets(byte[] content) {
    return element(OCTET_STRING, content);
  }

  /// Of whole bytes.
  static byte[] bits(byte[] content) {
    return element(BIT_STRING, joined(List.of(new byte[] {0}, content)));
  }

  /// A list of named bits.
  ///
  /// @param named bit 0 of the list in the lowest bit; at least one is set
  static byte[] namedBits(int named) {
    int last = Integer.SIZE - 1 - Integer.numberOfLeadingZeros(named);
    byte[] content = new byte[2 + last / Byte.SIZE];
    content[0] = (byte) (Byte.SIZE - 1 - last % Byte.SIZE);
    for (int bit = 0; bit <= last; bit++) {
      if ((named & (1 << bit)) != 0) {
        content[1 + bit / Byte.SIZE] |= (byte) (0x80 >> (bit % Byte.SIZE));
      }
    }
    return element(BIT_STRING, content);
  }

  /// @param dotted an object identifier, such as `2.5.4.3`
  static byte[] identifier(String dotted) {
    List<String> arcs = List.of(dotted.split("\\.", -1));
    ByteArrayOutputStream content = new ByteArrayOutputStream();
    group(content, Long.parseLong(arcs.get(0)) * ARCS_OF_A_ROOT + Long.parseLong(arcs.get(1)));
    arcs.stream().skip(2).forEach(arc -> group(content, Long.parseLong(arc)));
    return element(OBJECT_IDENTIFIER, content.toByteArray());
  }

  private static void group(ByteArrayOutputStream content, long number) {
    int groups = (Math.max(1, Long.SIZE - Long.numberOfLeadingZeros(number)) - 1) / GROUP_BITS;
    for (int i = groups; i >= 0; i--) {
      long low = (number >> (i * GROUP_BITS)) & 0x7F;
      content.write((int) (i > 0 ? low | LONG_FORM : low));
    }
  }

  /// A text, as a PrintableString where it can be one.
  static byte[] text(String text) {
    return text.chars().allMatch(Der::isPrintable)
        ? element(PRINTABLE_STRING, text.getBytes(StandardCharsets.US_ASCII))
        : element(UTF8_STRING, text.getBytes(StandardCharsets.UTF_8));
  }

  private static boolean isPrintable(int c) {
    return (c >= 'a' && c <= 'z')
        || (c >= 'A' && c <= 'Z')
        || (c >= '0' && c <= '9')
        || PRINTABLE.indexOf(c) >= 0;
  }

  /// To the second, in the form that certificates must have for that year.
  static byte[] time(Instant at) {
    boolean late = at.atOffset(ZoneOffset.UTC).getYear() >= LATE_YEAR;
    String text = (late ? LONG : SHORT).format(at);
    return element(late ? GENERALIZED_TIME : UTC_TIME, text.getBytes(StandardCharsets.US_ASCII));
  }

  /// Content with a tag of its context in place of that of its type.
  static byte[] implicit(int tag, byte[] content) {
    return element(CONTEXT | tag, content);
  }

  /// A whole value within a tag of its context.
  static byte[] explicit(int tag, byte[] value) {
    return element(CONTEXT | COMPOUND | tag, value);
  }

  private static byte[] element(int tag, byte[] content) {
    ByteArrayOutputStream element = new ByteArrayOutputStream(content.length + Integer.BYTES);
    element.write(tag);
    if (content.length < LONG_FORM) {
      element.write(content.length);
    } else {
      int bytes = (Integer.SIZE - Integer.numberOfLeadingZeros(content.length) + 7) / Byte.SIZE;
      element.write(LONG_FORM | bytes);
      for (int i = bytes - 1; i >= 0; i--) {
        element.write(content.length >> (i * Byte.SIZE));
      }
    }
    element.writeBytes(content);
    return element.toByteArray();
  }

  private static byte[] joined(List<byte[]> values) {
    ByteArrayOutputStream joined = new ByteArrayOutputStream();
    values.forEach(joined::writeBytes);
    return joined.toByteArray();
  }
}
