package dev.pintle.server.failure;

/// The way in which the program ends; the numbers are documented in `./pintle up --help` and never change their
/// meaning. 3 to 9 are the launcher's.
public enum ExitCode {
  OK(0),
  /// Our own bug, with a stack trace.
  BUG(1),
  /// What etcd ends with when it does not start, for whatever reason beside a flag that cannot be read. The store alone ends so, too.
  LIKE_ETCD(1),
  /// A flag that is unknown or has a bad value.
  USAGE(2),
  /// An address cannot be listened on.
  ADDRESS(10),
  /// Another process uses the data folder.
  IN_USE(11),
  /// The data folder was written by a newer release.
  NEWER_FORMAT(12),
  /// No space is left for the data folder.
  DISK_FULL(13),
  /// The data folder cannot be read or written, or what it holds is damaged.
  DATA(14),
  /// Stopping did not come to an end; the log names what was stuck.
  STUCK(15),
  /// No memory is left; what the operating system makes of the signal by which the JVM ends itself then (see `jvm.options`).
  OUT_OF_MEMORY(154);

  private final int number;

  ExitCode(int number) {
    this.number = number;
  }

  public int number() {
    return number;
  }
}
