package dev.pintle.kernel.codec;

/// Bytes that are not what they should be; they came from outside or from a damaged file.
public final class MalformedBytes extends RuntimeException {
  public MalformedBytes(String message) {
    super(message);
  }
}
