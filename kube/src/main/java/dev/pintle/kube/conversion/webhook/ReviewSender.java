package dev.pintle.kube.conversion.webhook;

import dev.pintle.kube.object.JsonObject;
import dev.pintle.kube.schema.ConversionWebhook;
import java.time.Duration;

/// The sender of reviews to webhooks. It waits, on a thread that may, and never longer than a webhook may take.
@FunctionalInterface
public interface ReviewSender {
  /// The answer, a review of the same version or one that names none.
  ///
  /// @param left what the caller has of its time, where that is less than a webhook may take
  /// @throws Unanswered where there is none
  JsonObject send(ConversionWebhook webhook, JsonObject review, Duration left);

  /// The failure to get an answer; the message is upstream's.
  final class Unanswered extends RuntimeException {
    public Unanswered(String message) {
      super(message, null, false, false);
    }

    @Override
    public String getMessage() {
      return String.valueOf(super.getMessage());
    }
  }
}
