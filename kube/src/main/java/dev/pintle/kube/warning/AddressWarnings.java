package dev.pintle.kube.warning;

import dev.pintle.kube.format.Addresses;
import dev.pintle.kube.object.Json;
import dev.pintle.kube.object.JsonArray;
import dev.pintle.kube.object.JsonObject;
import dev.pintle.kube.validation.FieldPath;
import java.util.Arrays;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/// The warnings of addresses and ranges that are read as what they mean and are not written as they should be.
final class AddressWarnings {
  private static final int MAPPED_PREFIX_BYTES = Addresses.BYTES_V6 - Addresses.BYTES_V4;

  private AddressWarnings() {}

  static void ip(FieldPath path, String text, Consumer<String> warnings) {
    byte[] address = Addresses.parse(text);
    if (address == null) {
      return;
    }
    String canonical = Addresses.text(address);
    if (!Addresses.ip(text).isEmpty()) {
      warnings.accept(
          "%s: non-standard IP address \"%s\" is invalid: use \"%s\""
              .formatted(path, text, canonical));
    } else if (address.length == Addresses.BYTES_V6 && !canonical.equals(text)) {
      warnings.accept(
          "%s: IPv6 address \"%s\" should be in RFC 5952 canonical format (\"%s\")"
              .formatted(path, text, canonical));
    }
  }

  static void ips(FieldPath path, JsonArray addresses, Consumer<String> warnings) {
    each(path, addresses, (place, text) -> ip(place, text, warnings));
  }

  static void cidrs(FieldPath path, JsonArray ranges, Consumer<String> warnings) {
    each(path, ranges, (place, text) -> cidr(place, text, warnings));
  }

  private static void each(FieldPath path, JsonArray texts, BiConsumer<FieldPath, String> action) {
    for (int i = 0; i < texts.size(); i++) {
      if (texts.at(i) instanceof Json.Text(var text)) {
        action.accept(path.index(i), text);
      }
    }
  }

  /// The addresses of objects that have one in a field.
  ///
  /// @param shown the field as it is told of, empty for the object itself
  static void fields(
      FieldPath path, Iterable<JsonObject> holders, String shown, Consumer<String> warnings) {
    int index = 0;
    for (JsonObject holder : holders) {
      FieldPath place = path.index(index++);
      ip(shown.isEmpty() ? place : place.child(shown), holder.textOrEmpty("ip"), warnings);
    }
  }

  static void cidr(FieldPath path, String text, Consumer<String> warnings) {
    int slash = text.indexOf('/');
    byte[] address = slash < 0 ? null : Addresses.parse(text.substring(0, slash));
    if (address == null || !Addresses.isRange(text)) {
      return;
    }
    int bits = Integer.parseInt(text.substring(slash + 1));
    boolean isMapped = text.indexOf(':') >= 0 && address.length == Addresses.BYTES_V4;
    byte[] network = masked(isMapped ? mapped(address) : address, bits);
    String range = range(network, bits);
    boolean isAmbiguous = !Arrays.equals(network, isMapped ? mapped(address) : address);
    if (isAmbiguous) {
      warnings.accept(
          "%s: CIDR value \"%s\" is ambiguous in this context (should be \"%s\" or \"%s/%d\"?)"
              .formatted(path, text, range, Addresses.text(address), network.length * Byte.SIZE));
    }
    if (isMapped || !Addresses.ip(text.substring(0, slash)).isEmpty() || hasZero(text, slash)) {
      warnings.accept(
          "%s: non-standard CIDR value \"%s\" is invalid: use \"%s\"".formatted(path, text, range));
    } else if (!isAmbiguous
        && address.length == Addresses.BYTES_V6
        && !text.equals(Addresses.text(address) + "/" + bits)) {
      warnings.accept(
          "%s: IPv6 CIDR value \"%s\" should be in RFC 5952 canonical format (\"%s/%d\")"
              .formatted(path, text, Addresses.text(address), bits));
    }
  }

  private static boolean hasZero(String text, int slash) {
    return text.charAt(slash + 1) == '0' && text.length() > slash + 2;
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

  private static String range(byte[] network, int bits) {
    byte[] v4 = Addresses.unmapped(network);
    boolean isMapped = v4.length < network.length;
    return Addresses.text(v4) + "/" + (isMapped ? bits - MAPPED_PREFIX_BYTES * Byte.SIZE : bits);
  }
}
