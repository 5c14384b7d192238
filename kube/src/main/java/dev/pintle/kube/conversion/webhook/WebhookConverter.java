package dev.pintle.kube.conversion.webhook;

import dev.pintle.kube.conversion.webhook.ConversionMetrics.Outcome;
import dev.pintle.kube.conversion.webhook.ConversionReview.Malformed;
import dev.pintle.kube.object.JsonArray;
import dev.pintle.kube.object.JsonObject;
import dev.pintle.kube.schema.ConversionWebhook;
import dev.pintle.kube.schema.GroupVersion;
import dev.pintle.kube.schema.GroupVersionKind;
import dev.pintle.kube.store.ConversionFailure;
import dev.pintle.kube.store.Converted;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/// The converter of custom resources by the webhooks of their definitions. It waits for them, on a thread that may.
///
/// Objects of one version are asked for together. A webhook that refuses some of them, or cannot do with more than one, is asked for each
/// alone, so that what is told is told of the very object it is about; one that does not answer, or refuses the first of them one after the
/// other, is not asked again. All of that has half a minute.
public final class WebhookConverter {
  private static final Duration TIME = Duration.ofSeconds(30);

  /// Objects of a batch that are asked for alone until one is converted.
  private static final int REFUSED_MAX = 10;

  private final ReviewSender sender;
  private final Supplier<String> uids;
  private final ConversionMetrics metrics;
  private final LongSupplier nanoTime;

  /// @param uids makes those of reviews
  public WebhookConverter(ReviewSender sender, Supplier<String> uids, ConversionMetrics metrics) {
    this(sender, uids, metrics, System::nanoTime);
  }

  WebhookConverter(
      ReviewSender sender,
      Supplier<String> uids,
      ConversionMetrics metrics,
      LongSupplier nanoTime) {
    this.sender = sender;
    this.uids = uids;
    this.metrics = metrics;
    this.nanoTime = nanoTime;
  }

  /// What an object of one version is in another; the object stays as it is, and what it became shares parts with it.
  ///
  /// @param desired an `apiVersion` of the definition
  /// @throws ConversionFailure where the webhook does not say, or says what cannot be
  public JsonObject convert(ConversionWebhook webhook, JsonObject object, String desired) {
    return review(webhook, List.of(object), desired, TIME).getFirst().orThrow();
  }

  /// The same of objects of one version, in their order.
  public List<Converted> convertAll(
      ConversionWebhook webhook, List<JsonObject> objects, String desired) {
    long until = nanoTime.getAsLong() + TIME.toNanos();
    try {
      return review(webhook, objects, desired, TIME);
    } catch (ConversionFailure failure) {
      return failure.isUnasked() || objects.size() == 1
          ? objects.stream().map(_ -> Converted.failed(failure)).toList()
          : eachAlone(webhook, objects, desired, failure, until);
    }
  }

  /// @param together why they could not be converted together
  private List<Converted> eachAlone(
      ConversionWebhook webhook,
      List<JsonObject> objects,
      String desired,
      ConversionFailure together,
      long until) {
    List<Converted> all = new ArrayList<>();
    ConversionFailure given = null;
    boolean anyConverted = false;
    for (JsonObject object : objects) {
      Duration left = Duration.ofNanos(until - nanoTime.getAsLong());
      if (given == null && (!left.isPositive() || (!anyConverted && all.size() >= REFUSED_MAX))) {
        given = together;
      }
      if (given != null) {
        all.add(Converted.failed(given));
        continue;
      }
      try {
        all.add(review(webhook, List.of(object), desired, left).getFirst());
        anyConverted |= all.getLast().isThere();
      } catch (ConversionFailure failure) {
        all.add(Converted.failed(failure));
        given = failure.isUnasked() ? failure : null;
      }
    }
    return all;
  }

  private List<Converted> review(
      ConversionWebhook webhook, List<JsonObject> objects, String desired, Duration left) {
    JsonObject first = objects.getFirst();
    GroupVersionKind kind =
        GroupVersionKind.of(first.textOrEmpty("apiVersion"), first.textOrEmpty("kind"));
    String failed =
        "conversion webhook for " + kind.groupVersion().text() + ", Kind=" + kind.kind();
    long start = nanoTime.getAsLong();
    Outcome outcome = Outcome.CALL;
    try {
      ConversionReview review =
          new ConversionReview(
              ConversionReview.version(webhook.reviewVersions()), uids.get(), desired, objects);
      JsonArray answered = review.converted(sender.send(webhook, review.toJson(), left));
      if (answered.size() != objects.size()) {
        outcome = Outcome.PARTIAL;
        throw ConversionFailure.of(
            "%s returned %d objects, expected %d"
                .formatted(failed, answered.size(), objects.size()));
      }
      List<Converted> all = new ArrayList<>();
      for (int i = 0; i < answered.size(); i++) {
        all.add(converted(failed, objects.get(i), answered, i, desired));
      }
      outcome = all.stream().allMatch(Converted::isThere) ? Outcome.SUCCESS : Outcome.INVALID;
      return all;
    } catch (ReviewSender.Unanswered unanswered) {
      throw ConversionFailure.unasked(failed + " failed: " + unanswered.getMessage());
    } catch (Malformed malformed) {
      outcome = malformed.isUnread() ? Outcome.CALL : Outcome.MALFORMED;
      throw ConversionFailure.of(failed + " failed: " + malformed.getMessage());
    } finally {
      String to = GroupVersion.parse(desired).version();
      metrics.ended(
          outcome,
          webhook.definition(),
          kind.groupVersion().version(),
          to,
          nanoTime.getAsLong() - start);
    }
  }

  private static Converted converted(
      String failed, JsonObject original, JsonArray answered, int at, String desired) {
    try {
      return Converted.of(ConvertedObject.of(failed, original, answered.at(at), desired));
    } catch (ConversionFailure failure) {
      return Converted.failed(failure);
    }
  }
}
