package dev.pintle.kube.audit;

/// A request that does not go on, since its arrival could not be written down.
public final class AuditRefusal extends Exception {
  private static final long serialVersionUID = 1L;

  AuditRefusal() {
    super("failed to store audit event");
  }
}
