package dev.pintle.kube;

import dev.pintle.kernel.Bytes;
import dev.pintle.kernel.keyspace.KeyRange;
import dev.pintle.kube.authz.Authorizer;
import dev.pintle.kube.controller.ClusterRoleAggregation;
import dev.pintle.kube.controller.ControllerTime;
import dev.pintle.kube.controller.DefaultServiceAccount;
import dev.pintle.kube.controller.InUseProtection;
import dev.pintle.kube.controller.LegacyTokenCleanerController;
import dev.pintle.kube.controller.LocalClient;
import dev.pintle.kube.controller.NamespaceController;
import dev.pintle.kube.controller.NamespaceObjects;
import dev.pintle.kube.controller.PolicyStatusController;
import dev.pintle.kube.controller.RootCertificates;
import dev.pintle.kube.controller.ServiceAccountTokenController;
import dev.pintle.kube.controller.TtlAfterFinishedController;
import dev.pintle.kube.controller.UsedClaims;
import dev.pintle.kube.controller.UsedVolumeAttributesClasses;
import dev.pintle.kube.controller.UsedVolumes;
import dev.pintle.kube.endpoint.EndpointSliceController;
import dev.pintle.kube.endpoint.EndpointSliceMirroringController;
import dev.pintle.kube.endpoint.EndpointsController;
import dev.pintle.kube.endpoint.ServiceSelectors;
import dev.pintle.kube.endpoint.ServiceTypes;
import dev.pintle.kube.garbage.GarbageCollector;
import dev.pintle.kube.informer.Informer;
import dev.pintle.kube.metrics.ControllerFailures;
import dev.pintle.kube.quota.QuotaController;
import dev.pintle.kube.schema.ResourceType;
import dev.pintle.kube.schema.TypeRegistry;
import dev.pintle.kube.signing.CertificateApproval;
import dev.pintle.kube.signing.CertificateCleaner;
import dev.pintle.kube.signing.CertificateRequests;
import dev.pintle.kube.signing.CertificateSigning;
import dev.pintle.kube.store.ObjectReader;
import dev.pintle.kube.store.StoredTypes;
import dev.pintle.kube.token.ServiceAccountTokens;
import dev.pintle.kube.verb.VerbContext;
import dev.pintle.kube.workqueue.WorkQueue;
import dev.pintle.kube.workqueue.WorkQueueMetrics;
import java.util.ArrayList;
import java.util.List;

/// The controllers of a cluster that the server runs itself, so that kube-controller-manager need not: those that are selected, over one
/// informer of all objects.
final class ClusterControllers implements AutoCloseable {
  private static final String INFORMER = "kube-informer";
  private static final Bytes OBJECTS = Bytes.utf8("/registry/");

  private final Parts parts;
  private final StoredTypes types;
  private final WorkQueueMetrics queues = new WorkQueueMetrics();
  private final List<Informer.Handler> told = new ArrayList<>();
  private final List<AutoCloseable> running = new ArrayList<>();

  /// The parts that controllers are made of.
  record Parts(
      VerbContext context,
      TypeRegistry registry,
      ServedTypes served,
      LocalClient.Handlers handlers,
      QuotaController.Shared quotas,
      Authorizer authorizer,
      ServiceAccountTokens tokens,
      ControllerFailures failures,
      ControllerTime time) {}

  ClusterControllers(Parts parts) {
    this.parts = parts;
    this.types = new StoredTypes(parts.registry());
  }

  void start(KubeConfig config) {
    startNamespaces(config);
    startOwners(config.controllers());
    startVolumes(config.controllers());
    startServices(config.controllers());
    startCertificates(config);
    startTokens(config);
    startAdmission(config.controllers());
    if (!told.isEmpty()) {
      kept(new Informer(
              INFORMER, parts.context().member(), KeyRange.prefix(OBJECTS), parts.failures(), told))
          .start();
    }
  }

