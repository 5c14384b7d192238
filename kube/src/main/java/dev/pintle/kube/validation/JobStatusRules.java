package dev.pintle.kube.validation;

import dev.pintle.kube.object.Json;
import dev.pintle.kube.object.JsonObject;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// The rules of what is reported of a job: how it ends, and what was counted of it. What an update leaves as it was is not
/// looked at again, since what the job asks for may have changed meanwhile.
final class JobStatusRules {
  private static final String CONDITIONS = "conditions";
  private static final String COMPLETE = "Complete";
  private static final String FAILED = "Failed";
  private static final String FAILURE_TARGET = "FailureTarget";
  private static final String CRITERIA_MET = "SuccessCriteriaMet";
  private static final String COMPLETION_TIME = "completionTime";
  private static final String START_TIME = "startTime";
  private static final String COMPLETED_INDEXES = "completedIndexes";
  private static final String FAILED_INDEXES = "failedIndexes";
  private static final String UNCOUNTED = "uncountedTerminatedPods";

  private final ValidatedObject status;
  private final JsonObject spec;
  private final JsonObject before;

  private JobStatusRules(ValidatedObject job) {
    this.status = job.childOrEmpty("status");
    this.spec = job.structure().objectOrEmpty("spec");
    this.before = status.old() == null ? new JsonObject() : status.old();
  }

  static Map<String, NamedRule> all() {
    return Map.of("reportedJob", job -> new JobStatusRules(job).check());
  }

  private void check() {
    uncountedOnce();
    ends();
    finished();
    indexes();
    counted();
    successPolicy();
    transitions();
  }

  private boolean is(String type) {
    return is(status.structure(), type, "True");
  }

  private boolean was(String type) {
    return is(before, type, "True");
  }

  private static boolean is(JsonObject status, String type, String value) {
    for (JsonObject condition : status.objects(CONDITIONS)) {
      if (condition.textOrEmpty("type").equals(type)
          && condition.textOrEmpty("status").equals(value)) {
        return true;
      }
    }
    return false;
  }

  private boolean isFinished() {
    return is(COMPLETE) || is(FAILED);
  }

  private boolean isFinishedChanged() {
    return isFinished() != (was(COMPLETE) || was(FAILED));
  }

  private boolean isChanged(String condition) {
    return is(condition) != was(condition);
  }

  private boolean isFieldChanged(String field) {
    return !value(status.structure(), field).equals(value(before, field));
  }

  private static Json value(JsonObject status, String field) {
    Json value = status.get(field);
    return value == null ? Json.NULL : value;
  }

  private boolean isNumberChanged(String field) {
    return status.number(field) != before.wholeOrZero(field);
  }

  private void wrongConditions(String detail) {
    status.add(FieldError.invalid(status.path(CONDITIONS), null, detail));
  }

  /// No pod is named twice, in whichever list.
  private void uncountedOnce() {
    ValidatedObject uncounted = status.child(UNCOUNTED);
    if (uncounted == null) {
      return;
    }
    Set<String> seen = new HashSet<>();
    for (String list : List.of("succeeded", "failed")) {
      List<String> pods = uncounted.texts(list);
      for (int i = 0; i < pods.size(); i++) {
        FieldPath path = uncounted.path(list).index(i);
        if (pods.get(i).isEmpty()) {
          uncounted.add(FieldError.invalidWord(path, "", "must not be empty"));
        } else if (!seen.add(pods.get(i))) {
          uncounted.add(FieldError.duplicateWord(path, pods.get(i)));
        }
      }
    }
  }

  private void ends() {
    boolean timed = isChanged(COMPLETE) || isFieldChanged(COMPLETION_TIME);
    if ((isChanged(COMPLETE) || isChanged(FAILED)) && is(COMPLETE) && is(FAILED)) {
      wrongConditions("cannot set Complete=True and Failed=true conditions");
    }
    if ((isChanged(COMPLETE) || isChanged(FAILURE_TARGET)) && is(COMPLETE) && is(FAILURE_TARGET)) {
      wrongConditions("cannot set Complete=True and FailureTarget=true conditions");
    }
    if (timed && status.has(COMPLETION_TIME) && !is(COMPLETE)) {
      status.invalid(
          COMPLETION_TIME, "cannot set completionTime when there is no Complete=True condition");
    }
    if (timed && !status.has(COMPLETION_TIME) && is(COMPLETE)) {
      status.required(COMPLETION_TIME, "completionTime is required for Complete jobs");
    }
    if ((isFieldChanged(START_TIME) || isFieldChanged(COMPLETION_TIME))
        && status.has(START_TIME)
        && status.has(COMPLETION_TIME)
        && status.text(COMPLETION_TIME).compareTo(status.text(START_TIME)) < 0) {
      status.invalid(COMPLETION_TIME, "must be equal to or after `startTime`");
    }
    if ((isChanged(FAILED) || isFieldChanged(FAILED_INDEXES))
        && is(FAILED)
        && !is(FAILURE_TARGET)) {
      wrongConditions("cannot set Failed=True condition without the FailureTarget=true condition");
    }
    if ((isChanged(COMPLETE) || isChanged(CRITERIA_MET)) && is(COMPLETE) && !is(CRITERIA_MET)) {
      wrongConditions(
          "cannot set Complete=True condition without the SuccessCriteriaMet=true condition");
    }
  }

