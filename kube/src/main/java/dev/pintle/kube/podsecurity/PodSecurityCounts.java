package dev.pintle.kube.podsecurity;

import dev.pintle.kube.admission.AdmissionRequest;
import dev.pintle.kube.admission.AdmissionRequest.Action;
import dev.pintle.kube.metrics.MetricsText;
import dev.pintle.kube.metrics.MetricsText.Label;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/// The counts of what PodSecurity decided, under upstream's names.
public final class PodSecurityCounts {
  private static final String EVALUATIONS = "pod_security_evaluations_total";
  private static final String EXEMPTIONS = "pod_security_exemptions_total";
  private static final String ERRORS = "pod_security_errors_total";

  private final Map<Sample, LongAdder> samples = new ConcurrentHashMap<>();
  // What happens most is not looked for.
  private final LongAdder privilegedCreates = privileged("create");
  private final LongAdder privilegedUpdates = privileged("update");

  /// The key of what is counted together; there are only so many, since no name of a client is among the labels.
  private record Sample(String family, List<Label> labels) {}

  public PodSecurityCounts() {
    for (String operation : List.of("create", "update")) {
      adder(request(EXEMPTIONS, operation, "pod", ""));
      adder(request(EXEMPTIONS, operation, "controller", ""));
    }
  }

  private LongAdder privileged(String operation) {
    return adder(evaluation("allow", "enforce", LevelVersion.PRIVILEGED, operation, "pod", ""));
  }

  /// Counts a pod of a namespace that asks for nothing.
  void privileged(AdmissionRequest request) {
    if (!request.subresource().isEmpty()) {
      evaluated(true, "enforce", LevelVersion.PRIVILEGED, request);
    } else if (request.action() == Action.CREATE) {
      privilegedCreates.increment();
    } else {
      privilegedUpdates.increment();
    }
  }

  private LongAdder adder(Sample sample) {
    return samples.computeIfAbsent(sample, _ -> new LongAdder());
  }

  void evaluated(boolean allowed, String mode, LevelVersion policy, AdmissionRequest request) {
    String decision = allowed ? "allow" : "deny";
    adder(
            evaluation(
                decision,
                mode,
                policy,
                operation(request),
                resource(request),
                request.subresource()))
        .increment();
  }

  void exempted(AdmissionRequest request) {
    adder(request(EXEMPTIONS, operation(request), resource(request), request.subresource()))
        .increment();
  }

  /// @param fatal whether nothing could be decided for it
  void failed(boolean fatal, AdmissionRequest request) {
    List<Label> labels =
        List.of(
            new Label("fatal", Boolean.toString(fatal)),
            new Label("request_operation", operation(request)),
            new Label("resource", resource(request)),
            new Label("subresource", request.subresource()));
    adder(new Sample(ERRORS, labels)).increment();
  }

  private static Sample evaluation(
      String decision,
      String mode,
      LevelVersion policy,
      String operation,
      String resource,
      String subresource) {
    List<Label> labels =
        List.of(
            new Label("decision", decision),
            new Label("mode", mode),
            new Label("policy_level", policy.level().toString()),
            new Label("policy_version", version(policy)),
            new Label("request_operation", operation),
            new Label("resource", resource),
            new Label("subresource", subresource));
    return new Sample(EVALUATIONS, labels);
  }

  private static Sample request(
      String family, String operation, String resource, String subresource) {
    return new Sample(
        family,
        List.of(
            new Label("request_operation", operation),
            new Label("resource", resource),
            new Label("subresource", subresource)));
  }

  private static String version(LevelVersion policy) {
    PodSecurityVersion version = policy.version();
    if (version.latest() || policy.isPrivileged()) {
      return "latest";
    }
    return version.minor() > PodChecks.NEWEST ? "future" : version.toString();
  }

  private static String operation(AdmissionRequest request) {
    return request.action().name().toLowerCase(Locale.ROOT);
  }

  private static String resource(AdmissionRequest request) {
    return switch (request.type().groupResource()) {
      case "pods" -> "pod";
      case "namespaces" -> "namespace";
      default -> "controller";
    };
  }

  /// In Prometheus' form.
  public String text() {
    MetricsText text = new MetricsText();
    family(text, ERRORS, "Requests that could not be held to what their namespace says.");
    family(text, EVALUATIONS, "Pods and templates held to a level, by what came of it.");
    family(text, EXEMPTIONS, "Requests that the configuration exempts.");
    return text.toString();
  }

  private void family(MetricsText text, String name, String help) {
    text.family(name, help, "counter");
    samples.entrySet().stream()
        .filter(entry -> entry.getKey().family().equals(name))
        .sorted((a, b) -> a.getKey().toString().compareTo(b.getKey().toString()))
        .forEach(entry -> text.sample(name, entry.getKey().labels(), entry.getValue().sum()));
  }
}
