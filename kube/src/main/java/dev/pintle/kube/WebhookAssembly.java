package dev.pintle.kube;

import dev.pintle.kube.admission.Admission;
import dev.pintle.kube.admission.expression.ExpressionInput;
import dev.pintle.kube.admission.expression.ExpressionTurns;
import dev.pintle.kube.admission.match.EquivalentResources;
import dev.pintle.kube.admission.match.ObjectForms;
import dev.pintle.kube.admission.match.RequestMatcher;
import dev.pintle.kube.admission.webhook.HookContext;
import dev.pintle.kube.admission.webhook.MutatedForms;
import dev.pintle.kube.admission.webhook.MutatingAdmissionWebhook;
import dev.pintle.kube.admission.webhook.ValidatingAdmissionWebhook;
import dev.pintle.kube.authz.Authorizer;
import dev.pintle.kube.controller.ServingAddress;
import dev.pintle.kube.decode.BodyReader;
import dev.pintle.kube.decode.BuiltInSchemas;
import dev.pintle.kube.metrics.WebhookMetrics;
import dev.pintle.kube.outbound.OutboundClient;
import dev.pintle.kube.outbound.OutboundLimits;
import dev.pintle.kube.outbound.ServiceEndpoints;
import dev.pintle.kube.outbound.WebhookClient;
import dev.pintle.kube.store.ObjectReader;
import dev.pintle.kube.store.ObjectView;
import dev.pintle.kube.worker.FairExecutor;
import java.util.concurrent.Executor;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/// The client by which the server asks webhooks, and the plugins that ask those of admission.
final class WebhookAssembly implements AutoCloseable {
  private static final String REGISTRATION = "admissionregistration.k8s.io";

  private final OutboundClient outbound;
  private final ServiceEndpoints endpoints;
  private final WebhookClient client;
  private final WebhookMetrics metrics = new WebhookMetrics();

  WebhookAssembly(
      ServedTypes served,
      ScheduledExecutorService timers,
      RandomGenerator random,
      FairExecutor bulk) {
    outbound =
        new OutboundClient(OutboundLimits.ofHeap(Runtime.getRuntime().maxMemory()), timers, bulk);
    endpoints =
        new ServiceEndpoints(
            served.v1("", "services"), served.v1("discovery.k8s.io", "endpointslices"), random);
    client = new WebhookClient(outbound, endpoints);
  }

  /// Lets webhooks behind the service `kubernetes` be found where the server listens itself.
  void listenAt(ServingAddress at) {
    if (!at.host().isEmpty()) {
      endpoints.listenAt(at.host(), at.port());
    }
  }

  /// By which webhooks are asked.
  WebhookClient client() {
    return client;
  }

  /// The plugins.
  record Plugins(Admission mutating, Admission validating) {}

  Plugins plugins(
      ServedTypes served,
      Authorizer authorizer,
      ObjectReader objects,
      BodyReader bodies,
      BuiltInRules rules,
      FairExecutor bulk,
      Executor workers,
      Supplier<ObjectView> views) {
    ObjectForms forms = new ObjectForms(served.registry(), objects);
    HookContext context =
        new HookContext(
            new RequestMatcher(
                served.v1("", "namespaces"), new EquivalentResources(served.registry())),
            forms,
            new ExpressionInput(authorizer, new BuiltInSchemas()::of),
            new ExpressionTurns(bulk),
            client,
            metrics,
            workers,
            bulk,
            views);
    return new Plugins(
        new MutatingAdmissionWebhook(
            context,
            served.v1(REGISTRATION, "mutatingwebhookconfigurations"),
            new MutatedForms(served.registry(), bodies, forms, rules::fillIn)),
        new ValidatingAdmissionWebhook(
            context, served.v1(REGISTRATION, "validatingwebhookconfigurations")));
  }

  /// In Prometheus' form.
  String metrics() {
    return metrics.text() + outbound.metrics();
  }

  @Override
  public void close() {
    outbound.close();
  }
}
