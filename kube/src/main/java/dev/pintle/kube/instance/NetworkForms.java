package dev.pintle.kube.instance;

import com.google.re2j.Pattern;
import dev.pintle.kube.format.Addresses;
import dev.pintle.kube.format.Formats;
import java.net.URI;
import java.net.URISyntaxException;

/// The formats of addresses, host names and the like.
final class NetworkForms {
  private static final String LETTER = "[a-zA-Z0-9\\p{S}\\p{L}]";
  private static final Pattern HOST_NAME =
      Pattern.compile(
          "(%1$s((-?[a-zA-Z0-9\\p{S}\\p{L}]{0,62})?)|(%1$s(([a-zA-Z0-9\\-\\p{S}\\p{L}]{0,61}%1$s)?)(\\.))+([a-zA-Z\\p{L}]){2,63})"
              .formatted(LETTER));
  private static final int HOST_NAME_BYTES_MAX = 255;
  private static final int HOST_LABEL_BYTES_MAX = 63;
  private static final int PREFIX_DIGITS_MAX = 3;

  private NetworkForms() {}

  static boolean isHostName(String text) {
    if (Formats.isLonger(text, HOST_NAME_BYTES_MAX) || !HOST_NAME.matcher(text).matches()) {
      return false;
    }
    for (String label : text.split("\\.", -1)) {
      if (Formats.bytes(label) > HOST_LABEL_BYTES_MAX) {
        return false;
      }
    }
    return true;
  }

  static boolean isV4(String text) {
    return text.indexOf('.') >= 0 && Addresses.parse(text) != null;
  }

  static boolean isV6(String text) {
    return text.indexOf(':') >= 0 && Addresses.parse(text) != null;
  }

  static boolean isCidr(String text) {
    int slash = text.indexOf('/');
    if (slash < 0 || !isPrefix(text, slash + 1)) {
      return false;
    }
    String address = text.substring(0, slash);
    int bits = Integer.parseInt(text.substring(slash + 1));
    return Addresses.parse(address) != null && bits <= (address.indexOf(':') >= 0 ? 128 : 32);
  }

  static boolean isMac(String text) {
    return MacAddress.isOne(text);
  }

  private static boolean isPrefix(String text, int from) {
    int digits = text.length() - from;
    return digits >= 1
        && digits <= PREFIX_DIGITS_MAX
        && text.chars().skip(from).allMatch(c -> c >= '0' && c <= '9');
  }

  /// What may stand in the first line of a request: a whole URI, or a path from the root.
  static boolean isUri(String text) {
    if (text.isEmpty() || text.chars().anyMatch(c -> c < 0x20 || c == 0x7f)) {
      return false;
    }
    if (text.startsWith("/")) {
      return true;
    }
    try {
      return new URI(text.replace(" ", "%20")).isAbsolute();
    } catch (URISyntaxException _) {
      return false;
    }
  }
}
