package dev.pintle.kube.admission.webhook;

import dev.pintle.kube.admission.Admission;
import dev.pintle.kube.admission.AdmissionRequest;
import dev.pintle.kube.admission.Reinvocation;
import dev.pintle.kube.admission.expression.MatchedKind;
import dev.pintle.kube.admission.webhook.HookOutcome.Allowed;
import dev.pintle.kube.admission.webhook.HookOutcome.Denied;
import dev.pintle.kube.admission.webhook.HookOutcome.Impossible;
import dev.pintle.kube.admission.webhook.HookOutcome.Uncalled;
import dev.pintle.kube.admission.webhook.HookPatch.UndecodableException;
import dev.pintle.kube.metrics.WebhookMetrics.Asked;
import dev.pintle.kube.object.GoText;
import dev.pintle.kube.object.Json;
import dev.pintle.kube.object.JsonObject;
import dev.pintle.kube.object.JsonWriter;
import dev.pintle.kube.outbound.OutboundException;
import dev.pintle.kube.patch.PatchGrowth;
import dev.pintle.kube.patch.PatchType;
import dev.pintle.kube.schema.ResourceType;
import dev.pintle.kube.status.StatusError;
import dev.pintle.kube.status.StatusErrors;
import dev.pintle.kube.store.ObjectView;
import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// The admission plugin MutatingAdmissionWebhook: asks one webhook after the other, each about what the ones before made of the object.
public final class MutatingAdmissionWebhook implements Admission {
  private static final int UNAVAILABLE = 503;
  private static final String CHANGES = "mutation.webhook.admission.k8s.io/";
  private static final String PATCHES = "patch.webhook.admission.k8s.io/";
  private static final String FAILURES = "failed-open." + CHANGES;

  private final HookContext context;
  private final WebhookCaller caller;
  private final WebhooksInForce hooks;
  private final MutatedForms mutated;

  /// @param configurations the resource of MutatingWebhookConfigurations
  /// @param mutated makes objects of patches
  public MutatingAdmissionWebhook(
      HookContext context, Supplier<ResourceType> configurations, MutatedForms mutated) {
    this.context = context;
    this.caller = new WebhookCaller(context, true);
    this.hooks = new WebhooksInForce(configurations);
    this.mutated = mutated;
  }

  @Override
  public void mutate(AdmissionRequest request, ObjectView view, Reinvocation passes) {
    List<AdmissionWebhook> inForce = hooks.of(request, view);
    if (inForce.isEmpty()) {
      return;
    }
    HookRounds rounds = passes.remembered(HookRounds.class, HookRounds::new);
    JsonObject object = request.object();
    if (passes.isAgain() && object != null && !rounds.isAsLeft(object)) {
      rounds.changed();
    }
    try (ReviewedObjects objects = ReviewedObjects.of(context, request)) {
      for (int i = 0; i < inForce.size(); i++) {
        AdmissionWebhook hook = inForce.get(i);
        MatchedKind matched = caller.match(hook, request, view);
        if (matched != null && (!passes.isAgain() || rounds.isToAskAgain(hook))) {
          Turn turn = new Turn(hook, matched, request, objects, passes.isAgain() ? 1 : 0, i);
          boolean changed = ask(turn);
          if (changed) {
            objects.changed();
            rounds.changed();
            passes.want();
          }
          if (hook.reinvocable()) {
            rounds.asked(hook);
          }
        }
      }
    }
    if (object != null && passes.isWanted() && !passes.isAgain()) {
      rounds.leave(object);
    }
  }

  /// One webhook that is asked about one object.
  ///
  /// @param round 0, or 1 in the second pass
  /// @param index among all webhooks
  private record Turn(
      AdmissionWebhook hook,
      MatchedKind matched,
      AdmissionRequest request,
      ReviewedObjects objects,
      int round,
      int index) {
    /// The objects as the webhook is told them; as long as it has to answer may be waited for room for them.
    ReviewedObjects.Told told() throws OutboundException {
      Duration left = request.notes().left();
      Duration time = hook.timeout().compareTo(left) < 0 ? hook.timeout() : left;
      return objects.in(matched, time);
    }

    String key(String prefix) {
      return prefix + "round_" + round + "_index_" + index;
    }

    JsonObject annotation() {
      return new JsonObject()
          .set("configuration", hook.configuration())
          .set("webhook", hook.name());
    }
  }

