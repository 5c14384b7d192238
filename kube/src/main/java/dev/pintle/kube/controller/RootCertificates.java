package dev.pintle.kube.controller;

import dev.pintle.kube.object.JsonObject;
import dev.pintle.kube.schema.ResourceType;
import java.util.Optional;
import java.util.function.Supplier;

/// The ConfigMap in which pods find by which certificates to know the API server; upstream's `root-ca-certificate-publisher-controller`
/// keeps it.
///
/// @param type of ConfigMaps
/// @param pem the certificates, asked for at each use
public record RootCertificates(ResourceType type, Supplier<String> pem)
    implements NamespaceObjects.Kept {
  public static final String CONTROLLER = "root-ca-certificate-publisher-controller";

  private static final String NAME = "kube-root-ca.crt";
  private static final String KEY = "ca.crt";
  private static final String DESCRIPTION = "kubernetes.io/description";
  private static final String TEXT =
      "Contains a CA bundle that can be used to verify the kube-apiserver when using internal endpoints such as the internal service IP"
          + " or kubernetes.default.svc. No other usage is guaranteed across distributions of Kubernetes clusters.";

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public JsonObject make() {
    JsonObject metadata =
        new JsonObject()
            .set("name", NAME)
            .set("annotations", new JsonObject().set(DESCRIPTION, TEXT));
    return new JsonObject().set("metadata", metadata).set("data", data());
  }

  private JsonObject data() {
    return new JsonObject().set(KEY, pem.get());
  }

  @Override
  public Optional<JsonObject> mended(JsonObject there) {
    JsonObject data = data();
    JsonObject annotations = there.objectAt("metadata").objectOrEmpty("annotations");
    if (data.equals(there.objectOrEmpty("data"))
        && !annotations.textOrEmpty(DESCRIPTION).isEmpty()) {
      return Optional.empty();
    }
    JsonObject mended = there.copy().set("data", data);
    mended.objectAt("metadata").objectAt("annotations").set(DESCRIPTION, TEXT);
    return Optional.of(mended);
  }
}
