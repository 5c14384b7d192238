package dev.pintle.member.disk;

import java.io.IOException;

/// The process, or the system, has as many files open as it may.
public final class NoDescriptor extends IOException {
  public NoDescriptor(String resource) {
    super("%s: too many open files".formatted(resource));
  }

  NoDescriptor(String resource, Throwable cause) {
    super("%s: too many open files".formatted(resource), cause);
  }
}
