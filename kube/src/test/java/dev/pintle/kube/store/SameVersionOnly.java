package dev.pintle.kube.store;

import dev.pintle.kube.object.JsonObject;
import dev.pintle.kube.schema.ResourceType;

/// The translator of a store where every object lies as JSON in the version that it is read in.
public final class SameVersionOnly implements ObjectReader.Translator {
  @Override
  public JsonObject protobuf(byte[] value, ResourceType type) {
    throw new IllegalStateException("protobuf of " + type.plural());
  }

  @Override
  public JsonObject convert(JsonObject object, ResourceType type) {
    throw new IllegalStateException("another version of " + type.plural());
  }

  @Override
  public ResourceType storedAs(ResourceType type) {
    return type;
  }
}
