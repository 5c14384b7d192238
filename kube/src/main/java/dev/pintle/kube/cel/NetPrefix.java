package dev.pintle.kube.cel;

import dev.pintle.kube.format.AddressException;
import dev.pintle.kube.format.NetAddressReader;
import dev.pintle.kube.object.GoText;

/// A range of addresses: an address, and how many of its leading bits all of them share.
record NetPrefix(NetAddress address, int bits) implements LibraryValue {
  static final String TYPE = "net.CIDR";
  private static final int DIGITS_MAX = 9;

  /// @throws CelException in Go's words for what is no range
  static NetPrefix parse(String text) {
    try {
      return read(text);
    } catch (CelException malformed) {
      throw new CelException(
          "network address parse error during conversion from string: " + malformed.getMessage());
    }
  }

  static boolean isOne(String text) {
    try {
      read(text);
      return true;
    } catch (CelException _) {
      return false;
    }
  }

  private static NetPrefix read(String text) {
    int slash = text.lastIndexOf('/');
    if (slash < 0) {
      throw wrong(text, "no '/'");
    }
    NetAddressReader.Read read;
    try {
      read = NetAddressReader.read(text.substring(0, slash));
    } catch (AddressException malformed) {
      throw wrong(text, malformed.getMessage());
    }
    if (read.zoned()) {
      throw wrong(text, "IPv6 zones cannot be present in a prefix");
    }
    NetPrefix prefix = new NetPrefix(new NetAddress(read.bytes()), bits(text, slash + 1));
    if (prefix.bits > read.bytes().length * Byte.SIZE) {
      throw wrong(text, "prefix length out of range");
    }
    prefix.address.requireUnmapped(text);
    return prefix;
  }

  private static int bits(String text, int from) {
    String digits = text.substring(from);
    boolean plain = !digits.isEmpty() && digits.chars().allMatch(c -> c >= '0' && c <= '9');
    if (!plain || (digits.length() > 1 && digits.charAt(0) == '0')) {
      throw wrong(text, "bad bits after slash: " + GoText.quote(digits));
    }
    return digits.length() > DIGITS_MAX ? Integer.MAX_VALUE : Integer.parseInt(digits);
  }

  private static CelException wrong(String text, String why) {
    return new CelException(
        "network address parse error during conversion from string: netip.ParsePrefix(%s): %s"
            .formatted(GoText.quote(text), why));
  }

  /// The range with all bits behind the shared ones cleared.
  NetPrefix masked() {
    byte[] masked = address.bytes().clone();
    for (int i = 0; i < masked.length; i++) {
      int kept = Math.clamp(bits - (long) i * Byte.SIZE, 0, Byte.SIZE);
      masked[i] &= (byte) (0xff << (Byte.SIZE - kept));
    }
    return new NetPrefix(new NetAddress(masked), bits);
  }

  boolean contains(NetAddress other) {
    return other.bytes().length == address.bytes().length
        && new NetPrefix(other, bits).masked().equals(masked());
  }

  boolean contains(NetPrefix other) {
    return bits <= other.bits && contains(other.address);
  }

  @Override
  public String typeName() {
    return TYPE;
  }

  @Override
  public String goTypeName() {
    return "cel.CIDR";
  }

  @Override
  public long size() {
    return Math.ceilDiv(bits, Byte.SIZE);
  }

  @Override
  public String text() {
    return address.text() + "/" + bits;
  }
}
