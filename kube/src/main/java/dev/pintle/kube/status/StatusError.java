package dev.pintle.kube.status;

import dev.pintle.wire.SharedLimit;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The refusal of a request; [#status] is the answer. Expected and cheap: it has no stack trace and is never logged.
public final class StatusError extends RuntimeException {
  private final transient Status status;
  private final @Nullable SharedLimit limit;
  private final boolean ofAdmission;

  public StatusError(Status status) {
    this(status, null, false);
  }

  private StatusError(Status status, @Nullable SharedLimit limit, boolean ofAdmission) {
    super(status.message(), null, false, false);
    this.status = status;
    this.limit = limit;
    this.ofAdmission = ofAdmission;
  }

  /// The same, because of a limit of the server that it names.
  StatusError by(SharedLimit reached) {
    return new StatusError(status, reached, ofAdmission);
  }

  /// The same, said by a plugin of admission.
  public StatusError byAdmission() {
    return new StatusError(status, limit, true);
  }

  /// Whether it is a plugin of admission that refuses, which may say otherwise another time, and not what the request is.
  public boolean isOfAdmission() {
    return ofAdmission;
  }

  public Status status() {
    return status;
  }

  /// The limit of the server that was reached; empty where the request is refused for what it is.
  public Optional<SharedLimit> limit() {
    return Optional.ofNullable(limit);
  }
}
