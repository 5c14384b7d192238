package dev.pintle.kube;

import dev.pintle.kube.admission.Admission;
import dev.pintle.kube.admission.AdmissionConfiguration;
import dev.pintle.kube.admission.AdmissionMetrics;
import dev.pintle.kube.admission.CertificateAdmission;
import dev.pintle.kube.admission.CertificateConditionTimes;
import dev.pintle.kube.admission.CertificateRequester;
import dev.pintle.kube.admission.ClaimStatusRights;
import dev.pintle.kube.admission.CreateOnUpdateAuthorization;
import dev.pintle.kube.admission.DefaultClass;
import dev.pintle.kube.admission.DefaultTolerationSeconds;
import dev.pintle.kube.admission.DenyServiceExternalIps;
import dev.pintle.kube.admission.DeviceAdminAccess;
import dev.pintle.kube.admission.EscalationCheck;
import dev.pintle.kube.admission.MeasuredAdmission;
import dev.pintle.kube.admission.NamespaceLifecycle;
import dev.pintle.kube.admission.NodeDeclaredFeatureValidator;
import dev.pintle.kube.admission.OwnerReferencesPermissionEnforcement;
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
import dev.pintle.kube.noderestriction.NodeRestriction;
import dev.pintle.kube.object.JsonObject;
import dev.pintle.kube.plugin.AlwaysDeny;
import dev.pintle.kube.plugin.AlwaysPullImages;
import dev.pintle.kube.plugin.EventRateLimit;
import dev.pintle.kube.plugin.ExtendedResourceToleration;
import dev.pintle.kube.plugin.LimitPodHardAntiAffinityTopology;
import dev.pintle.kube.plugin.NamespaceAutoProvision;
import dev.pintle.kube.plugin.NamespaceExists;
import dev.pintle.kube.plugin.PodNodeSelector;
import dev.pintle.kube.plugin.PodTolerationRestriction;
import dev.pintle.kube.podsecurity.PodSecurity;
import dev.pintle.kube.podsecurity.PodSecurityConfiguration;
import dev.pintle.kube.podsecurity.PodSecurityCounts;
import dev.pintle.kube.quota.LimitedResource;
import dev.pintle.kube.quota.QuotaController;
import dev.pintle.kube.quota.ResourceQuotaAdmission;
import dev.pintle.kube.schema.ResourceType;
import dev.pintle.kube.store.ObjectView;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;

/// The admission plugins by their upstream names, in upstream's order, and what the registry of a kind checks there too.
final class AdmissionPlugins {
  private static final String POD_SECURITY = "PodSecurity";

