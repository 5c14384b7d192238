package dev.pintle.kube.status;

/// The refusal of a request; [#status] is the answer. Expected and cheap: it has no stack trace and is never logged.
public final class StatusError extends RuntimeException {
  private final transient Status status;

  public StatusError(Status status) {
    super(status.message(), null, false, false);
    this.status = status;
  }

  public Status status() {
    return status;
  }
}
