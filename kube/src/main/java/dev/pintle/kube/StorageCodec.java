package dev.pintle.kube;

import dev.pintle.kube.conversion.Conversions;
import dev.pintle.kube.conversion.webhook.WebhookConverter;
import dev.pintle.kube.decode.Canonicalizer;
import dev.pintle.kube.defaults.PublishedDefaults;
import dev.pintle.kube.object.JsonObject;
import dev.pintle.kube.protobuf.ProtobufCodec;
import dev.pintle.kube.schema.ConversionWebhook;
import dev.pintle.kube.schema.GroupVersion;
import dev.pintle.kube.schema.GroupVersionKind;
import dev.pintle.kube.schema.ResourceType;
import dev.pintle.kube.schema.SchemaNode;
import dev.pintle.kube.schema.StorageStrategy.StoredVersion;
import dev.pintle.kube.status.StatusErrors;
import dev.pintle.kube.store.ConversionFailure;
import dev.pintle.kube.store.Converted;
import dev.pintle.kube.store.ObjectReader;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// The codec of stored values that are not in the form and version that is asked for: those that kube-apiserver wrote in protobuf, and
/// those of another version of their kind.
record StorageCodec(
    ServedTypes served,
    ProtobufCodec protobuf,
    Conversions conversions,
    BuiltInRules rules,
    WebhookConverter webhooks)
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

  /// As [#convert], for who answers a client with why it is not possible.
  JsonObject convertOrRefuse(JsonObject object, ResourceType type) {
    try {
      return convert(object, type);
    } catch (ConversionFailure failure) {
      throw StatusErrors.bare(500, failure.getMessage());
    }
  }

  /// Custom resources are shaped and filled in by the version that they are stored in, and then shaped by the one that is
  /// asked for.
  private JsonObject custom(JsonObject object, ResourceType type) {
    String from = object.textOrEmpty("apiVersion");
    String to = type.groupVersion().text();
    JsonObject whole = filledIn(object, from, type);
    ConversionWebhook webhook = webhook(type);
    if (webhook == null || from.equals(to)) {
      whole.set("apiVersion", to).set("kind", type.kind());
    } else {
      requireVersion(webhook, from);
      return webhooks.convert(
          webhook, whole, to, made -> Canonicalizer.canonical(type.schema(), made));
    }
    return from.equals(to) ? whole : Canonicalizer.canonical(type.schema(), whole);
  }

  /// As the definition has it now: a watch may be older. Null where nobody has to be asked.
  private @Nullable ConversionWebhook webhook(ResourceType type) {
    ConversionWebhook known = type.storing().webhook();
    if (known == null) {
      return null;
    }
    ResourceType now = served.findOrNull(type.groupVersion(), type.plural());
    ConversionWebhook newer = now == null ? null : now.storing().webhook();
    return newer == null ? known : newer;
  }

  private JsonObject filledIn(JsonObject object, String apiVersion, ResourceType type) {
    SchemaNode schema = schemaOf(apiVersion, type);
    if (schema == null) {
      return object;
    }
    JsonObject whole = Canonicalizer.canonical(schema, object);
    PublishedDefaults.apply(schema, whole);
    return whole;
  }

  private static void requireVersion(ConversionWebhook webhook, String from) {
    if (webhook.schema(from) == null) {
      throw ConversionFailure.of("request to convert CR from an invalid group/version: " + from);
    }
  }

  @Override
  public List<Converted> convertAll(List<JsonObject> objects, ResourceType type) {
    ConversionWebhook webhook = webhook(type);
    Converted[] all = new Converted[objects.size()];
    Map<String, List<Integer>> asked = new LinkedHashMap<>();
    for (int i = 0; i < all.length; i++) {
      String from = objects.get(i).textOrEmpty("apiVersion");
      if (webhook == null
          || from.equals(type.groupVersion().text())
          || webhook.schema(from) == null) {
        all[i] = one(objects.get(i), type);
      } else {
        asked.computeIfAbsent(from, _ -> new ArrayList<>()).add(i);
      }
    }
    asked.forEach((from, places) -> {
      List<JsonObject> sent =
          places.stream().map(place -> filledIn(objects.get(place), from, type)).toList();
      List<Converted> answered =
          webhooks.convertAll(
              Objects.requireNonNull(webhook),
              sent,
              type.groupVersion().text(),
              made -> Canonicalizer.canonical(type.schema(), made));
      for (int i = 0; i < places.size(); i++) {
        all[places.get(i)] = answered.get(i);
      }
    });
    return List.of(all);
  }

  private Converted one(JsonObject object, ResourceType type) {
    try {
      return Converted.of(convert(object, type));
    } catch (ConversionFailure failure) {
      return Converted.failed(failure);
    }
  }

  @Override
  public JsonObject stored(JsonObject object, ResourceType type, StoredVersion version) {
    SchemaNode schema = version.schema().get();
    ConversionWebhook webhook = webhook(type);
    JsonObject shaped =
        webhook == null
            ? Canonicalizer.canonical(schema, object)
            : webhooks.convert(
                webhook,
                object,
                version.kind().groupVersion().text(),
                made -> Canonicalizer.canonical(schema, made));
    PublishedDefaults.apply(schema, shaped);
    return shaped;
  }

  /// The schema of a version of a custom resource; null for one that is neither served nor that in which objects are stored.
  private @Nullable SchemaNode schemaOf(String apiVersion, ResourceType type) {
    if (apiVersion.equals(type.groupVersion().text())) {
      return type.schema();
    }
    ConversionWebhook webhook = webhook(type);
    if (webhook != null) {
      return webhook.schema(apiVersion);
    }
    StoredVersion other = type.storing().other();
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
