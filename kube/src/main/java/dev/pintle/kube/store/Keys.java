package dev.pintle.kube.store;

import dev.pintle.kernel.Bytes;
import dev.pintle.kernel.keyspace.KeyRange;
import dev.pintle.kube.schema.ResourceType;

/// The keys of objects in the store: upstream's.
public final class Keys {
  private Keys() {}

  public static Bytes object(ResourceType type, String namespace, String name) {
    String prefix = prefix(type);
    return Bytes.utf8(
        namespace.isEmpty() ? prefix + "/" + name : prefix + "/" + namespace + "/" + name);
  }

  /// What is asked and never stored has a place of its own, where nothing lies: an empty prefix would name the whole store.
  private static String prefix(ResourceType type) {
    String prefix = type.storing().prefix();
    return prefix.isEmpty() ? "/unstored/" + type.groupResource() : prefix;
  }

  /// What the keys of a collection start with; ends in a slash.
  public static Bytes collection(ResourceType type, String namespace) {
    String prefix = prefix(type) + "/";
    return Bytes.utf8(namespace.isEmpty() ? prefix : prefix + namespace + "/");
  }

  /// What follows the name of a collection in the key of an object of it: `NAME`, or `NAMESPACE/NAME`.
  public static String rest(Bytes collection, Bytes key) {
    return key.utf8().substring(collection.utf8().length());
  }

  public static KeyRange range(ResourceType type, String namespace) {
    return KeyRange.prefix(collection(type, namespace));
  }
}
