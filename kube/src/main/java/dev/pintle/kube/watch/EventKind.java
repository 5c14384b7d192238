package dev.pintle.kube.watch;

/// The word of an event about its object.
enum EventKind {
  ADDED,
  MODIFIED,
  DELETED,
  BOOKMARK,
  ERROR
}
