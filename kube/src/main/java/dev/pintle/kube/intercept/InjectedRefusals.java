package dev.pintle.kube.intercept;

import dev.pintle.kube.request.RequestInfo;
import dev.pintle.kube.schema.ResourceType;
import dev.pintle.kube.status.Details;
import dev.pintle.kube.status.Status;
import dev.pintle.kube.status.StatusError;
import dev.pintle.kube.status.StatusErrors;
import dev.pintle.kube.verb.ListObjects;
import org.jspecify.annotations.Nullable;

/// The refusals of requests that nothing is wrong with, in the words in which the server refuses others.
final class InjectedRefusals {
  private static final String BUSY =
      "the server has received too many requests and has asked us to try again later";

  /// What the end of a generated name may be.
  private static final String TAKEN = "b4dz7";

  private InjectedRefusals() {}

  /// @param type null for what is no resource
  /// @param name of the object, as far as it is known
  /// @param continueToken of a list; empty for none
  static StatusError of(
      InjectedFault.Refusal why,
      @Nullable ResourceType type,
      RequestInfo target,
      String name,
      String continueToken) {
    return switch (why) {
      case CONFLICT -> type == null ? unavailable() : conflict(type, target, name);
      case EXPIRED -> ListObjects.expired(continueToken);
      case INTERNAL_ERROR -> StatusErrors.internal("a fault that was asked for");
      case UNAVAILABLE -> unavailable();
      case FULL_DISK ->
          StatusErrors.unavailable("the log cannot be written now: log: no space left on the disk");
    };
  }

  static StatusError throttled(int retryAfterSeconds) {
    return new StatusError(
        new Status(429, "TooManyRequests", BUSY, Details.NONE.retryAfter(retryAfterSeconds)));
  }

  /// @param asked the version from which on it is to tell
  static Status expiredWatch(String asked, long oldest) {
    return StatusErrors.expired(
            "too old resource version: %s (%d)".formatted(asked.isEmpty() ? "0" : asked, oldest))
        .status();
  }

  private static StatusError unavailable() {
    return StatusErrors.unavailable("the server is currently unable to handle the request");
  }

  private static StatusError conflict(ResourceType type, RequestInfo target, String name) {
    if (!target.verb().equals("create") || !target.name().isEmpty()) {
      return StatusErrors.objectModified(type, name);
    }
    return name.isEmpty()
        ? StatusErrors.noUniqueName(type, TAKEN)
        : StatusErrors.alreadyExists(type, name);
  }
}
