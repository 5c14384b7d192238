package dev.pintle.kube.selector;

/// A selector that cannot be read; the message is what the client sees.
public final class SelectorSyntaxException extends Exception {
  SelectorSyntaxException(String message) {
    super(message);
  }

  @Override
  public String getMessage() {
    return String.valueOf(super.getMessage());
  }
}
