package dev.pintle.kube.conversion.webhook;

import dev.pintle.kube.object.JsonObject;
import dev.pintle.kube.schema.ConversionWebhook;
import dev.pintle.kube.store.Converted;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;

/// The sender of reviews to webhooks. It waits, on a thread that may, and never longer than a webhook may take.
@FunctionalInterface
public interface ReviewSender {
  /// What is taken of the answer, a review of the same version or one that names none.
  ///
  /// @param taken runs where it may take long, and throws whatever is wrong with the answer
  /// @param left what the caller has of its time, where that is less than a webhook may take
  /// @throws Unanswered where there is none
  List<Converted> send(
      ConversionWebhook webhook,
      JsonObject review,
      Duration left,
      Function<JsonObject, List<Converted>> taken);

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
