package dev.pintle.kube;

import dev.pintle.kube.admission.Admission;
import dev.pintle.kube.admission.CertificateAdmission;
import dev.pintle.kube.admission.CertificateConditionTimes;
import dev.pintle.kube.admission.CertificateRequester;
import dev.pintle.kube.admission.ClaimStatusRights;
import dev.pintle.kube.admission.CreateOnUpdateAuthorization;
import dev.pintle.kube.admission.DefaultClass;
import dev.pintle.kube.admission.DefaultTolerationSeconds;
import dev.pintle.kube.admission.DeviceAdminAccess;
import dev.pintle.kube.admission.EscalationCheck;
import dev.pintle.kube.admission.NamespaceLifecycle;
import dev.pintle.kube.admission.PersistentVolumeClaimResize;
import dev.pintle.kube.admission.PodPriority;
import dev.pintle.kube.admission.PodTopologyLabels;
import dev.pintle.kube.admission.PolicyParameters;
import dev.pintle.kube.admission.RuntimeClasses;
import dev.pintle.kube.admission.ServiceAccountAdmission;
import dev.pintle.kube.admission.StorageObjectInUseProtection;
import dev.pintle.kube.admission.TaintNodesByCondition;
import dev.pintle.kube.authz.Authorizer;
import dev.pintle.kube.crd.TerminatingDefinitionAdmission;
import dev.pintle.kube.limit.LimitRanger;
import dev.pintle.kube.limit.PodResizeValidator;
import java.time.Clock;
import java.util.List;
import java.util.random.RandomGenerator;

/// The admission plugins, in upstream's order.
final class AdmissionPlugins {
  private AdmissionPlugins() {}

  static List<Admission> inOrder(
      ServedTypes served, Authorizer authorizer, Clock clock, RandomGenerator random) {
    return List.of(
        new CreateOnUpdateAuthorization(authorizer),
        new TerminatingDefinitionAdmission(
            served.v1("apiextensions.k8s.io", "customresourcedefinitions")),
        new NamespaceLifecycle(served.v1("", "namespaces")),
        new LimitRanger(served.v1("", "limitranges")),
        new ServiceAccountAdmission(served.v1("", "serviceaccounts"), random),
        new TaintNodesByCondition(),
        new PodPriority(served.v1("scheduling.k8s.io", "priorityclasses")),
        new DefaultTolerationSeconds(),
        new StorageObjectInUseProtection(),
        DefaultClass.ofClaims(served.v1("storage.k8s.io", "storageclasses")),
        new PersistentVolumeClaimResize(served.v1("storage.k8s.io", "storageclasses")),
        new RuntimeClasses(served.v1("node.k8s.io", "runtimeclasses")),
        DefaultClass.ofIngresses(served.v1("networking.k8s.io", "ingressclasses")),
        new CertificateRequester(),
        new CertificateConditionTimes(clock),
        new CertificateAdmission(authorizer),
        new PodTopologyLabels(served.v1("", "nodes")),
        new PodResizeValidator(served.v1("", "nodes")),
        new DeviceAdminAccess(served.v1("", "namespaces")),
        new ClaimStatusRights(authorizer),
        new EscalationCheck(
            authorizer, plural -> served.v1("rbac.authorization.k8s.io", plural).get()),
        new PolicyParameters(
            authorizer,
            plural -> served.v1("admissionregistration.k8s.io", plural).get(),
            kind -> served.registry().current().kind(kind)));
  }
}
