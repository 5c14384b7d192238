package dev.pintle.kube.allocation;

import dev.pintle.kube.object.JsonObject;
import dev.pintle.kube.schema.ResourceType;
import dev.pintle.kube.store.ObjectView;
import dev.pintle.kube.store.StoredObject;
import dev.pintle.kube.transaction.ObjectTransaction;
import java.util.Set;

/// The IPAddress objects of services: each is made in the transaction that gives the address, so that nobody else is given it, and
/// goes in the transaction that takes it back.
///
/// @param type of IPAddress
record IpAddressObjects(ResourceType type, Maker maker) {
  private static final String MANAGER = "ipallocator.k8s.io";

  /// The maker of objects of the server itself.
  @FunctionalInterface
  public interface Maker {
    /// Adds a new object to the transaction, as if it had been sent.
    void make(ResourceType type, JsonObject object, ObjectView view, ObjectTransaction transaction);
  }

  boolean exists(ClusterIp address, ObjectView view) {
    return view.find(type, "", address.toString()) != null;
  }

  void take(
      ClusterIp address,
      String namespace,
      String service,
      ObjectView view,
      ObjectTransaction transaction) {
    JsonObject labels =
        new JsonObject()
            .set("ipaddress.kubernetes.io/ip-family", address.family())
            .set("ipaddress.kubernetes.io/managed-by", MANAGER);
    JsonObject parent =
        new JsonObject()
            .set("name", service)
            .set("namespace", namespace)
            .set("resource", "services");
    JsonObject object =
        new JsonObject()
            .set("kind", type.kind())
            .set("apiVersion", type.groupVersion().text())
            .set("metadata", new JsonObject().set("name", address.toString()).set("labels", labels))
            .set("spec", new JsonObject().set("parentRef", parent));
    maker.make(type, object, view, transaction);
  }

  /// Gives back those of the addresses that are this service's.
  void release(
      Set<ClusterIp> addresses,
      String namespace,
      String service,
      ObjectView view,
      ObjectTransaction transaction) {
    for (ClusterIp address : addresses) {
      StoredObject stored = view.find(type, "", address.toString());
      if (stored != null && isOf(stored.tree(), namespace, service)) {
        transaction.delete(stored.key());
      }
    }
  }

  private static boolean isOf(JsonObject address, String namespace, String service) {
    JsonObject parent = address.objectAt("spec").objectAt("parentRef");
    return namespace.equals(parent.text("namespace"))
        && service.equals(parent.text("name"))
        && "services".equals(parent.text("resource"));
  }
}
