package dev.pintle.kube;

import dev.pintle.kube.crd.DefinitionFinalizer;
import dev.pintle.kube.defaults.PublishedDefaults;
import dev.pintle.kube.defaults.TypeDefaults;
import dev.pintle.kube.definition.DefinitionCheck;
import dev.pintle.kube.discovery.Memoized;
import dev.pintle.kube.enforcement.DeprecatedAnnotation;
import dev.pintle.kube.enforcement.UnservedFeatures;
import dev.pintle.kube.instance.CustomResourceCheck;
import dev.pintle.kube.instance.FinalizerWarnings;
import dev.pintle.kube.object.JsonObject;
import dev.pintle.kube.object.JsonReader;
import dev.pintle.kube.rule.RuleTime;
import dev.pintle.kube.schema.ResourceType;
import dev.pintle.kube.status.Cause;
import dev.pintle.kube.strategy.Strategies;
import dev.pintle.kube.validation.FieldError;
import dev.pintle.kube.validation.ObjectValidation;
import dev.pintle.kube.verb.RestStrategy;
import dev.pintle.kube.warning.ObjectWarnings;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// The rules of the built-in kinds: their defaults, what the server sets by itself, and their validation. Custom resources
/// bring their defaults and value rules in their schema.
final class BuiltInRules implements RestStrategy {
  /// The built-in kinds whose updates must name the version that they are based on.
  private static final Set<String> CONDITIONAL =
      Set.of(
          "apiservices.apiregistration.k8s.io",
          "clustertrustbundles.certificates.k8s.io",
          "csidrivers.storage.k8s.io",
          "csinodes.storage.k8s.io",
          "csistoragecapacities.storage.k8s.io",
          "customresourcedefinitions.apiextensions.k8s.io",
          "devicetaintrules.resource.k8s.io",
          "leases.coordination.k8s.io",
          "mutatingadmissionpolicies.admissionregistration.k8s.io",
          "mutatingadmissionpolicybindings.admissionregistration.k8s.io",
          "mutatingwebhookconfigurations.admissionregistration.k8s.io",
          "podcertificaterequests.certificates.k8s.io",
          "poddisruptionbudgets.policy",
          "runtimeclasses.node.k8s.io",
          "storageversionmigrations.storagemigration.k8s.io",
          "validatingadmissionpolicies.admissionregistration.k8s.io",
          "validatingadmissionpolicybindings.admissionregistration.k8s.io",
          "validatingwebhookconfigurations.admissionregistration.k8s.io",
          "volumeattachments.storage.k8s.io");

  /// The rules that are read of tables, the same for all servers.
  private static final class Read {
    static final TypeDefaults DEFAULTS = TypeDefaults.builtIn(JsonReader::read);
    static final Strategies STRATEGIES = Strategies.builtIn();
    static final ObjectValidation VALIDATION = ObjectValidation.builtIn(false);
  }

  private final Supplier<ObjectValidation> validation;
  private final InstantSource hour;

  /// @param allowPrivileged whether containers may have all that their node has
  /// @param hour that of the cluster
  BuiltInRules(boolean allowPrivileged, InstantSource hour) {
    this.validation =
        allowPrivileged
            ? new Memoized<>(() -> ObjectValidation.builtIn(true))
            : () -> Read.VALIDATION;
    this.hour = hour;
  }

  /// Reads the tables, which the first object that is written would wait for.
  static void prepare() {
    Objects.requireNonNull(Read.VALIDATION);
  }

  @Override
  public void fillIn(ResourceType type, JsonObject object) {
    if (type.isCustom()) {
      // What says that it is of another kind is not filled in, it is refused.
      if (type.kind().equals(object.text("kind"))) {
        PublishedDefaults.apply(type.schema(), object);
      }
      return;
    }
    Read.STRATEGIES.normalize(type, object);
    byHour(() -> Read.DEFAULTS.apply(type.schema(), object));
  }

  @Override
  public void prepareCreate(ResourceType type, JsonObject object, Consumer<String> warnings) {
    Read.STRATEGIES.prepareForCreate(type, object);
    ObjectWarnings.beforeCreate(type, object, warnings);
  }

