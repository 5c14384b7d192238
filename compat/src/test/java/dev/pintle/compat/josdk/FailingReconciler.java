package dev.pintle.compat.josdk;

import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.api.reconciler.ControllerConfiguration;
import io.javaoperatorsdk.operator.api.reconciler.ErrorStatusUpdateControl;
import io.javaoperatorsdk.operator.api.reconciler.Reconciler;
import io.javaoperatorsdk.operator.api.reconciler.RetryInfo;
import io.javaoperatorsdk.operator.api.reconciler.UpdateControl;

/// A reconciler that fails a few times, says so in the status, and succeeds.
@ControllerConfiguration(name = "failing")
final class FailingReconciler implements Reconciler<Kiosk> {
  private final int failures;

  FailingReconciler(int failures) {
    this.failures = failures;
  }

  @Override
  public UpdateControl<Kiosk> reconcile(Kiosk kiosk, Context<Kiosk> context) {
    int attempt = context.getRetryInfo().map(RetryInfo::getAttemptCount).orElse(0);
    if (attempt < failures) {
      throw new IllegalStateException("attempt %d".formatted(attempt));
    }
    return UpdateControl.patchStatus(
        kiosk.saying(new KioskStatus(kiosk.generation(), "open", null)));
  }

  @Override
  public ErrorStatusUpdateControl<Kiosk> updateErrorStatus(
      Kiosk kiosk, Context<Kiosk> context, Exception e) {
    return ErrorStatusUpdateControl.patchStatus(
        kiosk.saying(new KioskStatus(0, null, e.getMessage())));
  }
}