  /// Answers whether the object was changed.
  private boolean ask(Turn turn) {
    AdmissionRequest request = turn.request();
    if (WebhookCaller.isOvertime(request)) {
      throw WebhookCaller.overtime();
    }
    long start = System.nanoTime();
    HookOutcome outcome = caller.call(turn.hook(), request, turn.matched(), turn::told);
    WebhookCaller.tell(turn.hook(), request, outcome);
    Patched patched =
        outcome instanceof Allowed(HookResponse response)
            ? patchedInTurn(turn, response)
            : new Patched(outcome, false);
    annotate(turn, patched);
    Asked asked = HookVerdict.of(turn.hook(), patched.outcome());
    context
        .metrics()
        .asked(turn.hook().name(), true, request.action().name(), System.nanoTime() - start, asked);
    settle(turn, patched.outcome());
    return patched.changed();
  }

  /// An answer once its patch was tried.
  private record Patched(HookOutcome outcome, boolean changed) {}

  /// What a patch takes grows with it and with the object, of which copies may make much more.
  private Patched patchedInTurn(Turn turn, HookResponse response) {
    if (response.patch().isEmpty()) {
      return new Patched(new Allowed(response), false);
    }
    ReviewedObjects.Told told;
    try {
      // It was told, and so is there.
      told = turn.told();
    } catch (OutboundException failed) {
      throw new IllegalStateException("what was told needs no room", failed);
    }
    long bytes =
        (long) told.objectJson().length
            + response.patch().size()
            + PatchGrowth.bytesMax(PatchType.JSON.contentType(), response.patch());
    return context.bulk().inTurn(bytes, () -> patched(turn, response, told.object()));
  }

  private Patched patched(Turn turn, HookResponse response, @Nullable JsonObject shown) {
    AdmissionWebhook hook = turn.hook();
    HookPatch patch;
    try {
      patch = HookPatch.of(response.patch());
    } catch (UndecodableException undecodable) {
      return new Patched(
          Uncalled.of(
              "received undecodable patch in webhook response",
              undecodable.getMessage(),
              UNAVAILABLE),
          false);
    }
    if (patch == null) {
      return new Patched(new Allowed(response), false);
    }
    if (shown == null) {
      return new Patched(
          new Impossible(
              StatusErrors.internal(
                  "admission webhook %s attempted to modify the object, which is not supported for this operation"
                      .formatted(GoText.quote(hook.name())))),
          false);
    }
    if (!response.patchType().equals(HookResponse.JSON_PATCH)) {
      return new Patched(
          new Uncalled(
              "unsupported patch type " + GoText.quote(response.patchType()),
              response.refusal(hook.name()).code()),
          false);
    }
    try {
      boolean changed = mutated.patch(patch, turn.request(), turn.matched(), shown);
      turn.request()
          .notes()
          .annotateSent(
              turn.key(PATCHES),
              JsonWriter.text(
                  turn.annotation()
                      .set("patch", patch.operations())
                      .set("patchType", HookResponse.JSON_PATCH)));
      return new Patched(new Allowed(response), changed);
    } catch (StatusError wrong) {
      return new Patched(new Impossible(wrong), false);
    }
  }

  private static void annotate(Turn turn, Patched patched) {
    JsonObject told = turn.annotation().set("mutated", Json.of(patched.changed()));
    turn.request().notes().annotate(turn.key(CHANGES), JsonWriter.text(told));
  }

  private void settle(Turn turn, HookOutcome outcome) {
    switch (outcome) {
      case Allowed _ -> {}
      case Uncalled uncalled -> {
        if (!turn.hook().ignoresFailures()) {
          throw WebhookCaller.failedClosed(turn.hook(), uncalled);
        }
        context.metrics().failedOpen(turn.hook().name(), true);
        turn.request().notes().annotate(turn.key(FAILURES), turn.hook().name());
        if (WebhookCaller.isOvertime(turn.request())) {
          throw WebhookCaller.overtime();
        }
      }
      case Denied denied -> throw denied.refusal();
      case Impossible impossible -> throw impossible.refusal();
    }
  }
}
