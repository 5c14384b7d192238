package dev.pintle.member.disk;

import java.io.IOException;
import java.util.Locale;

/// The refusal of a write for which there is no room on the disk, or no more of it for us.
public final class DiskFull extends IOException {
  public DiskFull(String resource, Throwable cause) {
    super("%s: no space left on the disk".formatted(resource), cause);
  }

  public DiskFull(String resource) {
    super("%s: no space left on the disk".formatted(resource));
  }

  /// `cause`, named with its resource, and as a [DiskFull] or a [NoDescriptor] if that is what it says. The JDK tells only in
  /// words.
  static IOException orOther(String resource, IOException cause) {
    String message = String.valueOf(cause.getMessage()).toLowerCase(Locale.ROOT);
    if (message.contains("no space left") || message.contains("quota exceeded")) {
      return new DiskFull(resource, cause);
    }
    if (message.contains("too many open files")) {
      return new NoDescriptor(resource, cause);
    }
    return new IOException("%s: %s".formatted(resource, cause.getMessage()), cause);
  }
}
