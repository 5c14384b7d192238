package dev.pintle.compat.josdk;

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
import java.time.Duration;
import java.util.Map;

/// A reconciler that keeps three dependents of each kiosk, and closes it in two steps before it goes.
@ControllerConfiguration(name = KioskReconciler.MANAGER, finalizerName = KioskReconciler.FINALIZER)
@Workflow(
    dependents = {
      @Dependent(type = KioskReconciler.Sign.class),
      @Dependent(type = KioskReconciler.Stalls.class),
      @Dependent(type = KioskReconciler.Counter.class)
    })
final class KioskReconciler implements Reconciler<Kiosk>, Cleaner<Kiosk> {
  static final String MANAGER = "kiosk";
  static final String FINALIZER = "shops.example.com/open";
  private static final Duration CLOSING = Duration.ofMillis(50);

  final Runs runs = new Runs();
  private boolean closing;

  @Override
  public UpdateControl<Kiosk> reconcile(Kiosk kiosk, Context<Kiosk> context) {
    runs.add("opens %d".formatted(kiosk.generation()));
    String text =
        context
            .getSecondaryResource(ConfigMap.class)
            .map(sign -> sign.getData().get("text"))
            .orElse("no sign");
    return UpdateControl.patchStatus(kiosk.saying(new KioskStatus(kiosk.generation(), text, null)));
  }

  @Override
  public DeleteControl cleanup(Kiosk kiosk, Context<Kiosk> context) {
    if (!closing) {
      closing = true;
      runs.add("closes");
      return DeleteControl.noFinalizerRemoval().rescheduleAfter(CLOSING);
    }
    runs.add("closed");
    return DeleteControl.defaultDelete();
  }

  private static ObjectMeta metadata(Kiosk kiosk) {
    return new ObjectMetaBuilder()
        .withNamespace(kiosk.getMetadata().getNamespace())
        .withName(kiosk.getMetadata().getName())
        .withLabels(labels(kiosk))
        .build();
  }

  private static Map<String, String> labels(Kiosk kiosk) {
    return Map.of("kiosk", kiosk.getMetadata().getName());
  }

  /// The text of the sign, as data. It is to be applied like the others: unasked the framework replaces ConfigMaps and Secrets, and compares
  /// them by classes of Jackson 2, which this version of fabric8 no longer brings along.
  @KubernetesDependent(useSSA = BooleanWithUndefined.TRUE)
  static final class Sign extends CRUDKubernetesDependentResource<ConfigMap, Kiosk> {
    @Override
    protected ConfigMap desired(Kiosk kiosk, Context<Kiosk> context) {
      return new ConfigMapBuilder()
          .withMetadata(metadata(kiosk))
          .addToData("text", kiosk.getSpec().text())
          .build();
    }
  }

  /// Those who sell.
  static final class Stalls extends CRUDKubernetesDependentResource<Deployment, Kiosk> {
    @Override
    protected Deployment desired(Kiosk kiosk, Context<Kiosk> context) {
      return new DeploymentBuilder()
          .withMetadata(metadata(kiosk))
          .withNewSpec()
          .withReplicas(kiosk.getSpec().stalls())
          .withNewSelector()
          .withMatchLabels(labels(kiosk))
          .endSelector()
          .withNewTemplate()
          .withNewMetadata()
          .withLabels(labels(kiosk))
          .endMetadata()
          .withNewSpec()
          .addNewContainer()
          .withName("seller")
          .withImage("example.com/seller:1")
          .addNewPort()
          .withName("http")
          .withContainerPort(8080)
          .endPort()
          .endContainer()
          .endSpec()
          .endTemplate()
          .endSpec()
          .build();
    }
  }

  /// Where they are found.
  static final class Counter extends CRUDKubernetesDependentResource<Service, Kiosk> {
    @Override
    protected Service desired(Kiosk kiosk, Context<Kiosk> context) {
      return new ServiceBuilder()
          .withMetadata(metadata(kiosk))
          .withNewSpec()
          .withSelector(labels(kiosk))
          .addNewPort()
          .withName("http")
          .withPort(80)
          .withNewTargetPort("http")
          .endPort()
          .endSpec()
          .build();
    }
  }
}
