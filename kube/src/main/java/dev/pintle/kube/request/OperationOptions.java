package dev.pintle.kube.request;

/// The options of a write, as admission sees them.
public sealed interface OperationOptions permits WriteOptions, DeleteOptions {
  /// Whether nothing is to come of it.
  boolean dryRun();
}
