package dev.pintle.kube.decode;

/// A body that Go could not put into its structures; the message is Go's.
public final class Undecodable extends RuntimeException {
  Undecodable(String message) {
    super(message, null, false, false);
  }

  @Override
  public String getMessage() {
    return String.valueOf(super.getMessage());
  }
}
