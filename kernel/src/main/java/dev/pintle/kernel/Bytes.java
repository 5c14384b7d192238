package dev.pintle.kernel;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/// An immutable run of bytes, ordered as unsigned bytes from left to right, a prefix before what it is a prefix of.
///
/// Keys and values of the store are `Bytes`. [#wrap] and [#array] share the array without a copy, for the paths where a
/// copy shows in a profile; whoever uses them promises not to write to it.
public final class Bytes implements Comparable<Bytes> {
  public static final Bytes EMPTY = new Bytes(new byte[0]);

  private final byte[] array;

  /// Computed once somebody asks for it, by whichever thread; 0 before.
  private int hash;

  private Bytes(byte[] array) {
    this.array = array;
  }

  public static Bytes copyOf(byte[] source) {
    return source.length == 0 ? EMPTY : new Bytes(source.clone());
  }

  /// Shares `array`: the caller gives it away.
  public static Bytes wrap(byte[] array) {
    return array.length == 0 ? EMPTY : new Bytes(array);
  }

  public static Bytes utf8(String text) {
    return wrap(text.getBytes(StandardCharsets.UTF_8));
  }

  public int size() {
    return array.length;
  }

  public boolean isEmpty() {
    return array.length == 0;
  }

  public byte at(int index) {
    return array[index];
  }

  /// The bytes themselves, shared: read only.
  public byte[] array() {
    return array;
  }

  public boolean startsWith(Bytes prefix) {
    return size() >= prefix.size()
        && Arrays.equals(array, 0, prefix.size(), prefix.array, 0, prefix.size());
  }

  @Override
  public int compareTo(Bytes other) {
    return Arrays.compareUnsigned(array, other.array);
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Bytes that && Arrays.equals(array, that.array);
  }

  @Override
  public int hashCode() {
    int known = hash;
    if (known == 0) {
      known = Arrays.hashCode(array);
      hash = known;
    }
    return known;
  }

  public String utf8() {
    return new String(array, StandardCharsets.UTF_8);
  }

  /// Text where the bytes are printable ASCII, hexadecimal otherwise; for messages and tests.
  @Override
  public String toString() {
    for (byte b : array) {
      if (b < 0x20 || b > 0x7e) {
        return "0x" + HexFormat.of().formatHex(array);
      }
    }
    return new String(array, StandardCharsets.US_ASCII);
  }
}
