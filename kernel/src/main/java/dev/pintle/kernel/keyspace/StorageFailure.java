package dev.pintle.kernel.keyspace;

/// The place that keeps the data cannot do what it is asked; what it holds is still whole.
public final class StorageFailure extends RuntimeException {
  public enum Kind {
    /// no room left; room made by somebody brings it back
    DISK_FULL,
    /// bytes read are not the bytes written
    CORRUPT,
    /// used after its close
    CLOSED,
    /// the store was opened anew before the first entry was read; a new transaction can be asked the same
    REOPENED,
    /// any other refusal of the disk or the operating system
    IO
  }

  private final Kind kind;
  private final String resource;

  /// @param resource the file or folder that failed
  public StorageFailure(Kind kind, String resource, String what, Throwable cause) {
    super("%s: %s".formatted(resource, what), cause);
    this.kind = kind;
    this.resource = resource;
  }

  public StorageFailure(Kind kind, String resource, String what) {
    super("%s: %s".formatted(resource, what));
    this.kind = kind;
    this.resource = resource;
  }

  public Kind kind() {
    return kind;
  }

  public String resource() {
    return resource;
  }
}