  private void startNamespaces(KubeConfig config) {
    ControllerSelection selection = config.controllers();
    if (selection.isOn(NamespaceController.NAME)) {
      told(
          new NamespaceController(
              client("namespace-controller"),
              types,
              core("namespaces"),
              core("pods"),
              queue(NamespaceController.NAME),
              parts.failures()));
    }
    if (selection.isOn(DefaultServiceAccount.CONTROLLER)) {
      NamespaceObjects.Kept account = new DefaultServiceAccount(core("serviceaccounts"));
      keeping(DefaultServiceAccount.CONTROLLER, "service-account-controller", account);
    }
    boolean known = !config.rootCertificates().get().isEmpty();
    if (selection.isOn(RootCertificates.CONTROLLER) && known) {
      NamespaceObjects.Kept certificates =
          new RootCertificates(core("configmaps"), config.rootCertificates());
      keeping(RootCertificates.CONTROLLER, "root-ca-cert-publisher", certificates);
    }
  }

  private void startOwners(ControllerSelection selection) {
    if (selection.isOn(GarbageCollector.NAME)) {
      told(
          new GarbageCollector(
              client("generic-garbage-collector"),
              parts.registry(),
              types,
              core("events"),
              core("namespaces"),
              new GarbageCollector.Queues(
                  queue(GarbageCollector.NAME), queue(GarbageCollector.NAME + "-misplaced-owners")),
              parts.failures()));
    }
    if (selection.isOn(ClusterRoleAggregation.NAME)) {
      told(new ClusterRoleAggregation(
              client(ClusterRoleAggregation.NAME),
              served("rbac.authorization.k8s.io", "clusterroles"),
              queue(ClusterRoleAggregation.NAME),
              parts.failures()))
          .settle();
    }
    if (selection.isOn(TtlAfterFinishedController.NAME)) {
      told(
          new TtlAfterFinishedController(
              client("ttl-after-finished-controller"),
              served("batch", "jobs"),
              parts.time().clock(),
              queue(TtlAfterFinishedController.NAME),
              parts.failures()));
    }
  }

  private void startVolumes(ControllerSelection selection) {
    ResourceType claims = core("persistentvolumeclaims");
    ResourceType volumes = core("persistentvolumes");
    ObjectReader reader = parts.context().objects();
    if (selection.isOn(UsedClaims.CONTROLLER)) {
      protecting(
          UsedClaims.CONTROLLER,
          "pvc-protection-controller",
          new UsedClaims(claims, core("pods"), reader));
    }
    if (selection.isOn(UsedVolumes.CONTROLLER)) {
      protecting(UsedVolumes.CONTROLLER, "pv-protection-controller", new UsedVolumes(volumes));
    }
    if (selection.isOn(UsedVolumeAttributesClasses.CONTROLLER)) {
      protecting(
          UsedVolumeAttributesClasses.CONTROLLER,
          UsedVolumeAttributesClasses.CONTROLLER,
          new UsedVolumeAttributesClasses(
              served("storage.k8s.io", "volumeattributesclasses"), claims, volumes, reader));
    }
  }

  private void startServices(ControllerSelection selection) {
    ServiceTypes services =
        new ServiceTypes(
            core("services"),
            core("pods"),
            core("nodes"),
            core("endpoints"),
            served("discovery.k8s.io", "endpointslices"),
            core("events"));
    List<ServiceSelectors.Listener> listeners = new ArrayList<>();
    if (selection.isOn(EndpointSliceController.NAME)) {
      listeners.add(
          told(
              new EndpointSliceController(
                  client("endpointslice-controller"),
                  services,
                  queue(EndpointSliceController.NAME),
                  parts.failures())));
    }
    if (selection.isOn(EndpointsController.NAME)) {
      listeners.add(
          told(
              new EndpointsController(
                  client("endpoint-controller"),
                  services,
                  queue(EndpointsController.NAME),
                  parts.failures())));
    }
    if (selection.isOn(EndpointSliceMirroringController.NAME)) {
      told(
          new EndpointSliceMirroringController(
              client("endpointslicemirroring-controller"),
              services,
              queue(EndpointSliceMirroringController.NAME),
              parts.failures()));
    }
    if (!listeners.isEmpty()) {
      told.add(new ServiceSelectors(services, parts.context().objects(), listeners));
    }
  }

