package dev.pintle.kube.object;

/// Bytes that are not a JSON or YAML document; the message is the one that Go's parser would give.
public sealed class JsonSyntaxException extends RuntimeException permits JsonRangeException {
  public JsonSyntaxException(String message) {
    super(message, null, false, false);
  }
}
