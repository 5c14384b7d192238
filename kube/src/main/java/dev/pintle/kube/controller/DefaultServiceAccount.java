package dev.pintle.kube.controller;

import dev.pintle.kube.object.JsonObject;
import dev.pintle.kube.schema.ResourceType;
import java.util.Optional;

/// The service account that pods of a namespace have when they name none; upstream's `serviceaccount-controller` keeps it.
///
/// @param type of service accounts
public record DefaultServiceAccount(ResourceType type) implements NamespaceObjects.Kept {
  public static final String CONTROLLER = "serviceaccount-controller";

  private static final String NAME = "default";

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public JsonObject make() {
    return new JsonObject().set("metadata", new JsonObject().set("name", NAME));
  }

  /// It is its owners' in all else.
  @Override
  public Optional<JsonObject> mended(JsonObject there) {
    return Optional.empty();
  }
}