  private void startCertificates(KubeConfig config) {
    ControllerSelection selection = config.controllers();
    if (selection.isOn(CertificateApproval.CONTROLLER)) {
      requests(
          CertificateApproval.CONTROLLER,
          new CertificateApproval(parts.context(), parts.authorizer()),
          queue(CertificateApproval.CONTROLLER));
    }
    if (selection.isOn(CertificateSigning.CONTROLLER)) {
      requests(
          CertificateSigning.CONTROLLER,
          new CertificateSigning(config.issuer(), parts.time().clock()),
          queue(CertificateSigning.CONTROLLER));
    }
    if (selection.isOn(CertificateCleaner.CONTROLLER)) {
      WorkQueue<String> queue = queue(CertificateCleaner.CONTROLLER);
      requests(
          CertificateCleaner.CONTROLLER,
          new CertificateCleaner(parts.time().clock(), queue),
          queue);
    }
  }

  private void startTokens(KubeConfig config) {
    ControllerSelection selection = config.controllers();
    ResourceType secrets = core("secrets");
    ResourceType accounts = core("serviceaccounts");
    if (selection.isOn(ServiceAccountTokenController.NAME)) {
      told(
          new ServiceAccountTokenController(
              client("tokens-controller"),
              secrets,
              accounts,
              parts.tokens(),
              config.rootCertificates(),
              queue(ServiceAccountTokenController.NAME),
              parts.failures()));
    }
    if (selection.isOn(LegacyTokenCleanerController.NAME)) {
      told(
          new LegacyTokenCleanerController(
              client("legacy-service-account-token-cleaner"),
              new LegacyTokenCleanerController.Types(
                  secrets, accounts, core("pods"), core("configmaps")),
              parts.time().clock(),
              queue(LegacyTokenCleanerController.NAME),
              parts.failures()));
    }
  }

  private void startAdmission(ControllerSelection selection) {
    if (selection.isOn(PolicyStatusController.NAME)) {
      told(
          new PolicyStatusController(
              client(PolicyStatusController.NAME),
              served("admissionregistration.k8s.io", "validatingadmissionpolicies"),
              parts.registry(),
              queue(PolicyStatusController.NAME),
              parts.failures()));
    }
    if (selection.isOn(QuotaController.NAME)) {
      told(
          new QuotaController(
              parts.context(),
              types,
              parts.quotas(),
              core("resourcequotas"),
              served("apiextensions.k8s.io", "customresourcedefinitions"),
              queue(QuotaController.NAME),
              parts.failures()));
    }
  }

  private void requests(String name, CertificateRequests.Care care, WorkQueue<String> queue) {
    told(
        new CertificateRequests(
            name,
            client("certificate-controller"),
            served("certificates.k8s.io", "certificatesigningrequests"),
            care,
            queue,
            parts.failures()));
  }

  private void keeping(String name, String account, NamespaceObjects.Kept object) {
    told(
        new NamespaceObjects(
            name, client(account), core("namespaces"), object, queue(name), parts.failures()));
  }

  private void protecting(String name, String account, InUseProtection.Protected objects) {
    told(new InUseProtection(name, client(account), objects, queue(name), parts.failures()));
  }

  private ResourceType core(String plural) {
    return served("", plural);
  }

  private ResourceType served(String group, String plural) {
    return parts.served().v1(group, plural).get();
  }

  private LocalClient client(String account) {
    return new LocalClient(parts.context(), parts.handlers(), account, parts.time().monotonic());
  }

  /// Runs from now on, and is told of every change.
  @SuppressWarnings("try") // it is closed at the end of all
  private <T extends Informer.Handler & AutoCloseable> T told(T controller) {
    told.add(controller);
    return kept(controller);
  }

  private <T extends AutoCloseable> T kept(T controller) {
    running.addFirst(controller);
    return controller;
  }

  private <K> WorkQueue<K> queue(String name) {
    return new WorkQueue<>(queues.register(name), parts.time().monotonic(), parts.time().timers());
  }

  /// In Prometheus' text form.
  String metrics() {
    return queues.text();
  }

  @Override
  public void close() {
    for (AutoCloseable each : running) {
      closed(each);
    }
  }

  private void closed(AutoCloseable each) {
    try {
      each.close();
    } catch (Exception failed) {
      parts.failures().add(INFORMER, "its end", failed);
    }
  }
}
