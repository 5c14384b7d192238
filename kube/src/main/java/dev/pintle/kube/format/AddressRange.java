package dev.pintle.kube.format;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// A range of addresses, read however it is written: an address, all of its bits, and how many of them all in the range share.
public final class AddressRange {
  private static final int MAPPED_PREFIX_BYTES = Addresses.BYTES_V6 - Addresses.BYTES_V4;

  /// Sixteen bytes for what is written as IPv6, of which IPv4 can be a part.
  private final byte[] address;

  private final byte[] network;
  private final int bits;

  private AddressRange(byte[] address, int bits) {
    this.address = address;
    this.network = masked(address, bits);
    this.bits = bits;
  }

  /// Null for what is no range.
  public static @Nullable AddressRange parse(String text) {
    int slash = text.indexOf('/');
    byte[] address = slash < 0 ? null : Addresses.parse(text.substring(0, slash));
    if (address == null || !Addresses.isRange(text)) {
      return null;
    }
    boolean isV4InV6 = text.indexOf(':') >= 0 && address.length == Addresses.BYTES_V4;
    int bits = Integer.parseInt(text.substring(slash + 1));
    return new AddressRange(isV4InV6 ? mapped(address) : address, bits);
  }

  /// Whether the address has bits that are not of the range.
  public boolean isAmbiguous() {
    return !Arrays.equals(network, address);
  }

  /// Whether it is one of IPv4 that is written as IPv6.
  public boolean isMapped() {
    return Addresses.unmapped(address).length < address.length;
  }

  public boolean isV6() {
    return Addresses.unmapped(network).length == Addresses.BYTES_V6;
  }

  /// The one way to write it.
  public String text() {
    byte[] shortest = Addresses.unmapped(network);
    return Addresses.text(shortest) + "/" + bitsOf(shortest);
  }

  /// The range of the address alone.
  public String addressText() {
    return "%s/%d"
        .formatted(Addresses.text(Addresses.unmapped(address)), network.length * Byte.SIZE);
  }

  /// Whether `part` lies in this range and does not fill it.
  public boolean isWider(AddressRange part) {
    byte[] whole = Addresses.unmapped(network);
    byte[] first = Addresses.unmapped(part.network);
    return whole.length == first.length
        && Arrays.equals(masked(first, bitsOf(whole)), whole)
        && bits < part.bits;
  }

  private int bitsOf(byte[] shortest) {
    return bits - (network.length - shortest.length) * Byte.SIZE;
  }

  /// As it lies among the addresses of IPv6.
  private static byte[] mapped(byte[] v4) {
    byte[] address = new byte[Addresses.BYTES_V6];
    address[MAPPED_PREFIX_BYTES - 2] = (byte) 0xff;
    address[MAPPED_PREFIX_BYTES - 1] = (byte) 0xff;
    System.arraycopy(v4, 0, address, MAPPED_PREFIX_BYTES, v4.length);
    return address;
  }

  private static byte[] masked(byte[] address, int bits) {
    byte[] network = address.clone();
    for (int bit = bits; bit < network.length * Byte.SIZE; bit++) {
      network[bit / Byte.SIZE] &= (byte) ~(0x80 >> (bit % Byte.SIZE));
    }
    return network;
  }
}
