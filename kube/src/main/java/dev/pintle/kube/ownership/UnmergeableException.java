package dev.pintle.kube.ownership;

/// A part of an object that cannot be merged into it.
public final class UnmergeableException extends Exception {
  private static final long serialVersionUID = 1L;

  UnmergeableException(String message) {
    super(message, null, false, false);
  }

  @Override
  public String getMessage() {
    return String.valueOf(super.getMessage());
  }
}
