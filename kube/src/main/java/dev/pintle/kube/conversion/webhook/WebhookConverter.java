package dev.pintle.kube.conversion.webhook;

import dev.pintle.kube.conversion.webhook.ConversionMetrics.Outcome;
import dev.pintle.kube.conversion.webhook.ConversionReview.Malformed;
import dev.pintle.kube.object.JsonArray;
import dev.pintle.kube.object.JsonObject;
import dev.pintle.kube.request.OnBehalf;
import dev.pintle.kube.schema.ConversionWebhook;
import dev.pintle.kube.schema.GroupVersion;
import dev.pintle.kube.schema.GroupVersionKind;
import dev.pintle.kube.status.StatusError;
import dev.pintle.kube.status.StatusErrors;
import dev.pintle.kube.store.ConversionFailure;
import dev.pintle.kube.store.Converted;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/// The converter of custom resources by the webhooks of their definitions. It waits for them, on a thread that may.
///
/// Objects of one version are asked for together. A webhook that refuses some of them, or cannot do with more than one, is asked for each
/// alone, so that what is told is told of the very object it is about; one that does not answer, or refuses the first of them one after the
/// other, is not asked again. All of that has half a minute, and never more than the request for which it is done.
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
  /// @param shaped brings what it became into shape
  /// @throws ConversionFailure where the webhook does not say, or says what cannot be
  /// @throws StatusError 504 when the request is over before the webhook has said anything
  public JsonObject convert(
      ConversionWebhook webhook,
      JsonObject object,
      String desired,
      UnaryOperator<JsonObject> shaped) {
    return review(new Asked(webhook, List.of(object), desired, shaped), TIME).getFirst().orThrow();
  }

  /// A question to a webhook.
  private record Asked(
      ConversionWebhook webhook,
      List<JsonObject> objects,
      String desired,
      UnaryOperator<JsonObject> shaped) {
    Asked alone(JsonObject object) {
      return new Asked(webhook, List.of(object), desired, shaped);
    }
  }

  /// The same of objects of one version, in their order.
  public List<Converted> convertAll(
      ConversionWebhook webhook,
      List<JsonObject> objects,
      String desired,
      UnaryOperator<JsonObject> shaped) {
    long until = nanoTime.getAsLong() + TIME.toNanos();
    Asked asked = new Asked(webhook, objects, desired, shaped);
    try {
      return review(asked, TIME);
    } catch (ConversionFailure failure) {
      return failure.isUnasked() || objects.size() == 1
          ? objects.stream().map(_ -> Converted.failed(failure)).toList()
          : eachAlone(asked, failure, until);
    }
  }

  /// @param together why they could not be converted together
  private List<Converted> eachAlone(Asked asked, ConversionFailure together, long until) {
    List<Converted> all = new ArrayList<>();
    ConversionFailure given = null;
    boolean anyConverted = false;
    for (JsonObject object : asked.objects()) {
      Duration left = Duration.ofNanos(until - nanoTime.getAsLong());
      if (given == null && (!left.isPositive() || (!anyConverted && all.size() >= REFUSED_MAX))) {
        given = together;
      }
      if (given != null) {
        all.add(Converted.failed(given));
        continue;
      }
      try {
        all.add(review(asked.alone(object), left).getFirst());
        anyConverted |= all.getLast().isThere();
      } catch (ConversionFailure failure) {
        all.add(Converted.failed(failure));
        given = failure.isUnasked() ? failure : null;
      }
    }
    return all;
  }

  private List<Converted> review(Asked asked, Duration allowed) {
    if (OnBehalf.isOver()) {
      throw overtime();
    }
    Duration ofRequest = OnBehalf.left();
    Duration left = ofRequest.compareTo(allowed) < 0 ? ofRequest : allowed;
    JsonObject first = asked.objects().getFirst();
    GroupVersionKind kind =
        GroupVersionKind.of(first.textOrEmpty("apiVersion"), first.textOrEmpty("kind"));
    String failed =
        "conversion webhook for " + kind.groupVersion().text() + ", Kind=" + kind.kind();
    long start = nanoTime.getAsLong();
    Outcome outcome = Outcome.CALL;
    try {
      ConversionReview review =
          new ConversionReview(
              ConversionReview.version(asked.webhook().reviewVersions()),
              uids.get(),
              asked.desired(),
              asked.objects());
      List<Converted> all =
          sender.send(
              asked.webhook(),
              review.toJson(),
              left,
              answer -> taken(asked, review, answer, failed));
      outcome = all.stream().allMatch(Converted::isThere) ? Outcome.SUCCESS : Outcome.INVALID;
      return all;
    } catch (Partial partial) {
      outcome = Outcome.PARTIAL;
      throw ConversionFailure.of(partial.getMessage());
    } catch (ReviewSender.Unanswered unanswered) {
      if (OnBehalf.isOver()) {
        // It says nothing of the webhook, nor of the object.
        throw overtime();
      }
      throw ConversionFailure.unasked(failed + " failed: " + unanswered.getMessage());
    } catch (Malformed malformed) {
      outcome = malformed.isUnread() ? Outcome.CALL : Outcome.MALFORMED;
      throw ConversionFailure.of(failed + " failed: " + malformed.getMessage());
    } finally {
      String to = GroupVersion.parse(asked.desired()).version();
      metrics.ended(
          outcome,
          asked.webhook().definition(),
          kind.groupVersion().version(),
          to,
          nanoTime.getAsLong() - start);
    }
  }

  /// The answer about other objects than were sent.
  private static final class Partial extends RuntimeException {
    Partial(String message) {
      super(message, null, false, false);
    }

    @Override
    public String getMessage() {
      return String.valueOf(super.getMessage());
    }
  }

  private static List<Converted> taken(
      Asked asked, ConversionReview review, JsonObject answer, String failed) {
    JsonArray answered = review.converted(answer);
    if (answered.size() != asked.objects().size()) {
      throw new Partial(
          "%s returned %d objects, expected %d"
              .formatted(failed, answered.size(), asked.objects().size()));
    }
    List<Converted> all = new ArrayList<>();
    for (int i = 0; i < answered.size(); i++) {
      all.add(
          converted(failed, asked.objects().get(i), answered, i, asked.desired())
              .then(asked.shaped()));
    }
    return all;
  }

  private static StatusError overtime() {
    return StatusErrors.timeout("request did not complete within the allotted timeout");
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
