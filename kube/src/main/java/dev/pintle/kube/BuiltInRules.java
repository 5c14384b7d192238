package dev.pintle.kube;

import dev.pintle.kube.defaults.TypeDefaults;
import dev.pintle.kube.object.Json;
import dev.pintle.kube.object.JsonArray;
import dev.pintle.kube.object.JsonObject;
import dev.pintle.kube.object.JsonReader;
import dev.pintle.kube.schema.ResourceType;
import dev.pintle.kube.status.Cause;
import dev.pintle.kube.validation.FieldError;
import dev.pintle.kube.validation.ObjectValidation;
import dev.pintle.kube.verb.ObjectRules;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/// What all kinds have in common: defaults by type, and a status that only its own subresource writes.
final class BuiltInRules implements ObjectRules {
  private static final Set<String> ROOT = Set.of("kind", "apiVersion", "metadata", "status");

  private final TypeDefaults defaults = TypeDefaults.builtIn(JsonReader::read);
  private final ObjectValidation validation = ObjectValidation.builtIn();

  @Override
  public void fillIn(ResourceType type, JsonObject object) {
    defaults.apply(type.schema(), object);
  }

  @Override
  public void prepareCreate(ResourceType type, JsonObject object) {
    if (type.hasStatus() && !type.storing().statusOnCreate()) {
      object.remove("status");
    }
    if (type.groupResource().equals("namespaces")) {
      object.set("spec", new JsonObject().set("finalizers", JsonArray.of(Json.of("kubernetes"))));
      object.set("status", new JsonObject().set("phase", "Active"));
    }
  }

  @Override
  public void prepareUpdate(
      ResourceType type, String subresource, JsonObject object, JsonObject old) {
    if (subresource.equals("status")) {
      keepAllButStatus(object, old);
    } else if (type.hasStatus() && (subresource.isEmpty() || subresource.equals("finalize"))) {
      keep("status", object, old);
      if (type.groupResource().equals("namespaces") && subresource.isEmpty()) {
        keep("spec", object, old);
      }
    }
  }

  private static void keepAllButStatus(JsonObject object, JsonObject old) {
    List<String> names = new ArrayList<>();
    object.forEach(field -> names.add(field.name()));
    for (String name : names) {
      if (!ROOT.contains(name)) {
        keep(name, object, old);
      }
    }
    old.forEach(field -> {
      if (!ROOT.contains(field.name())) {
        object.set(field.name(), field.value().copy());
      }
    });
  }

  private static void keep(String name, JsonObject object, JsonObject old) {
    Json value = old.get(name);
    if (value == null) {
      object.remove(name);
    } else {
      object.set(name, value.copy());
    }
  }

  @Override
  public List<Cause> validateCreate(
      ResourceType type, JsonObject object, Consumer<String> warnings) {
    return causes(validation.onCreate(type, object));
  }

  @Override
  public List<Cause> validateUpdate(
      ResourceType type,
      String subresource,
      JsonObject object,
      JsonObject old,
      Consumer<String> warnings) {
    return causes(validation.onUpdate(type, object, old, subresource));
  }

  private static List<Cause> causes(List<FieldError> errors) {
    return errors.stream()
        .map(error -> new Cause(error.reason(), error.message(), error.field()))
        .toList();
  }

  @Override
  public boolean requiresVersion(ResourceType type) {
    return type.schema().typeName().isEmpty();
  }
}
