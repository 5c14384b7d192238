package dev.pintle.kube.store;

/// A read needs the disk, on a thread that must not wait. Whoever owns the request starts it again on one that may.
public final class ColdRead extends RuntimeException {
  ColdRead() {
    super("the answer lies on the disk", null, false, false);
  }
}
