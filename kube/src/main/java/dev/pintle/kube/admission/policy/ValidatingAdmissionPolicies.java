package dev.pintle.kube.admission.policy;

import dev.pintle.kube.admission.Admission;
import dev.pintle.kube.admission.AdmissionRequest;
import dev.pintle.kube.admission.expression.ExpressionInput.Params;
import dev.pintle.kube.admission.expression.ExpressionInput.Subject;
import dev.pintle.kube.admission.expression.MatchedKind;
import dev.pintle.kube.admission.expression.ReviewedRequest;
import dev.pintle.kube.metrics.PolicyMetrics;
import dev.pintle.kube.object.JsonObject;
import dev.pintle.kube.schema.ResourceType;
import dev.pintle.kube.store.ObjectView;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The plugin that asks ValidatingAdmissionPolicies: they refuse a request, warn of it, or note it in its audit record.
public final class ValidatingAdmissionPolicies implements Admission {
  private final PolicyContext context;
  private final PoliciesInForce<ValidatingProgram> policies;
  private final PolicyMetrics metrics;

  public ValidatingAdmissionPolicies(PolicyContext context, PolicyMetrics metrics) {
    this.context = context;
    this.metrics = metrics;
    this.policies =
        new PoliciesInForce<>(context.types(), PolicyFamily.VALIDATING, ValidatingProgram::compile);
  }

  @Override
  public void validate(AdmissionRequest request, ObjectView view) {
    if (PolicyFamily.isExempt(request.type())) {
      return;
    }
    List<BoundPolicy<ValidatingProgram>> all = policies.at(view);
    if (!all.isEmpty()) {
      new Dispatch(request, view).ask(all);
    }
  }

  /// All policies over one request.
  private final class Dispatch {
    private final AdmissionRequest request;
    private final ObjectView view;
    private final ValidationVerdict verdict;
    private final Map<MatchedKind, PolicyInvocation> questions = new HashMap<>(0);

    Dispatch(AdmissionRequest request, ObjectView view) {
      this.request = request;
      this.view = view;
      this.verdict = new ValidationVerdict(request, metrics);
    }

    void ask(List<BoundPolicy<ValidatingProgram>> all) {
      for (BoundPolicy<ValidatingProgram> policy : all) {
        ask(policy);
      }
      verdict.settle();
    }

    private void ask(BoundPolicy<ValidatingProgram> policy) {
      MatchedKind matched;
      ResourceType params;
      try {
        matched = context.match(policy.constraints(), request, view);
        if (matched == null) {
          return;
        }
        JsonObject kind = policy.paramKind();
        params = kind == null ? null : context.params().require(kind);
      } catch (PolicyFault fault) {
        verdict.misconfigured(policy, null, fault);
        return;
      }
      ValidationVerdict.Annotations annotations = new ValidationVerdict.Annotations();
      for (PolicyBinding binding : policy.bindings()) {
        try {
          ask(policy, binding, matched, params, annotations);
        } catch (PolicyFault fault) {
          verdict.misconfigured(policy, binding, fault);
        }
      }
      annotations.publish(policy.name(), request.notes());
    }

    private void ask(
        BoundPolicy<ValidatingProgram> policy,
        PolicyBinding binding,
        MatchedKind matched,
        @Nullable ResourceType type,
        ValidationVerdict.Annotations annotations) {
      if (!context.isBound(binding, request, view)) {
        return;
      }
      String place = ReviewedRequest.namespace(request);
      List<@Nullable JsonObject> params = context.params().find(type, binding, place, view);
      if (params.isEmpty()) {
        return;
      }
      PolicyInvocation question = question(matched);
      for (JsonObject each : params) {
        PolicyInvocation invocation = question.with(Params.of(each, type));
        ValidationOutcome outcome =
            context
                .turns()
                .call(
                    request.caller(),
                    effort ->
                        PolicyValidator.evaluate(policy.program().get(effort), invocation, effort));
        verdict.take(policy, binding, outcome, annotations);
      }
    }

    private PolicyInvocation question(MatchedKind matched) {
      PolicyInvocation known = questions.get(matched);
      if (known == null) {
        Subject subject = context.subject(request, matched);
        JsonObject namespace = context.namespace(request, view);
        known = PolicyInvocation.of(context.inputs(), subject, Params.NONE, namespace, view);
        questions.put(matched, known);
      }
      return known;
    }
  }
}
