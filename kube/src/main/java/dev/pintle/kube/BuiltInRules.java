package dev.pintle.kube;

import dev.pintle.kube.defaults.TypeDefaults;
import dev.pintle.kube.object.JsonObject;
import dev.pintle.kube.object.JsonReader;
import dev.pintle.kube.schema.ResourceType;
import dev.pintle.kube.status.Cause;
import dev.pintle.kube.strategy.Strategies;
import dev.pintle.kube.validation.FieldError;
import dev.pintle.kube.validation.ObjectValidation;
import dev.pintle.kube.verb.ObjectRules;
import java.util.List;
import java.util.function.Consumer;

/// The rules of the built-in kinds: defaults by type, what the server does by itself, and what may not be.
final class BuiltInRules implements ObjectRules {
  private final TypeDefaults defaults = TypeDefaults.builtIn(JsonReader::read);
  private final Strategies strategies = Strategies.builtIn();
  private final ObjectValidation validation = ObjectValidation.builtIn();

  @Override
  public void fillIn(ResourceType type, JsonObject object) {
    strategies.normalize(type, object);
    defaults.apply(type.schema(), object);
  }

  @Override
  public void prepareCreate(ResourceType type, JsonObject object) {
    strategies.prepareForCreate(type, object);
  }

  @Override
  public void prepareUpdate(
      ResourceType type, String subresource, JsonObject object, JsonObject old) {
    strategies.prepareForUpdate(type, object, old, subresource);
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
