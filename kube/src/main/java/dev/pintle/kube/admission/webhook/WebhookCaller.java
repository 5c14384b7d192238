package dev.pintle.kube.admission.webhook;

import dev.pintle.kube.admission.AdmissionRequest;
import dev.pintle.kube.admission.expression.ConditionMatcher.Match;
import dev.pintle.kube.admission.expression.ExpressionInput.Params;
import dev.pintle.kube.admission.expression.ExpressionInput.Subject;
import dev.pintle.kube.admission.expression.MatchedKind;
import dev.pintle.kube.admission.webhook.HookOutcome.Allowed;
import dev.pintle.kube.admission.webhook.HookOutcome.Denied;
import dev.pintle.kube.admission.webhook.HookOutcome.Impossible;
import dev.pintle.kube.admission.webhook.HookOutcome.Uncalled;
import dev.pintle.kube.admission.webhook.HookResponse.UnusableException;
import dev.pintle.kube.object.GoText;
import dev.pintle.kube.object.JsonObject;
import dev.pintle.kube.outbound.OutboundException;
import dev.pintle.kube.outbound.ReviewKind;
import dev.pintle.kube.outbound.WebhookClient.CallTime;
import dev.pintle.kube.status.StatusError;
import dev.pintle.kube.status.StatusErrors;
import dev.pintle.kube.store.ObjectView;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// The asker of one webhook about one request.
///
/// @param mutating whether the answer may change the object
record WebhookCaller(HookContext context, boolean mutating) {
  private static final int BAD_REQUEST = 400;
  private static final int UNAVAILABLE = 503;

  /// The objects that a webhook is to be told.
  @FunctionalInterface
  interface Telling {
    /// @throws OutboundException when there is no room for them
    ReviewedObjects.Told get() throws OutboundException;
  }

  /// The form in which the webhook is to be asked; null when it is not.
  ///
  /// @throws StatusError when that cannot be told
  @Nullable MatchedKind match(AdmissionWebhook hook, AdmissionRequest request, ObjectView view) {
    MatchedKind matched = context.matcher().match(hook.criteria(), request, view);
    if (matched == null || hook.conditions().isEmpty()) {
      return matched;
    }
    Subject subject =
        new Subject(
            request,
            matched,
            form(request.object(), request, matched),
            form(request.old(), request, matched));
    Match match =
        context
            .turns()
            .call(
                request.caller(),
                effort ->
                    hook.conditions()
                        .match(context.inputs().ofConditions(subject, Params.NONE, view), effort));
    return switch (match) {
      case Match.Holds() -> matched;
      case Match.Excludes _ -> {
        context.metrics().excluded(hook.name(), mutating, request.action().name());
        yield null;
      }
      case Match.Failed(String message, int failures) -> {
        context.metrics().conditionFailed(hook.name(), mutating, request.action().name(), failures);
        throw StatusErrors.forbidden(request.type(), request.name(), message);
      }
    };
  }

  private @Nullable JsonObject form(
      @Nullable JsonObject object, AdmissionRequest request, MatchedKind matched) {
    return object == null ? null : context.forms().matched(object, request, matched);
  }

  /// Asks, and waits for the answer; meanwhile others may have the place of this thread.
  ///
  /// @param told the objects in the matched form
  HookOutcome call(
      AdmissionWebhook hook, AdmissionRequest request, MatchedKind matched, Telling told) {
    request.notes().asking();
    if (request.dryRun() && !hook.harmless()) {
      return new Impossible(
          StatusErrors.badRequest(
              "admission webhook %s does not support dry run"
                  .formatted(GoText.quote(hook.name()))));
    }
    if (hook.reviewVersion().isEmpty()) {
      return Uncalled.of(
          "could not create admission objects",
          "webhook does not accept known AdmissionReview versions (v1, v1beta1)",
          BAD_REQUEST);
    }
    String uid = UUID.randomUUID().toString();
    try {
      HookReview review = HookReview.of(request, matched, hook.reviewVersion(), uid, told.get());
      CallTime time = new CallTime(hook.timeout(), request.notes().left(), true);
      return context
          .client()
          .call(
              hook.client(),
              ReviewKind.ADMISSION,
              review,
              // Not to ask would be to let through what it might refuse.
              hook.ignoresFailures() ? time.insistent() : time,
              // Whoever was asked before may have taken long.
              context.views().get(),
              answer -> outcome(hook, answer, uid));
    } catch (OutboundException failed) {
      return Uncalled.of(
          failed.isBeforehand() ? "could not get REST client" : "failed to call webhook",
          failed.getMessage(),
          failed.code());
    }
  }

  private HookOutcome outcome(AdmissionWebhook hook, JsonObject answer, String uid) {
    try {
      HookResponse response = HookResponse.of(answer, hook.reviewVersion(), uid, mutating);
      return response.allowed()
          ? new Allowed(response)
          : new Denied(response, new StatusError(response.refusal(hook.name())));
    } catch (UnusableException unusable) {
      return Uncalled.of(
          unusable.isUnreadable() ? "failed to call webhook" : "received invalid webhook response",
          unusable.getMessage(),
          UNAVAILABLE);
    }
  }

  /// Tells what the webhook says beside its verdict.
  static void tell(AdmissionWebhook hook, AdmissionRequest request, HookOutcome outcome) {
    HookResponse response =
        switch (outcome) {
          case Allowed(HookResponse said) -> said;
          case Denied(HookResponse said, _) -> said;
          case Uncalled _, Impossible _ -> null;
        };
    if (response != null) {
      response
          .annotations()
          .forEach((key, value) -> request.notes().annotate(hook.name() + "/" + key, value));
      response.warnings().stream().filter(each -> !each.isEmpty()).forEach(request.notes()::warn);
    }
  }

  /// What a request is refused with whose webhook could not be asked.
  static StatusError failedClosed(AdmissionWebhook hook, Uncalled uncalled) {
    return StatusErrors.internal(
        "failed calling webhook %s: %s".formatted(GoText.quote(hook.name()), uncalled.reason()));
  }

  static StatusError overtime() {
    return StatusErrors.timeout("request did not complete within requested timeout");
  }

  static boolean isOvertime(AdmissionRequest request) {
    return !request.notes().left().isPositive();
  }
}