  private void finished() {
    if (!isFinished()) {
      return;
    }
    boolean changed = isFinishedChanged();
    if ((changed || isNumberChanged("active")) && status.number("active") > 0) {
      status.invalid("active", "active>0 is invalid for finished job");
    }
    boolean suspendedForNothing =
        spec.isTrue("suspend") && spec.has("completions") && spec.wholeOrZero("completions") == 0;
    if ((changed || isFieldChanged(START_TIME))
        && !suspendedForNothing
        && !status.has(START_TIME)) {
      status.required(START_TIME, "startTime is required for finished job");
    }
    ValidatedObject uncounted = status.child(UNCOUNTED);
    boolean counts = changed || !Immutable.same(status.value(UNCOUNTED), before.get(UNCOUNTED));
    if (counts
        && uncounted != null
        && uncounted.count("failed") + uncounted.count("succeeded") > 0) {
      status.add(
          FieldError.invalid(
              status.path(UNCOUNTED), shown(uncounted), "must be empty for finished job"));
    }
  }

  private static Json shown(ValidatedObject uncounted) {
    return new JsonObject()
        .set("Succeeded", uncounted.shown("succeeded"))
        .set("Failed", uncounted.shown("failed"));
  }

  private void indexes() {
    boolean completedChanged =
        !status.text(COMPLETED_INDEXES).equals(before.textOrEmpty(COMPLETED_INDEXES));
    boolean failedChanged = isFieldChanged(FAILED_INDEXES);
    boolean counted = spec.has("completions");
    boolean limited = spec.has("backoffLimitPerIndex");
    if (completedChanged && counted) {
      unreadable(COMPLETED_INDEXES);
    }
    if (failedChanged && counted && limited && status.has(FAILED_INDEXES)) {
      unreadable(FAILED_INDEXES);
    }
    boolean indexed = spec.textOrEmpty("completionMode").equals("Indexed");
    if (completedChanged && !status.text(COMPLETED_INDEXES).isEmpty() && !indexed) {
      status.invalid(
          COMPLETED_INDEXES,
          "cannot set non-empty completedIndexes when non-indexed completion mode");
    }
    if (failedChanged && !limited && status.has(FAILED_INDEXES)) {
      status.invalid(
          FAILED_INDEXES, "cannot set non-null failedIndexes when backoffLimitPerIndex is null");
    }
    if ((failedChanged || completedChanged) && counted && status.has(FAILED_INDEXES)) {
      String overlap =
          JobIndexes.overlap(
              status.text(COMPLETED_INDEXES),
              status.text(FAILED_INDEXES),
              spec.wholeOrZero("completions"));
      if (!overlap.isEmpty()) {
        status.invalid(FAILED_INDEXES, overlap);
      }
    }
  }

  private void unreadable(String field) {
    String complaint =
        JobIndexes.parse(status.text(field), spec.wholeOrZero("completions")).complaint();
    if (!complaint.isEmpty()) {
      status.invalidText(field, "error parsing %s: %s".formatted(field, complaint));
    }
  }

  private void counted() {
    if ((isFinishedChanged() || isFieldChanged("terminating"))
        && status.number("terminating") > 0
        && isFinished()) {
      status.invalid("terminating", "terminating>0 is invalid for finished job");
    }
    if ((isFieldChanged("ready") || isNumberChanged("active"))
        && status.number("ready") > status.number("active")
        && status.has("ready")) {
      status.invalid("ready", "cannot set more ready pods than active");
    }
  }

  private void successPolicy() {
    if (is(CRITERIA_MET) && is(FAILED)) {
      wrongConditions("cannot set SuccessCriteriaMet=True and Failed=true conditions");
    }
    if (is(CRITERIA_MET) && is(FAILURE_TARGET)) {
      wrongConditions("cannot set SuccessCriteriaMet=True and FailureTarget=true conditions");
    }
    if (spec.object("successPolicy") != null && !is(CRITERIA_MET) && is(COMPLETE)) {
      wrongConditions(
          "cannot set Complete=True for Job with SuccessPolicy unless SuccessCriteriaMet=True");
    }
  }

  /// What was said for good is not taken back.
  private void transitions() {
    for (String end : List.of(FAILED, COMPLETE, FAILURE_TARGET)) {
      if (was(end) && !is(end)) {
        wrongConditions("cannot disable the terminal %s=True condition".formatted(end));
      }
    }
    falls("failed", true);
    boolean scalable =
        spec.textOrEmpty("completionMode").equals("Indexed")
            && value(spec, "completions").equals(value(spec, "parallelism"));
    falls("succeeded", !scalable);
    times();
    if (was(CRITERIA_MET) && !is(CRITERIA_MET)) {
      wrongConditions("cannot disable the SuccessCriteriaMet=True condition");
    }
    if (was(COMPLETE) && !was(CRITERIA_MET) && is(CRITERIA_MET)) {
      wrongConditions(
          "cannot set SuccessCriteriaMet=True for Job already has Complete=true conditions");
    }
  }

  private void falls(String counter, boolean refused) {
    if (refused && status.number(counter) < before.wholeOrZero(counter)) {
      status.add(
          FieldError.invalid(
              status.path(counter),
              Json.of(status.number(counter)),
              "cannot decrease the %s counter".formatted(counter)));
    }
  }

  private void times() {
    if (status.has(COMPLETION_TIME) && isSet(before) && isFieldChanged(COMPLETION_TIME)) {
      status.invalid(COMPLETION_TIME, Immutable.MESSAGE);
    }
    boolean resuming =
        is(before, "Suspended", "True") && is(status.structure(), "Suspended", "False");
    boolean started = !(value(before, START_TIME) instanceof Json.Null);
    if (started && isFieldChanged(START_TIME) && !resuming && !spec.isTrue("suspend")) {
      status.invalid(START_TIME, "field is immutable for unsuspended job once set");
    }
  }

  private static boolean isSet(JsonObject before) {
    return !(value(before, COMPLETION_TIME) instanceof Json.Null);
  }
}
