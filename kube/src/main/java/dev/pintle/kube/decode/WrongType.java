package dev.pintle.kube.decode;

/// A value that Go could not put into its field; the message is Go's.
final class WrongType extends RuntimeException {
  WrongType(String message) {
    super(message, null, false, false);
  }
}
