package dev.pintle.kube;

import dev.pintle.kube.admission.Admission;
import dev.pintle.kube.admission.CertificateRequester;
import dev.pintle.kube.admission.CertificateRights;
import dev.pintle.kube.admission.CertificateTimes;
import dev.pintle.kube.admission.ClaimExpansion;
import dev.pintle.kube.admission.CreationOnUpdate;
import dev.pintle.kube.admission.DefaultClass;
import dev.pintle.kube.admission.DefaultTolerations;
import dev.pintle.kube.admission.DeviceAdminAccess;
import dev.pintle.kube.admission.Escalation;
import dev.pintle.kube.admission.NamespaceLifecycle;
import dev.pintle.kube.admission.NewNodeTaint;
import dev.pintle.kube.admission.PodPriority;
import dev.pintle.kube.admission.PodTopologyLabels;
import dev.pintle.kube.admission.RuntimeClasses;
import dev.pintle.kube.admission.ServiceAccountMount;
import dev.pintle.kube.admission.StorageProtection;
import dev.pintle.kube.authz.Authorizer;
import dev.pintle.kube.crd.CreationInTermination;
import dev.pintle.kube.limit.LimitRanger;
import dev.pintle.kube.limit.ResizeBounds;
import java.time.Clock;
import java.util.List;
import java.util.random.RandomGenerator;

/// The admission plugins, in upstream's order.
final class AdmissionPlugins {
  private AdmissionPlugins() {}

  static List<Admission> inOrder(
      ServedTypes served, Authorizer authorizer, Clock clock, RandomGenerator random) {
    return List.of(
        new CreationOnUpdate(authorizer),
        new CreationInTermination(served.v1("apiextensions.k8s.io", "customresourcedefinitions")),
        new NamespaceLifecycle(served.v1("", "namespaces")),
        new LimitRanger(served.v1("", "limitranges")),
        new ServiceAccountMount(served.v1("", "serviceaccounts"), random),
        new NewNodeTaint(),
        new PodPriority(served.v1("scheduling.k8s.io", "priorityclasses")),
        new DefaultTolerations(),
        new StorageProtection(),
        DefaultClass.ofClaims(served.v1("storage.k8s.io", "storageclasses")),
        new ClaimExpansion(served.v1("storage.k8s.io", "storageclasses")),
        new RuntimeClasses(served.v1("node.k8s.io", "runtimeclasses")),
        DefaultClass.ofIngresses(served.v1("networking.k8s.io", "ingressclasses")),
        new CertificateRequester(),
        new CertificateTimes(clock),
        new CertificateRights(authorizer),
        new PodTopologyLabels(served.v1("", "nodes")),
        new ResizeBounds(served.v1("", "nodes")),
        new DeviceAdminAccess(served.v1("", "namespaces")),
        new Escalation(authorizer, plural -> served.v1("rbac.authorization.k8s.io", plural).get()));
  }
}
