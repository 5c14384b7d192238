package dev.pintle.member.log;

import java.io.IOException;

/// A refusal to take entries, of which nothing was begun: the log is as it was, and takes entries again once what was missing
/// (room on the disk, a descriptor, a disk that works) is there.
public final class LogUnavailable extends IOException {
  LogUnavailable(IOException cause) {
    super(cause.getMessage(), cause);
  }
}
