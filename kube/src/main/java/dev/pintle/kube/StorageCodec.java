package dev.pintle.kube;

import dev.pintle.kube.conversion.Conversions;
import dev.pintle.kube.decode.Canonicalizer;
import dev.pintle.kube.defaults.PublishedDefaults;
import dev.pintle.kube.object.JsonObject;
import dev.pintle.kube.protobuf.ProtobufCodec;
import dev.pintle.kube.schema.GroupVersion;
import dev.pintle.kube.schema.GroupVersionKind;
import dev.pintle.kube.schema.ResourceType;
import dev.pintle.kube.schema.SchemaNode;
import dev.pintle.kube.schema.StorageStrategy;
import dev.pintle.kube.store.ObjectReader;
import org.jspecify.annotations.Nullable;

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
    if (type.isCustom()) {
      return custom(object, type);
    }
    GroupVersionKind from =
        GroupVersionKind.of(
            String.valueOf(object.text("apiVersion")), String.valueOf(object.text("kind")));
    JsonObject converted = conversions.convert(object, from, type.groupVersionKind());
    JsonObject whole = Canonicalizer.canonical(type.schema(), converted);
    // Writers of other forms, and of other times, may have left out what is filled in today.
    rules.fillIn(type, whole);
    return Canonicalizer.canonical(type.schema(), whole);
  }

  /// Custom resources are shaped and filled in by the version that they are stored in, and then shaped by the one that is
  /// asked for.
  private JsonObject custom(JsonObject object, ResourceType type) {
    SchemaNode from = schemaOf(object.textOrEmpty("apiVersion"), type);
    JsonObject whole = object;
    if (from != null) {
      whole = Canonicalizer.canonical(from, whole);
      PublishedDefaults.apply(from, whole);
    }
    whole.set("apiVersion", type.groupVersion().text()).set("kind", type.kind());
    return from == type.schema() ? whole : Canonicalizer.canonical(type.schema(), whole);
  }

  /// The schema of a version of a custom resource; null for one that is neither served nor that in which objects are stored.
  private @Nullable SchemaNode schemaOf(String apiVersion, ResourceType type) {
    if (apiVersion.equals(type.groupVersion().text())) {
      return type.schema();
    }
    StorageStrategy.StoredVersion other = type.storing().other();
    if (other != null && other.kind().groupVersion().text().equals(apiVersion)) {
      return other.schema().get();
    }
    ResourceType served = served().findOrNull(GroupVersion.parse(apiVersion), type.plural());
    return served == null ? null : served.schema();
  }

  @Override
  public ResourceType storedAs(ResourceType type) {
    return conversions
        .storedAs(type.groupVersionKind())
        .map(stored -> served.find(stored.groupVersion(), type.plural()))
        .orElse(type);
  }
}
