package dev.pintle.kube.schema;

/// The rule of when `metadata.generation` grows.
public enum GenerationRule {
  /// It is not kept.
  NONE,
  /// 1 at birth, one more with every change outside metadata and status.
  SPEC
}
