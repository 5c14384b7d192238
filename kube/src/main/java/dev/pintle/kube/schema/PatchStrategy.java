package dev.pintle.kube.schema;

/// The effect of a strategic merge patch on a field: a set of these is named on a field, none means the default, which
/// is to merge objects and replace lists.
public enum PatchStrategy {
  MERGE("merge"),
  REPLACE("replace"),
  RETAIN_KEYS("retainKeys");

  private final String text;

  PatchStrategy(String text) {
    this.text = text;
  }

  /// The word of `x-kubernetes-patch-strategy`.
  public String text() {
    return text;
  }
}
