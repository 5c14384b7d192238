package dev.pintle.kube.schema;

/// What a strategic merge patch does with a field: a set of these is named on a field, none means
/// the default, which is to merge objects and replace lists.
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
