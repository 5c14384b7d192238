package dev.pintle.kube.audit;

import dev.pintle.kube.object.JsonObject;
import dev.pintle.kube.request.RequestInfo;
import dev.pintle.kube.schema.GroupVersion;

/// The object that a request is about; texts are empty where nobody knows them.
record AuditReference(
    String resource,
    String namespace,
    String name,
    String uid,
    GroupVersion version,
    String resourceVersion,
    String subresource) {
  static AuditReference of(RequestInfo target, GroupVersion version) {
    return new AuditReference(
        target.resource(),
        target.namespace(),
        target.judgedName(),
        "",
        version,
        "",
        target.subresource());
  }

  /// With what the metadata of the object that was sent says beyond the path.
  AuditReference with(JsonObject metadata) {
    return new AuditReference(
        resource,
        either(namespace, metadata, "namespace"),
        either(name, metadata, "name"),
        either(uid, metadata, "uid"),
        version,
        either(resourceVersion, metadata, "resourceVersion"),
        subresource);
  }

  private static String either(String known, JsonObject metadata, String field) {
    return known.isEmpty() ? metadata.textOrEmpty(field) : known;
  }
}
