package dev.pintle.kube.defaults;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import java.util.Locale;
import java.util.Map;

/// The name of an image, by the grammar of the distribution specification and the habits of the first registry.
final class ImageName {
  private static final int NAME_CHARACTERS_MAX = 255;
  private static final String HOST_PART = "(?:[a-zA-Z0-9]|[a-zA-Z0-9][a-zA-Z0-9-]*[a-zA-Z0-9])";
  private static final String HOST =
      "(?:" + HOST_PART + "(?:\\." + HOST_PART + ")*|\\[(?:[a-fA-F0-9:]+)\\])(?::[0-9]+)?";
  private static final String STEP = "[a-z0-9]+(?:(?:[._]|__|-+)[a-z0-9]+)*";
  private static final String DIGEST =
      "[A-Za-z][A-Za-z0-9]*(?:[-_+.][A-Za-z][A-Za-z0-9]*)*:[0-9a-fA-F]{32,}";
  private static final Pattern REFERENCE =
      Pattern.compile(
          "((?:"
              + HOST
              + "/)?"
              + STEP
              + "(?:/"
              + STEP
              + ")*)(?::([0-9A-Za-z_][0-9A-Za-z_.-]{0,127}))?(?:@("
              + DIGEST
              + "))?");
  private static final Pattern IDENTIFIER = Pattern.compile("[a-f0-9]{64}");
  private static final Pattern LOWER_HEX = Pattern.compile("[a-f0-9]*");
  private static final Map<String, Integer> DIGEST_CHARACTERS =
      Map.of("sha256", 64, "sha384", 96, "sha512", 128);

  private ImageName() {}

  /// The tag; `latest` when there is neither tag nor digest; empty beside a digest, and for what is no name.
  static String tag(String image) {
    if (IDENTIFIER.matches(image)) {
      return "";
    }
    int slash = image.indexOf('/');
    boolean hosted = slash >= 0 && isHost(image.substring(0, slash));
    String path = hosted ? image.substring(slash + 1) : image;
    int colon = path.indexOf(':');
    String name = colon < 0 ? path : path.substring(0, colon);
    Matcher reference = REFERENCE.matcher(hosted ? image : "docker.io/" + path);
    if (!name.equals(name.toLowerCase(Locale.ROOT))
        || !reference.matches()
        || reference.group(1).length() > NAME_CHARACTERS_MAX) {
      return "";
    }
    String tag = reference.group(2);
    String digest = reference.group(3);
    if (digest != null) {
      return isDigest(digest) && tag != null ? tag : "";
    }
    return tag == null ? "latest" : tag;
  }

  private static boolean isHost(String first) {
    return first.indexOf('.') >= 0
        || first.indexOf(':') >= 0
        || first.equals("localhost")
        || !first.equals(first.toLowerCase(Locale.ROOT));
  }

  private static boolean isDigest(String digest) {
    int colon = digest.indexOf(':');
    Integer characters = DIGEST_CHARACTERS.get(digest.substring(0, colon));
    return characters != null
        && digest.length() - colon - 1 == characters
        && LOWER_HEX.matches(digest.substring(colon + 1));
  }

  /// `latest` may have moved since it was pulled; anything else is what it was.
  static String pullPolicy(String image) {
    return tag(image).equals("latest") ? "Always" : "IfNotPresent";
  }
}
