package dev.pintle.kube.watch;

/// What an event says of its object.
enum EventKind {
  ADDED,
  MODIFIED,
  DELETED,
  BOOKMARK,
  ERROR
}
