package dev.pintle.compat.josdk;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.javaoperatorsdk.operator.api.config.informer.InformerEventSourceConfiguration;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.api.reconciler.ControllerConfiguration;
import io.javaoperatorsdk.operator.api.reconciler.EventSourceContext;
import io.javaoperatorsdk.operator.api.reconciler.Reconciler;
import io.javaoperatorsdk.operator.api.reconciler.UpdateControl;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.javaoperatorsdk.operator.processing.event.source.EventSource;
import io.javaoperatorsdk.operator.processing.event.source.PrimaryToSecondaryMapper;
import io.javaoperatorsdk.operator.processing.event.source.informer.InformerEventSource;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/// A reconciler that says what is on the menu: a ConfigMap of somebody else, which many kiosks may name, and which counts as one while it
/// has the label [#LABEL].
@ControllerConfiguration(name = "menu")
final class MenuReconciler implements Reconciler<Kiosk> {
  static final String LABEL = "menu";
  private static final String BY_MENU = "by-menu";

  final Runs runs = new Runs();

  @Override
  public List<EventSource<?, Kiosk>> prepareEventSources(EventSourceContext<Kiosk> context) {
    context.getPrimaryCache().addIndexer(BY_MENU, kiosk -> List.of(kiosk.getSpec().menu()));
    PrimaryToSecondaryMapper<Kiosk> toMenu =
        kiosk -> Set.of(new ResourceID(kiosk.getSpec().menu(), kiosk.getMetadata().getNamespace()));
    InformerEventSourceConfiguration<ConfigMap> menus =
        InformerEventSourceConfiguration.from(ConfigMap.class, Kiosk.class)
            .withLabelSelector(LABEL)
            .withPrimaryToSecondaryMapper(toMenu)
            .withSecondaryToPrimaryMapper(menu ->
                context.getPrimaryCache().byIndex(BY_MENU, menu.getMetadata().getName()).stream()
                    .map(ResourceID::fromResource)
                    .collect(Collectors.toSet()))
            .build();
    return List.of(new InformerEventSource<>(menus, context));
  }

  @Override
  public UpdateControl<Kiosk> reconcile(Kiosk kiosk, Context<Kiosk> context) {
    String dish =
        context
            .getSecondaryResource(ConfigMap.class)
            .map(menu -> menu.getData().get("dish"))
            .orElse("nothing");
    runs.add("%s sells %s".formatted(kiosk.getMetadata().getName(), dish));
    return UpdateControl.patchStatus(kiosk.saying(new KioskStatus(kiosk.generation(), dish, null)));
  }
}
