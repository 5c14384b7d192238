package dev.pintle.kube.certificate;

import java.io.Serial;

/// A finding that what was read is not what it should be; the message is in the words that clients know.
public final class MalformedException extends Exception {
  @Serial private static final long serialVersionUID = 1L;

  MalformedException(String message) {
    super(message);
  }

  @Override
  public String getMessage() {
    return String.valueOf(super.getMessage());
  }
}
