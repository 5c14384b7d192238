package dev.pintle.kube.defaults;

import java.util.Locale;
import java.util.Map;

/// The name of an image, by the grammar of the distribution specification and the habits of the first registry. It is read once from
/// its beginning to its end.
final class ImageName {
  private static final int NAME_CHARACTERS_MAX = 255;
  private static final int TAG_CHARACTERS_MAX = 128;
  private static final int IDENTIFIER_CHARACTERS = 64;
  private static final String USUAL_HOST = "docker.io/";
  private static final Map<String, Integer> DIGEST_CHARACTERS =
      Map.of("sha256", 64, "sha384", 96, "sha512", 128);

  private ImageName() {}

  /// The tag; `latest` when there is neither tag nor digest; empty beside a digest, and for what is no name.
  static String tag(String image) {
    if (image.length() == IDENTIFIER_CHARACTERS && isLowerHex(image)) {
      return "";
    }
    int slash = image.indexOf('/');
    boolean hosted = slash >= 0 && isHosted(image.substring(0, slash));
    String path = hosted ? image.substring(slash + 1) : image;
    int colon = path.indexOf(':');
    String name = colon < 0 ? path : path.substring(0, colon);
    if (!name.equals(name.toLowerCase(Locale.ROOT))) {
      return "";
    }
    return tagOfWhole(hosted ? image : USUAL_HOST + image);
  }

  /// @param reference has a host, or a first step in its place
  private static String tagOfWhole(String reference) {
    int at = reference.indexOf('@');
    int end = at < 0 ? reference.length() : at;
    int slash = reference.indexOf('/');
    int colon = reference.indexOf(':', slash);
    boolean tagged = colon >= 0 && colon < end;
    int nameEnd = tagged ? colon : end;
    String tag = tagged ? reference.substring(colon + 1, end) : "";
    if (nameEnd > NAME_CHARACTERS_MAX
        || !isName(reference, slash, nameEnd)
        || (tagged && !isTag(tag))
        || (at >= 0 && !isDigest(reference.substring(at + 1)))) {
      return "";
    }
    return tagged || at >= 0 ? tag : "latest";
  }

  private static boolean isName(String reference, int slash, int end) {
    String first = reference.substring(0, slash);
    return slash < end
        && (isHost(first) || areSteps(reference, 0, slash))
        && areSteps(reference, slash + 1, end);
  }

  /// Letters and digits, parted by a point, one or two lines below, or any number of dashes; steps are parted by slashes.
  private static boolean areSteps(String text, int from, int end) {
    int at = from;
    while (true) {
      int word = at;
      while (at < end && isLowerOrDigit(text.charAt(at))) {
        at++;
      }
      if (at == word) {
        return false;
      }
      if (at == end) {
        return true;
      }
      at = separatorEnd(text, at, end);
    }
  }

  /// Where the separator at a place ends: at the place itself when there is none.
  private static int separatorEnd(String text, int at, int end) {
    int next = at + 1;
    return switch (text.charAt(at)) {
      case '.', '/' -> next;
      case '_' -> next < end && text.charAt(next) == '_' ? next + 1 : next;
      case '-' -> {
        while (next < end && text.charAt(next) == '-') {
          next++;
        }
        yield next;
      }
      default -> at;
    };
  }

  private static boolean isHosted(String first) {
    return first.indexOf('.') >= 0
        || first.indexOf(':') >= 0
        || first.equals("localhost")
        || !first.equals(first.toLowerCase(Locale.ROOT));
  }

  /// A domain or an address of the sixth version in brackets, with or without a port.
  private static boolean isHost(String text) {
    int end = text.startsWith("[") ? addressEnd(text) : domainEnd(text);
    return end > 0 && (end == text.length() || isPort(text, end));
  }

  private static boolean isPort(String text, int colon) {
    return text.charAt(colon) == ':'
        && colon + 1 < text.length()
        && text.chars().skip(colon + 1L).allMatch(c -> c >= '0' && c <= '9');
  }

  /// Where the address ends, 0 for none.
  private static int addressEnd(String text) {
    int bracket = text.indexOf(']');
    boolean address =
        bracket > 1 && text.substring(1, bracket).chars().allMatch(c -> isHex(c) || c == ':');
    return address ? bracket + 1 : 0;
  }

  /// Where the domain ends, 0 for none.
  private static int domainEnd(String text) {
    int end = text.indexOf(':') < 0 ? text.length() : text.indexOf(':');
    int part = 0;
    for (int at = 0; at <= end; at++) {
      if (at == end || text.charAt(at) == '.') {
        if (part == at || text.charAt(part) == '-' || text.charAt(at - 1) == '-') {
          return 0;
        }
        part = at + 1;
      } else if (text.charAt(at) != '-' && !isLetterOrDigit(text.charAt(at))) {
        return 0;
      }
    }
    return end;
  }

  private static boolean isTag(String tag) {
    return !tag.isEmpty()
        && tag.length() <= TAG_CHARACTERS_MAX
        && tag.charAt(0) != '.'
        && tag.charAt(0) != '-'
        && tag.chars().allMatch(c -> isLetterOrDigit(c) || c == '_' || c == '.' || c == '-');
  }

  private static boolean isDigest(String digest) {
    int colon = digest.indexOf(':');
    if (colon < 0) {
      return false;
    }
    Integer characters = DIGEST_CHARACTERS.get(digest.substring(0, colon));
    String value = digest.substring(colon + 1);
    return characters != null && value.length() == characters && isLowerHex(value);
  }

  private static boolean isLowerHex(String text) {
    return text.chars().allMatch(ImageName::isLowerHex);
  }

  private static boolean isLowerHex(int c) {
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f');
  }

  private static boolean isHex(int c) {
    return isLowerHex(c) || (c >= 'A' && c <= 'F');
  }

  private static boolean isLowerOrDigit(int c) {
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z');
  }

  private static boolean isLetterOrDigit(int c) {
    return isLowerOrDigit(c) || (c >= 'A' && c <= 'Z');
  }

  /// `latest` may have moved since it was pulled; anything else is what it was.
  static String pullPolicy(String image) {
    return tag(image).equals("latest") ? "Always" : "IfNotPresent";
  }
}
