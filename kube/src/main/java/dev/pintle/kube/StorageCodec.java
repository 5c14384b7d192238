package dev.pintle.kube;

import dev.pintle.kube.conversion.Conversions;
import dev.pintle.kube.decode.Canonicalizer;
import dev.pintle.kube.object.JsonObject;
import dev.pintle.kube.protobuf.ProtobufCodec;
import dev.pintle.kube.schema.GroupVersionKind;
import dev.pintle.kube.schema.ResourceType;
import dev.pintle.kube.store.ObjectReader;

/// The codec of stored values that are not in the form and version that is asked for: those that kube-apiserver wrote in protobuf, and
/// those of another version of their kind.
record StorageCodec(
    ServedTypes served, ProtobufCodec protobuf, Conversions conversions, BuiltInRules rules)
    implements ObjectReader.Translator {
  @Override
  public JsonObject protobuf(byte[] value, ResourceType type) {
    return protobuf.read(value, type.groupVersionKind());
  }

  @Override
  public JsonObject convert(JsonObject object, ResourceType type) {
    GroupVersionKind from =
        GroupVersionKind.of(
            String.valueOf(object.text("apiVersion")), String.valueOf(object.text("kind")));
    JsonObject converted = conversions.convert(object, from, type.groupVersionKind());
    JsonObject whole = Canonicalizer.canonical(type.schema(), converted);
    if (type.storing().schema() == null) {
      // Writers of other forms, and of other times, may have left out what is filled in today.
      // Custom resources are filled in by the version that they are stored in alone, when they
      // are stored.
      rules.fillIn(type, whole);
    }
    return Canonicalizer.canonical(type.schema(), whole);
  }

  @Override
  public ResourceType storedAs(ResourceType type) {
    return conversions
        .storedAs(type.groupVersionKind())
        .map(stored -> served.find(stored.groupVersion(), type.plural()))
        .orElse(type);
  }
}
