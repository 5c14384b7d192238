package dev.pintle.kube.admission.policy;

/// A failure of a policy over one request, by how it is set up or by what its expressions make: the failure policy says what follows.
final class PolicyFault extends RuntimeException {
  private static final long serialVersionUID = 1L;

  PolicyFault(String message) {
    super(message, null, false, false);
  }

  @Override
  public String getMessage() {
    return String.valueOf(super.getMessage());
  }
}
