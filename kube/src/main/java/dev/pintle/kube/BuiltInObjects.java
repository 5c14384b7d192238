package dev.pintle.kube;

import dev.pintle.kernel.Bytes;
import dev.pintle.kube.object.JsonObject;
import dev.pintle.kube.request.Caller;
import dev.pintle.kube.request.Query;
import dev.pintle.kube.request.Target;
import dev.pintle.kube.schema.ResourceType;
import dev.pintle.kube.verb.ApiRequest;
import dev.pintle.kube.verb.Born;
import dev.pintle.kube.verb.Services;
import java.util.List;

/// What is there before anybody asks: the four namespaces.
final class BuiltInObjects {
  private static final List<String> NAMESPACES =
      List.of("kube-system", "kube-public", "kube-node-lease", "default");

  private BuiltInObjects() {}

  static void make(Services services, ResourceType namespaces) {
    for (String name : NAMESPACES) {
      JsonObject namespace =
          new JsonObject()
              .set("kind", "Namespace")
              .set("apiVersion", "v1")
              .set("metadata", new JsonObject().set("name", name));
      Target target =
          new Target("create", "", namespaces.groupVersion(), "", "namespaces", "", "", 0);
      ApiRequest request =
          new ApiRequest(target, namespaces, Query.EMPTY, Caller.SERVER, "", Bytes.EMPTY);
      Born.unlessThere(services, request, namespace);
    }
  }
}
