package dev.pintle.kube.admission.policy;

import dev.pintle.kube.admission.Admission;
import dev.pintle.kube.admission.AdmissionRequest;
import dev.pintle.kube.admission.AdmissionRequest.Action;
import dev.pintle.kube.admission.Reinvocation;
import dev.pintle.kube.admission.expression.ConditionMatcher.Match;
import dev.pintle.kube.admission.expression.ExpressionInput.Params;
import dev.pintle.kube.admission.expression.ExpressionInput.Subject;
import dev.pintle.kube.admission.expression.MatchedKind;
import dev.pintle.kube.admission.expression.ReviewedRequest;
import dev.pintle.kube.admission.policy.MutatingProgram.Mutation;
import dev.pintle.kube.metrics.PolicyMetrics;
import dev.pintle.kube.object.Json;
import dev.pintle.kube.object.JsonObject;
import dev.pintle.kube.schema.ResourceType;
import dev.pintle.kube.store.ObjectView;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The plugin that asks MutatingAdmissionPolicies: they change an object before anything else looks at it.
public final class MutatingAdmissionPolicies implements Admission {
  private final PolicyContext context;
  private final PolicyPatches patches;
  private final PoliciesInForce<MutatingProgram> policies;
  private final PolicyMetrics metrics;

  public MutatingAdmissionPolicies(
      PolicyContext context, PolicyPatches patches, PolicyMetrics metrics) {
    this.context = context;
    this.patches = patches;
    this.metrics = metrics;
    this.policies =
        new PoliciesInForce<>(context.types(), PolicyFamily.MUTATING, MutatingProgram::compile);
  }

  @Override
  public void mutate(AdmissionRequest request, ObjectView view, Reinvocation round) {
    if (request.action() == Action.DELETE || PolicyFamily.isExempt(request.type())) {
      return;
    }
    List<BoundPolicy<MutatingProgram>> all = policies.at(view);
    if (!all.isEmpty()) {
      new Dispatch(
              request, view, round.remembered(MutationRounds.class, MutationRounds::new), round)
          .ask(all);
    }
  }

  /// A policy that is to be asked, with one set of parameters.
  private record Invocation(
      BoundPolicy<MutatingProgram> policy,
      PolicyBinding binding,
      MatchedKind matched,
      Params params) {
    MutationRounds.Key key() {
      JsonObject object = params.object();
      JsonObject metadata = object == null ? new JsonObject() : object.objectOrEmpty("metadata");
      return new MutationRounds.Key(
          policy.name(),
          binding.name(),
          metadata.textOrEmpty("namespace"),
          metadata.textOrEmpty("name"));
    }
  }

  /// All policies over one request.
  private final class Dispatch {
    private final AdmissionRequest request;
    private final ObjectView view;
    private final MutationRounds rounds;
    private final Reinvocation round;
    private final MutationFailures failures = new MutationFailures();
    private final List<Invocation> invocations = new ArrayList<>(0);
    // Upstream keeps what conditions of any policy looked at, and shows others that.
    private final Set<MatchedKind> typed = new HashSet<>(0);
    private boolean touched;

    Dispatch(AdmissionRequest request, ObjectView view, MutationRounds rounds, Reinvocation round) {
      this.request = request;
      this.view = view;
      this.rounds = rounds;
      this.round = round;
    }

    void ask(List<BoundPolicy<MutatingProgram>> all) {
      all.forEach(this::select);
      if (!invocations.isEmpty()) {
        invoke();
      }
      failures.settle(request);
    }

    private void select(BoundPolicy<MutatingProgram> policy) {
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
        failures.misconfigured(policy, null, fault);
        return;
      }
      for (PolicyBinding binding : policy.bindings()) {
        try {
          if (context.isBound(binding, request, view)) {
            String place = ReviewedRequest.namespace(request);
            for (JsonObject each : context.params().find(params, binding, place, view)) {
              Params given = Params.of(each, params);
              invocations.add(new Invocation(policy, binding, matched, given));
            }
          }
        } catch (PolicyFault fault) {
          failures.misconfigured(policy, binding, fault);
        }
      }
    }

    private void invoke() {
      JsonObject object = request.object();
      if (round.isAgain() && rounds.isChangedSince(object)) {
        rounds.requireAll();
      }
      JsonObject namespace = context.namespace(request, view);
      for (Invocation invocation : invocations) {
        invoke(invocation, namespace);
      }
      if (touched) {
        rounds.requireAll();
        round.want();
      }
      rounds.left(object);
    }

    private void invoke(Invocation invocation, @Nullable JsonObject namespace) {
      MutatingProgram program =
          context.turns().call(request.caller(), invocation.policy().program()::get);
      if (!isWanted(invocation, program, namespace)) {
        return;
      }
      MutationRounds.Key key = invocation.key();
      if (round.isAgain() && !rounds.isRequired(key)) {
        return;
      }
      boolean changed = false;
      for (Mutation mutation : program.mutations()) {
        changed |= mutate(invocation, program, mutation, namespace);
      }
      if (changed) {
        rounds.requireAll();
        round.want();
      }
      if ("IfNeeded".equals(invocation.policy().spec().text("reinvocationPolicy"))) {
        rounds.invoked(key);
      }
    }

    private PolicyInvocation question(Invocation invocation, @Nullable JsonObject namespace) {
      MatchedKind matched = invocation.matched();
      Subject subject = context.subject(request, matched);
      return PolicyInvocation.of(
          context.inputs(),
          typed.contains(matched) ? subject : subject.untyped(),
          invocation.params(),
          namespace,
          view);
    }

    private boolean isWanted(
        Invocation invocation, MutatingProgram program, @Nullable JsonObject namespace) {
      if (program.conditions().isEmpty()) {
        return true;
      }
      typed.add(invocation.matched());
      PolicyInvocation question = question(invocation, namespace);
      Match match =
          context
              .turns()
              .call(
                  request.caller(),
                  effort -> program.conditions().match(question.forConditions(), effort));
      return switch (match) {
        case Match.Holds() -> true;
        case Match.Excludes _ -> false;
        case Match.Failed(String message, _) -> {
          failures.failed(invocation.policy(), invocation.binding(), message);
          yield false;
        }
      };
    }

    /// Answers whether something changed.
    private boolean mutate(
        Invocation invocation,
        MutatingProgram program,
        Mutation mutation,
        @Nullable JsonObject namespace) {
      JsonObject object = request.object();
      if (object == null) {
        return false;
      }
      long start = System.nanoTime();
      String error = PolicyFailures.NONE;
      try {
        PolicyInvocation question = question(invocation, namespace);
        Json made =
            context
                .turns()
                .call(
                    request.caller(),
                    effort -> PolicyMutator.evaluate(program, mutation, question, effort));
        boolean changed = patches.apply(made, request, question.subject());
        touched = true;
        return changed;
      } catch (PolicyFault fault) {
        error = PolicyFailures.kind(fault.getMessage());
        failures.failed(invocation.policy(), invocation.binding(), fault.getMessage());
        return false;
      } finally {
        metrics.add(
            invocation.policy().name(),
            invocation.binding().name(),
            error,
            "",
            System.nanoTime() - start);
      }
    }
  }
}