  private static final List<Plugin> ALL =
      List.of(
          always(parts -> new CreateOnUpdateAuthorization(parts.authorizer())),
          always(parts ->
              new TerminatingDefinitionAdmission(
                  parts.v1("apiextensions.k8s.io", "customresourcedefinitions"))),
          optional("AlwaysAdmit", _ -> new Admission() {}),
          optional(
              "NamespaceAutoProvision",
              parts ->
                  new NamespaceAutoProvision(
                      parts.v1("", "namespaces"), parts.store().namespaceMaker())),
          usual(
              "NamespaceLifecycle",
              parts -> new NamespaceLifecycle(parts.v1("", "namespaces"), parts.store().views())),
          optional("NamespaceExists", parts -> new NamespaceExists(parts.v1("", "namespaces"))),
          optional("LimitPodHardAntiAffinityTopology", _ -> new LimitPodHardAntiAffinityTopology()),
          usual("LimitRanger", parts -> new LimitRanger(parts.v1("", "limitranges"))),
          usual(
              "ServiceAccount",
              parts ->
                  new ServiceAccountAdmission(parts.v1("", "serviceaccounts"), parts.random())),
          optional(
              "NodeRestriction", parts -> new NodeRestriction(parts.authorizer(), parts::ofNodes)),
          usual("TaintNodesByCondition", _ -> new TaintNodesByCondition()),
          optional("AlwaysPullImages", _ -> new AlwaysPullImages()),
          usual(POD_SECURITY, AdmissionPlugins::podSecurity),
          optional(
              "PodNodeSelector",
              parts ->
                  new PodNodeSelector(
                      parts.v1("", "namespaces"), parts.configuration().of("PodNodeSelector"))),
          usual(
              "Priority",
              parts -> new PodPriority(parts.v1("scheduling.k8s.io", "priorityclasses"))),
          usual("DefaultTolerationSeconds", _ -> new DefaultTolerationSeconds()),
          optional(
              "PodTolerationRestriction",
              parts ->
                  new PodTolerationRestriction(
                      parts.v1("", "namespaces"),
                      parts.configuration().of("PodTolerationRestriction"))),
          optional(
              "EventRateLimit",
              parts ->
                  new EventRateLimit(parts.configuration().of("EventRateLimit"), System::nanoTime)),
          optional("ExtendedResourceToleration", _ -> new ExtendedResourceToleration()),
          usual(
              "DefaultStorageClass",
              parts -> DefaultClass.ofClaims(parts.v1("storage.k8s.io", "storageclasses"))),
          usual("StorageObjectInUseProtection", _ -> new StorageObjectInUseProtection()),
          optional(
              "OwnerReferencesPermissionEnforcement",
              parts ->
                  new OwnerReferencesPermissionEnforcement(
                      parts.authorizer(), kind -> parts.served().registry().current().kind(kind))),
          usual(
              "PersistentVolumeClaimResize",
              parts ->
                  new PersistentVolumeClaimResize(parts.v1("storage.k8s.io", "storageclasses"))),
          usual(
              "RuntimeClass",
              parts -> new RuntimeClasses(parts.v1("node.k8s.io", "runtimeclasses"))),
          always(_ -> new CertificateRequester()),
          always(parts -> new CertificateConditionTimes(parts.clock())),
          usual("CertificateApproval", parts -> CertificateAdmission.approval(parts.authorizer())),
          usual("CertificateSigning", parts -> CertificateAdmission.signing(parts.authorizer())),
          usual(
              "ClusterTrustBundleAttest", parts -> CertificateAdmission.attest(parts.authorizer())),
          usual(
              "CertificateSubjectRestriction",
              parts -> CertificateAdmission.subjectRestriction(parts.authorizer())),
          usual(
              "DefaultIngressClass",
              parts -> DefaultClass.ofIngresses(parts.v1("networking.k8s.io", "ingressclasses"))),
          optional("DenyServiceExternalIPs", _ -> new DenyServiceExternalIps()),
          usual("PodTopologyLabels", parts -> new PodTopologyLabels(parts.v1("", "nodes"))),
          usual(
              "NodeDeclaredFeatureValidator",
              parts -> new NodeDeclaredFeatureValidator(parts.v1("", "nodes"))),
          usual("PodResizeValidator", parts -> new PodResizeValidator(parts.v1("", "nodes"))),
          always(parts -> new DeviceAdminAccess(parts.v1("", "namespaces"))),
          always(parts -> new ClaimStatusRights(parts.authorizer())),
          always(parts ->
              new EscalationCheck(
                  parts.authorizer(),
                  plural -> parts.v1("rbac.authorization.k8s.io", plural).get())),
          always(parts ->
              new PolicyParameters(
                  parts.authorizer(),
                  plural -> parts.v1("admissionregistration.k8s.io", plural).get(),
                  kind -> parts.served().registry().current().kind(kind))),
          usual("MutatingAdmissionPolicy", parts -> parts.policies().mutating()),
          usual("MutatingAdmissionWebhook", parts -> parts.webhooks().mutating()),
          usual("ValidatingAdmissionPolicy", parts -> parts.policies().validating()),
          usual("ValidatingAdmissionWebhook", parts -> parts.webhooks().validating()),
          usual(
              "ResourceQuota",
              parts ->
                  new ResourceQuotaAdmission(
                      parts.v1("", "resourcequotas"),
                      parts.quotas().evaluators(),
                      parts.quotas().ledger(),
                      LimitedResource.read(parts.configuration().of("ResourceQuota")))),
          optional("AlwaysDeny", _ -> new AlwaysDeny()));

