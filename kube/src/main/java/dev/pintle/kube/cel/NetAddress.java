package dev.pintle.kube.cel;

import dev.pintle.kube.format.AddressException;
import dev.pintle.kube.format.Addresses;
import dev.pintle.kube.format.NetAddressReader;
import dev.pintle.kube.object.GoText;
import java.util.Arrays;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/// An address of the internet in four or sixteen bytes.
@SuppressWarnings("ArrayRecordComponent")
record NetAddress(byte[] bytes) implements LibraryValue {
  static final String TYPE = "net.IP";

  /// @throws CelException in Go's words for what is no address, and for those with a zone and those of IPv4 written as IPv6
  static NetAddress parse(String text) {
    NetAddressReader.Read read;
    try {
      read = NetAddressReader.read(text);
    } catch (AddressException malformed) {
      throw new CelException(
          "IP Address %s parse error during conversion from string: %s"
              .formatted(GoText.quote(text), malformed.getMessage()));
    }
    if (read.zoned()) {
      throw new CelException(
          "IP address %s with zone value is not allowed".formatted(GoText.quote(text)));
    }
    NetAddress address = new NetAddress(read.bytes());
    address.requireUnmapped(text);
    return address;
  }

  void requireUnmapped(String text) {
    if (Addresses.unmapped(bytes).length != bytes.length) {
      throw new CelException(
          "IPv4-mapped IPv6 address %s is not allowed".formatted(GoText.quote(text)));
    }
  }

  static boolean isOne(String text) {
    try {
      parse(text);
      return true;
    } catch (CelException _) {
      return false;
    }
  }

  boolean isV4() {
    return bytes.length == 4;
  }

  private int first() {
    return bytes[0] & 0xff;
  }

  private int second() {
    return bytes[1] & 0xff;
  }

  boolean isUnspecified() {
    return startsWithZeros(bytes.length);
  }

  private boolean startsWithZeros(int count) {
    for (int i = 0; i < count; i++) {
      if (bytes[i] != 0) {
        return false;
      }
    }
    return true;
  }

  boolean isLoopback() {
    return isV4()
        ? first() == 127
        : startsWithZeros(bytes.length - 1) && bytes[bytes.length - 1] == 1;
  }

  boolean isMulticast() {
    return isV4() ? (first() & 0xf0) == 0xe0 : first() == 0xff;
  }

  boolean isLinkLocalMulticast() {
    return isV4()
        ? first() == 224 && second() == 0 && bytes[2] == 0
        : first() == 0xff && (second() & 0x0f) == 2;
  }

  boolean isLinkLocalUnicast() {
    return isV4()
        ? first() == 169 && second() == 254
        : first() == 0xfe && (second() & 0xc0) == 0x80;
  }

  boolean isGlobalUnicast() {
    boolean everyone = isV4() && HexFormat.of().formatHex(bytes).equals("ffffffff");
    return !everyone
        && !isUnspecified()
        && !isLoopback()
        && !isMulticast()
        && !isLinkLocalUnicast();
  }

  @Override
  public String typeName() {
    return TYPE;
  }

  @Override
  public String goTypeName() {
    return "cel.IP";
  }

  @Override
  public long size() {
    return bytes.length;
  }

  @Override
  public String text() {
    return Addresses.text(bytes);
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof NetAddress(byte[] others) && Arrays.equals(bytes, others);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(bytes);
  }
}
