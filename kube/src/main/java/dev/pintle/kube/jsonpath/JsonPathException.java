package dev.pintle.kube.jsonpath;

/// A path that cannot be read, or that fails on an object.
public final class JsonPathException extends Exception {
  JsonPathException(String message) {
    super(message, null, false, false);
  }
}