  /// What reads the configuration of those plugins that have one, and says what is wrong with it.
  private static final Map<String, Consumer<JsonObject>> CONFIGURED =
      Map.of(
          POD_SECURITY,
          PodSecurityConfiguration::of,
          "ResourceQuota",
          LimitedResource::read,
          "PodNodeSelector",
          PodNodeSelector::read,
          "PodTolerationRestriction",
          PodTolerationRestriction::check,
          "EventRateLimit",
          EventRateLimit::check);

  private static final Map<String, Plugin> BY_NAME =
      ALL.stream()
          .filter(plugin -> !plugin.name().isEmpty())
          .collect(Collectors.toUnmodifiableMap(Plugin::name, plugin -> plugin));

  private AdmissionPlugins() {}

  /// The parts that plugins are made of.
  record Parts(
      ServedTypes served,
      Authorizer authorizer,
      Clock clock,
      RandomGenerator random,
      QuotaController.Shared quotas,
      Store store,
      AdmissionConfiguration configuration,
      PodSecurityCounts podSecurity,
      PolicyAssembly policies,
      WebhookAssembly.Plugins webhooks) {
    Supplier<ResourceType> v1(String group, String plural) {
      return served.v1(group, plural);
    }

    /// The resources that nodes deal with.
    ResourceType ofNodes(String plural) {
      return v1(plural.startsWith("csi") ? "storage.k8s.io" : "", plural).get();
    }
  }

  private static Admission podSecurity(Parts parts) {
    return new PodSecurity(
        parts
            .configuration()
            .of(POD_SECURITY)
            .map(PodSecurityConfiguration::of)
            .orElse(PodSecurityConfiguration.DEFAULT),
        parts.podSecurity(),
        parts.v1("", "namespaces"),
        parts.v1("", "pods"));
  }

  /// The ways of plugins to the store, beside the write that they look at.
  ///
  /// @param views everything as it is now
  /// @param namespaceMaker makes the namespace of this name, where there is none; waits
  record Store(Supplier<ObjectView> views, Consumer<String> namespaceMaker) {}

  /// A plugin that can be made.
  ///
  /// @param name upstream's; empty for what no flag turns off
  /// @param usual whether it is on unless somebody says otherwise
  private record Plugin(String name, boolean usual, Function<Parts, Admission> maker) {}

  private static Plugin usual(String name, Function<Parts, Admission> maker) {
    return new Plugin(name, true, maker);
  }

  private static Plugin optional(String name, Function<Parts, Admission> maker) {
    return new Plugin(name, false, maker);
  }

  private static Plugin always(Function<Parts, Admission> maker) {
    return new Plugin("", true, maker);
  }

  /// Whether there is a plugin of this name that can be turned on.
  static boolean isServed(String name) {
    return BY_NAME.containsKey(name);
  }

  /// Whether the plugin is on unless somebody says otherwise.
  static boolean isUsual(String name) {
    Plugin plugin = BY_NAME.get(name);
    return plugin != null && plugin.usual();
  }

  /// @param name of a plugin that is served
  /// @throws IllegalArgumentException when the plugin has no configuration, or not this one
  static void requireConfiguration(String name, JsonObject configuration) {
    Consumer<JsonObject> reader = CONFIGURED.get(name);
    if (reader == null) {
      throw new IllegalArgumentException("plugin \"%s\" takes no configuration".formatted(name));
    }
    try {
      reader.accept(configuration);
    } catch (IllegalArgumentException bad) {
      throw new IllegalArgumentException(
          "couldn't init admission plugin \"%s\": %s".formatted(name, bad.getMessage()), bad);
    }
  }

  /// Those that are on.
  static List<Admission> inOrder(
      AdmissionSelection selection, Parts parts, AdmissionMetrics metrics) {
    List<Admission> plugins = new ArrayList<>();
    for (Plugin plugin : ALL) {
      if (plugin.name().isEmpty()) {
        plugins.add(plugin.maker().apply(parts));
      } else if (selection.isOn(plugin.name())) {
        plugins.add(new MeasuredAdmission(plugin.name(), plugin.maker().apply(parts), metrics));
      }
    }
    return plugins;
  }
}
