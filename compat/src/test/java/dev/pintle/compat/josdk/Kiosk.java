package dev.pintle.compat.josdk;

import io.fabric8.kubernetes.api.model.Namespaced;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.model.annotation.Group;
import io.fabric8.kubernetes.model.annotation.Version;
import org.jspecify.annotations.Nullable;

/// A custom resource whose definition is [#DEFINITION]. It is public, as is its constructor, for those who make it by reflection.
@Group("shops.example.com")
@Version("v1")
public final class Kiosk extends CustomResource<KioskSpec, KioskStatus> implements Namespaced {
  static final String DEFINITION =
      """
      apiVersion: apiextensions.k8s.io/v1
      kind: CustomResourceDefinition
      metadata:
        name: kiosks.shops.example.com
      spec:
        group: shops.example.com
        scope: Namespaced
        names: {kind: Kiosk, singular: kiosk, plural: kiosks}
        versions:
        - name: v1
          served: true
          storage: true
          subresources: {status: {}}
          schema:
            openAPIV3Schema:
              type: object
              properties:
                spec:
                  type: object
                  required: [text]
                  properties:
                    text: {type: string}
                    stalls: {type: integer, minimum: 0, default: 1}
                    menu: {type: string, default: none}
                status:
                  type: object
                  properties:
                    seen: {type: integer, format: int64}
                    text: {type: string}
                    trouble: {type: string}
      """;

  private static final long serialVersionUID = 1;

  public Kiosk() {}

  static Kiosk of(String namespace, String name, KioskSpec spec) {
    Kiosk kiosk = new Kiosk();
    kiosk.setMetadata(new ObjectMetaBuilder().withNamespace(namespace).withName(name).build());
    kiosk.setSpec(spec);
    return kiosk;
  }

  /// What is applied to say no more than the status.
  Kiosk saying(KioskStatus status) {
    Kiosk kiosk = new Kiosk();
    kiosk.setMetadata(
        new ObjectMetaBuilder()
            .withNamespace(getMetadata().getNamespace())
            .withName(getMetadata().getName())
            .build());
    kiosk.setStatus(status);
    return kiosk;
  }

  long generation() {
    return getMetadata().getGeneration();
  }

  /// The generation that an operator has looked at, 0 before.
  long seen() {
    return getStatus() == null ? 0 : getStatus().seen();
  }

  String told() {
    return getStatus() == null || getStatus().text() == null ? "" : getStatus().text();
  }

  @Override
  protected @Nullable KioskSpec initSpec() {
    return null;
  }

  @Override
  protected @Nullable KioskStatus initStatus() {
    return null;
  }
}
