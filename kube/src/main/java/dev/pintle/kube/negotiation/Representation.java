package dev.pintle.kube.negotiation;

/// The form of an answer.
///
/// @param metaVersion the version of `meta.k8s.io` that a transformed answer carries; `v1` or `v1beta1`
public record Representation(MediaType mediaType, Form form, String metaVersion, boolean pretty) {
  public static final Representation JSON =
      new Representation(MediaType.JSON, Form.OBJECT, "v1", false);

  /// The shape that an object gets in an answer.
  public enum Form {
    /// It is shown whole.
    OBJECT,
    /// As rows for people.
    TABLE,
    /// Kind, apiVersion and metadata only.
    METADATA,
    /// The same of a list.
    METADATA_LIST
  }

  public Representation prettier(boolean isPretty) {
    return pretty == isPretty ? this : new Representation(mediaType, form, metaVersion, isPretty);
  }

  /// Whether the bytes of stored objects can leave as they are.
  public boolean isPlainJson() {
    return mediaType == MediaType.JSON && form == Form.OBJECT && !pretty;
  }
}
