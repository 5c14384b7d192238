package dev.pintle.kube.defaults;

/// The tag of an image's name, by the grammar of the distribution specification: what follows the last colon after the
/// last slash; `latest` when there is neither tag nor digest.
final class ImageName {
  private ImageName() {}

  static String tag(String image) {
    int digest = image.indexOf('@');
    String name = digest < 0 ? image : image.substring(0, digest);
    int colon = name.indexOf(':', name.lastIndexOf('/') + 1);
    if (colon >= 0) {
      return name.substring(colon + 1);
    }
    return digest < 0 ? "latest" : "";
  }

  /// `latest` may have moved since it was pulled; anything else is what it was.
  static String pullPolicy(String image) {
    return tag(image).equals("latest") ? "Always" : "IfNotPresent";
  }
}
