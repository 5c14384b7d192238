package dev.pintle.kube.admission.policy;

import dev.pintle.kube.admission.expression.ConditionMatcher.Match;
import dev.pintle.kube.admission.policy.ValidatingProgram.AuditAnnotation;
import dev.pintle.kube.admission.policy.ValidatingProgram.Validation;
import dev.pintle.kube.admission.policy.ValidationOutcome.Annotated;
import dev.pintle.kube.cel.AdmissionProgram;
import dev.pintle.kube.cel.AdmissionResult;
import dev.pintle.kube.cel.AdmissionRun;
import dev.pintle.kube.cel.Effort;
import dev.pintle.kube.cel.OutOfBudget;
import dev.pintle.kube.validation.GoSpace;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// One evaluation of a ValidatingAdmissionPolicy. It changes nothing, so that it can be done again.
final class PolicyValidator {
  private static final int MESSAGE_BYTES_MAX = 5 * 1024;

  private final ValidatingProgram program;
  private final PolicyInvocation invocation;
  private final Effort effort;

  private PolicyValidator(ValidatingProgram program, PolicyInvocation invocation, Effort effort) {
    this.program = program;
    this.invocation = invocation;
    this.effort = effort;
  }

  /// @throws dev.pintle.kube.cel.TooMuchEffort when a quick effort does not suffice
  static ValidationOutcome evaluate(
      ValidatingProgram program, PolicyInvocation invocation, Effort effort) {
    return new PolicyValidator(program, invocation, effort).evaluate();
  }

  private ValidationOutcome evaluate() {
    if (!program.conditions().isEmpty()) {
      switch (program.conditions().match(invocation.forConditions(), effort)) {
        case Match.Holds() -> {}
        case Match.Excludes _ -> {
          return ValidationOutcome.NONE;
        }
        case Match.Failed(String message, _) -> {
          return ValidationOutcome.of(failed(message, 0));
        }
      }
    }
    List<PolicyDecision> decisions;
    try {
      decisions = validate();
    } catch (OutOfBudget spent) {
      return ValidationOutcome.of(failed(spent.getMessage(), 0));
    }
    try {
      return new ValidationOutcome(decisions, annotate());
    } catch (OutOfBudget spent) {
      return ValidationOutcome.of(failed(spent.getMessage(), 0));
    }
  }

  private PolicyDecision failed(String message, long nanos) {
    return PolicyDecision.failed(program.ignoresFailures(), message, nanos);
  }

  /// The outcome of one expression, and how long it took.
  private record Timed(AdmissionResult result, long nanos) {}

  private static Timed timed(AdmissionRun run, AdmissionProgram expression) {
    long start = System.nanoTime();
    AdmissionResult result = run.run(expression);
    return new Timed(result, System.nanoTime() - start);
  }

  private List<PolicyDecision> validate() {
    if (program.validations().isEmpty()) {
      return List.of();
    }
    AdmissionRun run =
        new AdmissionRun(invocation.asking(), program.variables(), AdmissionRun.BUDGET, effort);
    List<Timed> results = new ArrayList<>(program.validations().size());
    boolean all = true;
    for (Validation validation : program.validations()) {
      Timed timed = timed(run, validation.expression());
      results.add(timed);
      all &= timed.result().isTrue();
    }
    Messages messages =
        all && messagesFit(run.left())
            ? new Messages(List.of(), null)
            : messages(Math.max(run.left(), 0));
    List<PolicyDecision> decisions = new ArrayList<>(results.size());
    for (int i = 0; i < results.size(); i++) {
      decisions.add(decision(i, results.get(i), messages));
    }
    return decisions;
  }

  /// Whether messages cannot fail for their costs, so that those that nobody needs need not be made.
  private boolean messagesFit(long budget) {
    long programs =
        program.variables().size()
            + program.validations().stream().filter(each -> each.told() != null).count();
    return programs * Effort.FULL.costMax() <= budget || programs == program.variables().size();
  }

  /// The messages of all validations, made before one is needed.
  ///
  /// @param made null where none is; empty when they could not all be made
  /// @param failure why not; null when they could
  private record Messages(List<@Nullable AdmissionResult> made, @Nullable OutOfBudget failure) {}

  private Messages messages(long budget) {
    AdmissionRun run = new AdmissionRun(invocation.plain(), program.variables(), budget, effort);
    List<@Nullable AdmissionResult> made = new ArrayList<>();
    try {
      for (Validation validation : program.validations()) {
        AdmissionProgram told = validation.told();
        made.add(told == null ? null : run.run(told));
      }
      return new Messages(made, null);
    } catch (OutOfBudget spent) {
      return new Messages(List.of(), spent);
    }
  }

  private PolicyDecision decision(int index, Timed timed, Messages messages) {
    AdmissionResult result = timed.result();
    if (!result.problem().isEmpty()) {
      return failed(result.problem(), timed.nanos());
    }
    OutOfBudget failure = messages.failure();
    if (failure != null) {
      return failed("failed messageExpression: " + failure.getMessage(), timed.nanos());
    }
    if (result.isTrue()) {
      return PolicyDecision.admitted(timed.nanos());
    }
    Validation validation = program.validations().get(index);
    AdmissionResult made = messages.made().get(index);
    return new PolicyDecision(
        true, false, message(validation, made), validation.reason(), timed.nanos());
  }

  private static String message(Validation validation, @Nullable AdmissionResult made) {
    String told = made == null ? "" : GoSpace.trimmed(made.text().orElse(""));
    if (!told.isEmpty()
        && told.indexOf('\n') < 0
        && told.getBytes(StandardCharsets.UTF_8).length <= MESSAGE_BYTES_MAX) {
      return told;
    }
    String message = GoSpace.trimmed(validation.message());
    return message.isEmpty()
        ? "failed expression: " + GoSpace.trimmed(validation.expression().text())
        : message;
  }

  private List<Annotated> annotate() {
    if (program.annotations().isEmpty()) {
      return List.of();
    }
    AdmissionRun run =
        new AdmissionRun(invocation.plain(), program.variables(), AdmissionRun.BUDGET, effort);
    List<Annotated> annotations = new ArrayList<>();
    for (AuditAnnotation annotation : program.annotations()) {
      annotations.add(annotated(annotation, timed(run, annotation.value())));
    }
    return annotations;
  }

  private Annotated annotated(AuditAnnotation annotation, Timed timed) {
    String problem = timed.result().problem();
    if (!problem.isEmpty()) {
      String told = program.ignoresFailures() ? "" : problem;
      return new Annotated(annotation.key(), "", told, timed.nanos());
    }
    if (timed.result().isNull() || timed.result().text().isPresent()) {
      String value = GoSpace.trimmed(timed.result().text().orElse(""));
      return new Annotated(annotation.key(), value, "", timed.nanos());
    }
    String failure =
        "valueExpression '%s' resulted in unsupported return type: %s. Return type must be either string or null."
            .formatted(annotation.value().text(), timed.result().type());
    return new Annotated(annotation.key(), "", failure, timed.nanos());
  }
}
