package dev.pintle.kube.strategy;

import dev.pintle.kube.discovery.Memoized;
import dev.pintle.kube.object.Json;
import dev.pintle.kube.object.JsonObject;
import dev.pintle.kube.rule.RuleTable;
import dev.pintle.kube.rule.TableFile;
import dev.pintle.kube.schema.ResourceType;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The steps that bring objects of every kind into the form in which they may be checked and stored.
public final class Strategies {
  private static final String TABLE = "strategies.txt";
  private static final Set<String> NOT_SPEC = Set.of("kind", "apiVersion", "metadata", "status");

  private final RuleTable<StrategyStep> steps;
  private final DisabledFields disabled = DisabledFields.builtIn();

  private Strategies(RuleTable<StrategyStep> steps) {
    this.steps = steps;
  }

  public static Strategies builtIn() {
    return new Strategies(table());
  }

  static RuleTable<StrategyStep> table() {
    return StrategyStepReader.readLater(
        TableFile.beside(Strategies.class, TABLE), new Memoized<>(Strategies::namedSteps));
  }

  static Map<String, StrategyStep.NamedStep> namedSteps() {
    Map<String, StrategyStep.NamedStep> named = new HashMap<>();
    named.putAll(PodSteps.all());
    named.putAll(PodParts.all());
    named.putAll(WorkloadSteps.all());
    named.putAll(AutoscalerSteps.all());
    named.putAll(MetadataSteps.all());
    named.putAll(ClusterSteps.all());
    named.putAll(CertificateSteps.all());
    named.putAll(ClaimSteps.all());
    named.putAll(DeviceSteps.all());
    named.putAll(EndpointSliceSteps.all());
    named.putAll(BudgetSteps.all());
    named.put("serviceDropped", ServiceSteps::dropped);
    named.put("serviceUnused", (service, _) -> ServiceSteps.unused(service));
    return named;
  }

  /// Rewrites what only the versioned form of a kind has; before defaults.
  public void normalize(ResourceType type, JsonObject object) {
    if (type.group().equals("apps") && type.kind().equals("DaemonSet")) {
      WorkloadSteps.sayTemplateGeneration(object);
    }
    if (!type.group().isEmpty()) {
      return;
    }
    switch (type.kind()) {
      case "Secret" -> ClusterSteps.stringData(object);
      case "Node" -> ClusterSteps.podRanges(object);
      default -> {}
    }
  }

  /// A new object, with metadata that is stamped already.
  public void prepareForCreate(ResourceType type, JsonObject object) {
    if (type.hasStatus() && !type.storing().statusOnCreate()) {
      object.remove("status");
    }
    if (!type.isCustom()) {
      disabled.drop(type.schema(), object, null);
    }
    run(type, "create", object, null);
  }

  /// @param subresource what of the object is updated, empty for the object itself
  public void prepareForUpdate(
      ResourceType type, JsonObject object, JsonObject old, String subresource) {
    if (subresource.equals("status")) {
      keepAllButStatus(object, old);
      if (type.isCustom()) {
        new StrategyStep.Keep(List.of("metadata")).apply(object, old);
      }
    } else if (type.hasStatus() && (subresource.isEmpty() || subresource.equals("finalize"))) {
      new StrategyStep.Keep(List.of("status")).apply(object, old);
    }
    if (!type.isCustom()) {
      disabled.drop(type.schema(), object, old);
    }
    run(type, subresource.isEmpty() ? "update" : "update/" + subresource, object, old);
  }

  private void run(ResourceType type, String when, JsonObject object, @Nullable JsonObject old) {
    String kind = type.group().isEmpty() ? type.kind() : type.kind() + "." + type.group();
    for (StrategyStep step : steps.of(kind + " " + when)) {
      step.apply(object, old);
    }
  }

  private static void keepAllButStatus(JsonObject object, JsonObject old) {
    List<String> names = new ArrayList<>();
    object.forEach(field -> names.add(field.name()));
    names.removeIf(NOT_SPEC::contains);
    names.forEach(object::remove);
    for (JsonObject.Field field : old) {
      Json value = field.value();
      if (!NOT_SPEC.contains(field.name())) {
        object.set(field.name(), value.copy());
      }
    }
  }
}
