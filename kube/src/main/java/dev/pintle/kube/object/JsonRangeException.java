package dev.pintle.kube.object;

/// A document holds a number that is too large for any type of number; the message is Go's. Upstream finds it only when it
/// makes values of a document that it has looked at, and says so elsewhere than of one that is none.
public final class JsonRangeException extends JsonSyntaxException {
  JsonRangeException(String message) {
    super(message);
  }
}
