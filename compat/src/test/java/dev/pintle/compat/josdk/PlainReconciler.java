package dev.pintle.compat.josdk;

import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.api.reconciler.ControllerConfiguration;
import io.javaoperatorsdk.operator.api.reconciler.Reconciler;
import io.javaoperatorsdk.operator.api.reconciler.UpdateControl;

/// A reconciler that makes nothing, and says in the status who it is.
@ControllerConfiguration(name = "plain")
final class PlainReconciler implements Reconciler<Kiosk> {
  final Runs runs = new Runs();
  private final String identity;

  PlainReconciler(String identity) {
    this.identity = identity;
  }

  @Override
  public UpdateControl<Kiosk> reconcile(Kiosk kiosk, Context<Kiosk> context) {
    runs.add("%s %d".formatted(kiosk.getMetadata().getName(), kiosk.generation()));
    return UpdateControl.patchStatus(
        kiosk.saying(new KioskStatus(kiosk.generation(), identity, null)));
  }
}
