package dev.pintle.kube.cel;

/// The end of expressions that together cost more than they may.
public final class OutOfBudget extends RuntimeException {
  private static final long serialVersionUID = 1L;

  OutOfBudget() {
    super(
        "validation failed due to running out of cost budget, no further validation rules will be run",
        null,
        false,
        false);
  }

  @Override
  public String getMessage() {
    return String.valueOf(super.getMessage());
  }
}
