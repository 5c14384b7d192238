package dev.pintle.etcd.gateway;

/// A body that is not the JSON of the expected message; says where and what was expected.
final class BadJson extends Exception {
  BadJson(String message) {
    super(message, null, false, false);
  }
}
