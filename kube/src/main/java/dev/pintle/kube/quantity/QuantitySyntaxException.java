package dev.pintle.kube.quantity;

/// A text is no quantity; the message is what clients of the API know.
public final class QuantitySyntaxException extends RuntimeException {
  QuantitySyntaxException(String message) {
    super(message, null, false, false);
  }
}
