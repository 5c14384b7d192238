package dev.pintle.examples.operator;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServiceBuilder;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.DeploymentBuilder;
import io.javaoperatorsdk.operator.api.reconciler.Cleaner;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.api.reconciler.ControllerConfiguration;
import io.javaoperatorsdk.operator.api.reconciler.DeleteControl;
import io.javaoperatorsdk.operator.api.reconciler.Reconciler;
import io.javaoperatorsdk.operator.api.reconciler.UpdateControl;
import io.javaoperatorsdk.operator.api.reconciler.Workflow;
import io.javaoperatorsdk.operator.api.reconciler.dependent.Dependent;
import io.javaoperatorsdk.operator.processing.dependent.kubernetes.BooleanWithUndefined;
import io.javaoperatorsdk.operator.processing.dependent.kubernetes.CRUDKubernetesDependentResource;
import io.javaoperatorsdk.operator.processing.dependent.kubernetes.KubernetesDependent;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;

/// The reconciler that serves sites: its page in a ConfigMap, a Deployment that shows it, a Service before that. All are written by
/// server-side apply.
@ControllerConfiguration(name = "sites", finalizerName = "web.example.com/site")
@Workflow(
    dependents = {
      @Dependent(type = SiteReconciler.Page.class),
      @Dependent(type = SiteReconciler.Pods.class),
      @Dependent(type = SiteReconciler.Address.class)
    })
public final class SiteReconciler implements Reconciler<Site>, Cleaner<Site> {
  private static final String MAIN = "main";

  private final List<String> takenDown = new CopyOnWriteArrayList<>();

  @Override
  public UpdateControl<Site> reconcile(Site site, Context<Site> context) {
    SiteStatus status = new SiteStatus();
    status.setSeen(site.getMetadata().getGeneration());
    context
        .getSecondaryResource(Service.class)
        .ifPresent(service -> status.setAddress(service.getSpec().getClusterIP()));
    Site said = new Site();
    said.setMetadata(
        new ObjectMetaBuilder()
            .withName(site.getMetadata().getName())
            .withNamespace(site.getMetadata().getNamespace())
            .build());
    said.setStatus(status);
    return UpdateControl.patchStatus(said);
  }

  @Override
  public DeleteControl cleanup(Site site, Context<Site> context) {
    takenDown.add(site.getMetadata().getName());
    return DeleteControl.defaultDelete();
  }

  /// The names of sites that went.
  List<String> takenDown() {
    return takenDown;
  }

  private static ObjectMeta metadata(Site site) {
    return new ObjectMetaBuilder()
        .withName(site.getMetadata().getName())
        .withNamespace(site.getMetadata().getNamespace())
        .withLabels(labels(site))
        .build();
  }

  private static Map<String, String> labels(Site site) {
    return Map.of("site", site.getMetadata().getName());
  }

  /// The page, as data. To be applied like the others: unasked the framework replaces ConfigMaps.
  @KubernetesDependent(useSSA = BooleanWithUndefined.TRUE)
  static final class Page extends CRUDKubernetesDependentResource<ConfigMap, Site> {
    @Override
    protected ConfigMap desired(Site site, Context<Site> context) {
      return new ConfigMapBuilder()
          .withMetadata(metadata(site))
          .addToData("index.html", site.getSpec().getPage())
          .build();
    }
  }

  /// The pods that show it.
  @KubernetesDependent
  static final class Pods extends CRUDKubernetesDependentResource<Deployment, Site> {
    @Override
    protected Deployment desired(Site site, Context<Site> context) {
      return new DeploymentBuilder()
          .withMetadata(metadata(site))
          .withNewSpec()
          .withReplicas(site.getSpec().getReplicas())
          .withNewSelector()
          .withMatchLabels(labels(site))
          .endSelector()
          .withNewTemplate()
          .withNewMetadata()
          .withLabels(labels(site))
          .endMetadata()
          .withNewSpec()
          .addNewContainer()
          .withName(MAIN)
          .withImage("registry.example/pages:1")
          .endContainer()
          .endSpec()
          .endTemplate()
          .endSpec()
          .build();
    }
  }

  /// The address before them.
  @KubernetesDependent
  static final class Address extends CRUDKubernetesDependentResource<Service, Site> {
    @Override
    protected Service desired(Site site, Context<Site> context) {
      return new ServiceBuilder()
          .withMetadata(metadata(site))
          .withNewSpec()
          .withSelector(labels(site))
          .addNewPort()
          .withName(MAIN)
          .withPort(80)
          .endPort()
          .endSpec()
          .build();
    }
  }
}
