package dev.pintle.kube.warning;

import dev.pintle.kube.format.AddressRange;
import dev.pintle.kube.format.Addresses;
import dev.pintle.kube.object.Json;
import dev.pintle.kube.object.JsonArray;
import dev.pintle.kube.object.JsonObject;
import dev.pintle.kube.validation.FieldPath;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/// The warnings of addresses and ranges that are read as what they mean and are not written as they should be.
final class AddressWarnings {
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
    AddressRange range = AddressRange.parse(text);
    if (range == null) {
      return;
    }
    if (range.isAmbiguous()) {
      warnings.accept(
          "%s: CIDR value \"%s\" is ambiguous in this context (should be \"%s\" or \"%s\"?)"
              .formatted(path, text, range.text(), range.addressText()));
    }
    int slash = text.indexOf('/');
    if (range.isMapped()
        || !Addresses.ip(text.substring(0, slash)).isEmpty()
        || hasZero(text, slash)) {
      warnings.accept(
          "%s: non-standard CIDR value \"%s\" is invalid: use \"%s\""
              .formatted(path, text, range.text()));
    } else if (!range.isAmbiguous() && range.isV6() && !text.equals(range.text())) {
      warnings.accept(
          "%s: IPv6 CIDR value \"%s\" should be in RFC 5952 canonical format (\"%s\")"
              .formatted(path, text, range.text()));
    }
  }

  private static boolean hasZero(String text, int slash) {
    return text.charAt(slash + 1) == '0' && text.length() > slash + 2;
  }
}
