package dev.pintle.kube.negotiation;

import dev.pintle.kube.object.JsonObject;
import dev.pintle.kube.schema.GroupVersionKind;

/// The binary form of the API: an envelope (`k8s\0`) that names its kind, around a message of the kind's own.
public interface Protobuf {
  /// Reads an envelope; `expected` is what it holds when it does not say.
  ///
  /// @throws IllegalArgumentException when the bytes are not such an envelope, saying why
  JsonObject read(byte[] envelope, GroupVersionKind expected);

  /// Writes an object that has kind and apiVersion; also lists, tables excepted, and Status.
  byte[] write(JsonObject object);
}
