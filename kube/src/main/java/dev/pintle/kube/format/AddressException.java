package dev.pintle.kube.format;

/// The fault of a text that is no address, or no URL, to Go; the message is Go's.
public final class AddressException extends RuntimeException {
  AddressException(String message) {
    super(message, null, false, false);
  }

  @Override
  public String getMessage() {
    return String.valueOf(super.getMessage());
  }
}