  @Override
  public void prepareUpdate(
      ResourceType type, String subresource, JsonObject object, JsonObject old) {
    if (type.isCustom() && subresource.equals("status")) {
      // Who writes the status alone does not say what the object is.
      object.set("kind", type.kind()).set("apiVersion", type.groupVersion().text());
    }
    byHour(() -> Read.STRATEGIES.prepareForUpdate(type, object, old, subresource));
  }

  private void byHour(Runnable rules) {
    RuleTime.by(
        hour,
        () -> {
          rules.run();
          return rules;
        });
  }

  @Override
  public boolean endsByItself(ResourceType type) {
    return isDefinition(type);
  }

  @Override
  public void markDeleted(ResourceType type, JsonObject object, Instant now) {
    DefinitionFinalizer.mark(object, now);
  }

  @Override
  public List<Cause> validateCreate(
      ResourceType type, JsonObject object, Consumer<String> warnings) {
    List<FieldError> errors = new ArrayList<>(validation.get().onCreate(type, object));
    if (type.isCustom()) {
      List<FieldError> wrong = CustomResourceCheck.onCreate(type, object, errors);
      if (wrong.isEmpty()) {
        FinalizerWarnings.of(object, null).forEach(warnings);
      }
      return causes(wrong);
    }
    if (isDefinition(type)) {
      List<FieldError> wrong = DefinitionCheck.onCreate(type, object, warnings);
      List<FieldError> ofName = wrong.stream().filter(BuiltInRules::isOfName).toList();
      if (!ofName.isEmpty()) {
        errors.removeIf(BuiltInRules::isOfName);
      }
      errors.addAll(0, ofName);
      wrong.stream().filter(error -> !isOfName(error)).forEach(errors::add);
    }
    if (errors.isEmpty()) {
      warn(type, object, null, warnings);
      ObjectWarnings.onCreate(type, object, warnings);
    }
    return causes(errors);
  }

  @Override
  public List<Cause> validateUpdate(
      ResourceType type,
      String subresource,
      JsonObject object,
      JsonObject old,
      Consumer<String> warnings) {
    List<FieldError> errors =
        RuleTime.by(
            hour, () -> new ArrayList<>(validation.get().onUpdate(type, object, old, subresource)));
    if (type.isCustom()) {
      List<FieldError> wrong =
          CustomResourceCheck.onUpdate(type, subresource, object, old, errors, warnings);
      if (wrong.isEmpty() && subresource.isEmpty()) {
        FinalizerWarnings.of(object, old).forEach(warnings);
      }
      return causes(wrong);
    }
    if (isDefinition(type) && subresource.isEmpty()) {
      errors.addAll(DefinitionCheck.onUpdate(type, object, old, warnings));
    } else if (isDefinition(type)) {
      errors.addAll(DefinitionCheck.onStatusUpdate(object));
    }
    if (errors.isEmpty()) {
      if (subresource.isEmpty()) {
        warn(type, object, old, warnings);
      }
      ObjectWarnings.onUpdate(type, subresource, object, old, warnings);
    }
    return causes(errors);
  }

  private static boolean isOfName(FieldError error) {
    return error.field().equals("metadata.name") || error.field().equals("metadata.generateName");
  }

  private static void warn(
      ResourceType type, JsonObject object, @Nullable JsonObject old, Consumer<String> warnings) {
    DeprecatedAnnotation.warnings(type, object, old).forEach(warnings);
    UnservedFeatures.warnings(type, object).forEach(warnings);
  }

  private static boolean isDefinition(ResourceType type) {
    return type.plural().equals("customresourcedefinitions")
        && type.group().equals("apiextensions.k8s.io");
  }

  private static List<Cause> causes(List<FieldError> errors) {
    return errors.isEmpty()
        ? List.of()
        : errors.stream()
            .map(error -> new Cause(error.reason(), error.message(), error.field()))
            .toList();
  }

  @Override
  public boolean requiresVersion(ResourceType type) {
    return type.isCustom() || CONDITIONAL.contains(type.groupResource());
  }
}
