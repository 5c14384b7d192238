package dev.pintle.kube;

import dev.pintle.kube.admission.AdmissionChain;
import dev.pintle.kube.admission.AdmissionMetrics;
import dev.pintle.kube.authz.Authorizer;
import dev.pintle.kube.decode.BodyReader;
import dev.pintle.kube.decode.BuiltInSchemas;
import dev.pintle.kube.ownership.FieldOwnership;
import dev.pintle.kube.podsecurity.PodSecurityCounts;
import dev.pintle.kube.quota.QuotaController;
import dev.pintle.kube.quota.QuotaLedger;
import dev.pintle.kube.quota.UsageEvaluators;
import dev.pintle.kube.schema.ResourceType;
import dev.pintle.kube.store.ObjectReader;
import dev.pintle.kube.worker.FairExecutor;
import java.time.Clock;
import java.util.concurrent.Executor;
import java.util.random.RandomGenerator;

/// The admission of the surface: its plugins, the policies and webhooks that they ask, and what they count.
final class AdmissionAssembly {
  private final Parts parts;
  private final AdmissionPlugins.Store store;
  private final PolicyAssembly policies;
  private final WebhookAssembly.Plugins webhooks;
  private final QuotaController.Shared quotas;
  private final PodSecurityCounts podSecurity = new PodSecurityCounts();
  private final AdmissionMetrics durations = new AdmissionMetrics();

  /// The parts that admission is made of.
  record Parts(
      ServedTypes served,
      Authorizer authorizer,
      ObjectReader objects,
      BodyReader bodies,
      BuiltInRules rules,
      FieldOwnership ownership,
      FairExecutor bulk,
      Executor workers,
      Clock clock,
      RandomGenerator random) {}

  AdmissionAssembly(Parts parts, AdmissionPlugins.Store store, WebhookAssembly outbound) {
    this.parts = parts;
    this.store = store;
    this.policies =
        new PolicyAssembly(
            parts.served(),
            parts.authorizer(),
            parts.bulk(),
            parts.objects(),
            parts.bodies(),
            parts.rules(),
            new BuiltInSchemas()::of);
    this.webhooks =
        outbound.plugins(
            parts.served(),
            parts.authorizer(),
            parts.objects(),
            parts.bodies(),
            parts.rules(),
            parts.bulk(),
            parts.workers(),
            store.views());
    this.quotas =
        new QuotaController.Shared(
            new UsageEvaluators(this::countedByDevices, parts.clock()),
            new QuotaLedger(
                parts.served().v1("", "resourcequotas"),
                parts.objects(),
                parts.ownership(),
                store.views(),
                parts.clock()));
  }

  private ResourceType countedByDevices(String plural) {
    String group = plural.equals("pods") ? "" : "resource.k8s.io";
    return parts.served().v1(group, plural).get();
  }

  /// The plugins that are on.
  AdmissionChain chain(AdmissionSelection selection) {
    return new AdmissionChain(
        AdmissionPlugins.inOrder(
            selection,
            new AdmissionPlugins.Parts(
                parts.served(),
                parts.authorizer(),
                parts.clock(),
                parts.random(),
                quotas,
                store,
                selection.configuration(),
                podSecurity,
                policies,
                webhooks),
            durations));
  }

  /// What is shared with the controller of quotas.
  QuotaController.Shared quotas() {
    return quotas;
  }

  /// In Prometheus' text form.
  String metrics() {
    return policies.metrics() + durations.text() + podSecurity.text();
  }
}
