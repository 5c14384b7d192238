package dev.pintle.kernel.codec;

/// The refusal of bytes that are not what was sealed, or whose key is not at hand.
public final class SealBroken extends RuntimeException {
  public SealBroken(String message) {
    super(message);
  }

  public SealBroken(String message, Throwable cause) {
    super(message, cause);
  }
}
