package dev.pintle.kube.admission.webhook;

import dev.pintle.kube.admission.Admission;
import dev.pintle.kube.admission.AdmissionRequest;
import dev.pintle.kube.admission.expression.MatchedKind;
import dev.pintle.kube.admission.webhook.HookOutcome.Allowed;
import dev.pintle.kube.admission.webhook.HookOutcome.Denied;
import dev.pintle.kube.admission.webhook.HookOutcome.Impossible;
import dev.pintle.kube.admission.webhook.HookOutcome.Uncalled;
import dev.pintle.kube.admission.webhook.ReviewedObjects.Told;
import dev.pintle.kube.outbound.OutboundException;
import dev.pintle.kube.request.OnBehalf;
import dev.pintle.kube.schema.ResourceType;
import dev.pintle.kube.status.StatusError;
import dev.pintle.kube.store.ObjectView;
import dev.pintle.kube.worker.FairExecutor;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// The admission plugin ValidatingAdmissionWebhook: asks all webhooks at once about what is to be stored. Of several refusals the one that
/// came first is told.
public final class ValidatingAdmissionWebhook implements Admission {
  private static final String FAILURES = "failed-open.validating.webhook.admission.k8s.io/";

  private final HookContext context;
  private final WebhookCaller caller;
  private final WebhooksInForce hooks;

  /// @param configurations the resource of ValidatingWebhookConfigurations
  public ValidatingAdmissionWebhook(HookContext context, Supplier<ResourceType> configurations) {
    this.context = context;
    this.caller = new WebhookCaller(context, false);
    this.hooks = new WebhooksInForce(configurations);
  }

  /// A webhook that is to be asked, and in which form.
  private record Relevant(AdmissionWebhook hook, MatchedKind matched, int index) {}

  /// A webhook that was asked, and the outcome.
  private record Answered(Relevant relevant, HookOutcome outcome, long nanos) {}

  @Override
  public void validate(AdmissionRequest request, ObjectView view) {
    List<Relevant> relevant = relevant(request, view);
    if (relevant.isEmpty()) {
      return;
    }
    if (WebhookCaller.isOvertime(request)) {
      throw WebhookCaller.overtime();
    }
    StatusError refusal = null;
    try (ReviewedObjects objects = ReviewedObjects.of(context, request)) {
      for (Answered answered : answers(relevant, told(relevant, objects, request), request)) {
        StatusError one = settled(answered, request);
        if (refusal == null) {
          refusal = one;
        }
      }
    }
    if (refusal != null) {
      throw refusal;
    }
  }

  /// The objects as webhooks are told them, written before any is asked, on the thread of the request; or why there is no room for them.
  private static Telling told(
      List<Relevant> relevant, ReviewedObjects objects, AdmissionRequest request) {
    Set<MatchedKind> forms = new HashSet<>(2);
    Duration time = Duration.ZERO;
    for (Relevant each : relevant) {
      forms.add(each.matched());
      Duration own = each.hook().timeout();
      time = own.compareTo(time) > 0 ? own : time;
    }
    Duration left = request.notes().left();
    try {
      Map<MatchedKind, Told> told =
          Map.copyOf(objects.in(forms, relevant.size(), left.compareTo(time) < 0 ? left : time));
      return matched -> Objects.requireNonNull(told.get(matched));
    } catch (OutboundException noRoom) {
      return _ -> {
        throw noRoom;
      };
    }
  }

  /// The objects of the request in each form.
  private interface Telling {
    Told in(MatchedKind matched) throws OutboundException;
  }

  private List<Relevant> relevant(AdmissionRequest request, ObjectView view) {
    List<Relevant> relevant = new ArrayList<>(0);
    for (AdmissionWebhook hook : hooks.of(request, view)) {
      MatchedKind matched = caller.match(hook, request, view);
      if (matched != null) {
        relevant.add(new Relevant(hook, matched, relevant.size()));
      }
    }
    return relevant;
  }

  /// In the order in which they came.
  private List<Answered> answers(List<Relevant> relevant, Telling told, AdmissionRequest request) {
    if (relevant.size() == 1) {
      return List.of(asked(relevant.getFirst(), told, request));
    }
    LinkedBlockingQueue<Answered> came = new LinkedBlockingQueue<>();
    try {
      FairExecutor.away(() ->
          CompletableFuture.allOf(
                  relevant.stream()
                      .map(each ->
                          CompletableFuture.runAsync(
                              OnBehalf.carried(() -> came.add(asked(each, told, request))),
                              context.workers()))
                      .toArray(CompletableFuture<?>[]::new))
              .join());
    } catch (CompletionException failed) {
      throw failed.getCause() instanceof StatusError refused
          ? refused
          : new IllegalStateException("asking webhooks", failed);
    }
    return List.copyOf(came);
  }

  private Answered asked(Relevant relevant, Telling told, AdmissionRequest request) {
    long start = System.nanoTime();
    MatchedKind matched = relevant.matched();
    HookOutcome outcome = caller.call(relevant.hook(), request, matched, () -> told.in(matched));
    return new Answered(relevant, outcome, System.nanoTime() - start);
  }

  private @Nullable StatusError settled(Answered answered, AdmissionRequest request) {
    AdmissionWebhook hook = answered.relevant().hook();
    WebhookCaller.tell(hook, request, answered.outcome());
    context
        .metrics()
        .asked(
            hook.name(),
            false,
            request.action().name(),
            answered.nanos(),
            HookVerdict.of(hook, answered.outcome()));
    return switch (answered.outcome()) {
      case Allowed _ -> null;
      case Uncalled uncalled -> {
        if (!hook.ignoresFailures()) {
          yield WebhookCaller.failedClosed(hook, uncalled);
        }
        context.metrics().failedOpen(hook.name(), false);
        request
            .notes()
            .annotate(FAILURES + "round_0_index_" + answered.relevant().index(), hook.name());
        yield null;
      }
      case Denied denied -> denied.refusal();
      case Impossible impossible -> impossible.refusal();
    };
  }
}
