package dev.pintle.kube.admission.policy;

import dev.pintle.kube.admission.AdmissionRequest;
import dev.pintle.kube.admission.policy.ValidationOutcome.Annotated;
import dev.pintle.kube.metrics.PolicyMetrics;
import dev.pintle.kube.object.Json;
import dev.pintle.kube.object.JsonArray;
import dev.pintle.kube.object.JsonObject;
import dev.pintle.kube.object.JsonWriter;
import dev.pintle.kube.request.AdmissionNotes;
import dev.pintle.kube.status.Cause;
import dev.pintle.kube.status.Status;
import dev.pintle.kube.status.StatusError;
import dev.pintle.kube.status.StatusErrors;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The verdict of all ValidatingAdmissionPolicies on one request: the first denial refuses it.
final class ValidationVerdict {
  private static final String FAILURES = "validation.policy.admission.k8s.io/validation_failure";
  private static final int FAILURES_MAX = 50;
  private static final int ANNOTATION_BYTES_MAX = 10 * 1024;
  private static final String INVALID = "Invalid";
  private static final String UNKNOWN = "Unknown";

  private final AdmissionRequest request;
  private final PolicyMetrics metrics;
  private final JsonArray failures = new JsonArray();
  private @Nullable Denial denial;

  private record Denial(String message, String reason) {}

  ValidationVerdict(AdmissionRequest request, PolicyMetrics metrics) {
    this.request = request;
    this.metrics = metrics;
  }

  /// @param binding null when the policy itself is at fault
  void misconfigured(BoundPolicy<?> policy, @Nullable PolicyBinding binding, PolicyFault fault) {
    if (!policy.ignoresFailures()) {
      String message =
          "failed to configure %s: %s"
              .formatted(binding == null ? "policy" : "binding", fault.getMessage());
      deny(policy, binding, message, "");
    }
  }

  private void deny(
      BoundPolicy<?> policy, @Nullable PolicyBinding binding, String message, String reason) {
    if (denial == null) {
      String whose =
          binding == null
              ? "'%s'".formatted(policy.name())
              : "'%s' with binding '%s'".formatted(policy.name(), binding.name());
      denial =
          new Denial(
              "ValidatingAdmissionPolicy %s denied request: %s".formatted(whose, message),
              reason.isEmpty() ? INVALID : reason);
    }
  }

  void take(
      BoundPolicy<?> policy,
      PolicyBinding binding,
      ValidationOutcome outcome,
      Annotations annotations) {
    List<PolicyDecision> decisions = outcome.decisions();
    for (int i = 0; i < decisions.size(); i++) {
      PolicyDecision decision = decisions.get(i);
      if (decision.denies()) {
        follow(policy, binding, i, decision);
      } else if (decision.failed()) {
        count(policy, binding, decision, "allow");
      }
    }
    for (Annotated annotated : outcome.annotations()) {
      if (!annotated.failure().isEmpty()) {
        deny(policy, binding, annotated.failure(), "");
        count(
            policy,
            binding,
            PolicyDecision.failed(false, annotated.failure(), annotated.nanos()),
            "deny");
      } else if (!annotated.value().isEmpty()) {
        annotations.add(annotated.key(), annotated.value());
      }
    }
  }

  private void follow(
      BoundPolicy<?> policy, PolicyBinding binding, int index, PolicyDecision decision) {
    for (String action : binding.actions()) {
      switch (action) {
        case "Deny" -> {
          deny(policy, binding, decision.message(), decision.reason());
          count(policy, binding, decision, "deny");
        }
        case "Audit" -> {
          failures.add(failure(policy, binding, index, decision));
          count(policy, binding, decision, "audit");
        }
        case "Warn" -> {
          request
              .notes()
              .warn(
                  "Validation failed for ValidatingAdmissionPolicy '%s' with binding '%s': %s"
                      .formatted(policy.name(), binding.name(), decision.message()));
          count(policy, binding, decision, "warn");
        }
        default -> {}
      }
    }
  }

  private static JsonObject failure(
      BoundPolicy<?> policy, PolicyBinding binding, int index, PolicyDecision decision) {
    JsonObject failure = new JsonObject();
    failure.set("message", decision.message());
    failure.set("policy", policy.name());
    failure.set("binding", binding.name());
    failure.set("expressionIndex", Json.of(index));
    binding.actions().forEach(action -> failure.arrayAt("validationActions").add(Json.of(action)));
    return failure;
  }

  private void count(
      BoundPolicy<?> policy, PolicyBinding binding, PolicyDecision decision, String action) {
    metrics.add(
        policy.name(), binding.name(), PolicyFailures.kind(decision), action, decision.nanos());
  }

  /// @throws StatusError when a policy denies the request
  void settle() {
    if (failures.size() > 0) {
      JsonArray told = new JsonArray();
      for (int i = 0; i < Math.min(failures.size(), FAILURES_MAX); i++) {
        told.add(failures.at(i));
      }
      request.notes().annotate(FAILURES, JsonWriter.text(told));
    }
    if (denial != null) {
      throw refusal(denial);
    }
  }

  private StatusError refusal(Denial denied) {
    // Of a collection that goes no object has a name.
    String name = request.name().isEmpty() ? UNKNOWN : request.name();
    Status forbidden = StatusErrors.forbidden(request.type(), name, denied.message()).status();
    int code =
        switch (denied.reason()) {
          case "Forbidden" -> 403;
          case "Unauthorized" -> 401;
          case "RequestEntityTooLarge" -> 413;
          default -> 422;
        };
    List<Cause> causes = List.of(new Cause("", denied.message(), ""));
    return new StatusError(
        new Status(
            code, denied.reason(), forbidden.message(), forbidden.details().because(causes)));
  }

  /// The annotations of one policy for the audit record, of all of its bindings.
  static final class Annotations {
    private final Map<String, Set<String>> values = new LinkedHashMap<>(0);

    void add(String key, String value) {
      values.computeIfAbsent(key, _ -> new LinkedHashSet<>()).add(cut(value));
    }

    private static String cut(String value) {
      byte[] bytes = value.getBytes(StandardCharsets.UTF_8);
      return bytes.length <= ANNOTATION_BYTES_MAX
          ? value
          : new String(bytes, 0, ANNOTATION_BYTES_MAX, StandardCharsets.UTF_8);
    }

    void publish(String policy, AdmissionNotes notes) {
      values.forEach((key, all) -> notes.annotate(policy + "/" + key, String.join(", ", all)));
    }
  }
}
