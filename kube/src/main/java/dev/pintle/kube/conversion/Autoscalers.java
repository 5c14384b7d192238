package dev.pintle.kube.conversion;

import dev.pintle.kube.conversion.ConversionTable.Metric;
import dev.pintle.kube.object.Json;
import dev.pintle.kube.object.JsonArray;
import dev.pintle.kube.object.JsonObject;
import dev.pintle.kube.object.JsonReader;
import dev.pintle.kube.object.JsonSyntaxException;
import dev.pintle.kube.object.JsonWriter;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Autoscalers of autoscaling/v1, which know how busy the processor is and nothing else, and of autoscaling/v2. What the old
/// form cannot say travels in annotations, so that it is not lost on the way through an old client.
final class Autoscalers {
  private static final String PREFIX = "autoscaling.alpha.kubernetes.io/";
  private static final String METRICS = PREFIX + "metrics";
  private static final String CURRENT = PREFIX + "current-metrics";
  private static final String CONDITIONS = PREFIX + "conditions";
  private static final String BEHAVIOR = PREFIX + "behavior";
  private static final List<String> TRAVELLING =
      List.of(
          METRICS,
          BEHAVIOR,
          PREFIX + "scale-down-tolerance",
          PREFIX + "scale-up-tolerance",
          CURRENT,
          CONDITIONS);
  private static final long UTILIZATION_DEFAULT = 80;

  private final Map<String, Metric> metrics;
  private final Map<String, Metric> statuses;

  Autoscalers(ConversionTable table) {
    this.metrics = table.metrics();
    this.statuses = table.statuses();
  }

  /// From autoscaling/v1.
  JsonObject upward(JsonObject object) {
    JsonObject spec = object.objectAt("spec");
    JsonObject status = object.objectAt("status");
    JsonArray all = listed(object, METRICS, metrics);
    Json target = spec.remove("targetCPUUtilizationPercentage");
    if (target != null) {
      all.add(processor(target));
    }
    if (all.isEmpty()) {
      all.add(processor(Json.of(UTILIZATION_DEFAULT)));
    }
    spec.set("metrics", all);
    if (brought(object, BEHAVIOR) instanceof JsonObject behavior
        && !behavior.isEmpty()
        && TravellingShapes.fitsBehavior(behavior)) {
      spec.set("behavior", AutoscalerBehavior.lower(behavior));
    }
    current(object, status);
    if (brought(object, CONDITIONS) instanceof JsonArray conditions) {
      status.set("conditions", conditions);
    }
    dropTravelling(object);
    return object;
  }

  private void current(JsonObject object, JsonObject status) {
    Json utilization = status.remove("currentCPUUtilizationPercentage");
    if (brought(object, CURRENT) instanceof JsonArray) {
      status.set("currentMetrics", listed(object, CURRENT, statuses));
    } else if (utilization != null) {
      JsonObject now = new JsonObject().set("averageUtilization", utilization);
      status.set(
          "currentMetrics",
          JsonArray.of(resource(new JsonObject().set("name", "cpu").set("current", now))));
    }
  }

  private static JsonObject processor(Json utilization) {
    JsonObject target =
        new JsonObject().set("type", "Utilization").set("averageUtilization", utilization);
    return resource(new JsonObject().set("name", "cpu").set("target", target));
  }

  private static JsonObject resource(JsonObject resource) {
    return new JsonObject().set("type", "Resource").set("resource", resource);
  }

  private static @Nullable Json brought(JsonObject object, String annotation) {
    JsonObject annotations = object.objectAt("metadata").object("annotations");
    String text = annotations == null ? null : annotations.text(annotation);
    try {
      Json read = text == null ? null : JsonReader.read(text.getBytes(StandardCharsets.UTF_8));
      return read instanceof JsonArray list && !TravellingShapes.fits(list) ? null : read;
    } catch (JsonSyntaxException notOurs) {
      return null;
    }
  }

  private static JsonArray listed(JsonObject object, String annotation, Map<String, Metric> kinds) {
    JsonArray list = new JsonArray();
    if (brought(object, annotation) instanceof JsonArray old) {
      for (JsonObject one : old.objects()) {
        list.add(upward(one, kinds));
      }
    }
    return list;
  }

  private static JsonObject upward(JsonObject old, Map<String, Metric> kinds) {
    Metric kind = kinds.get(String.valueOf(old.text("type")));
    if (kind == null) {
      return old;
    }
    JsonObject from = old.objectAt(kind.field());
    JsonObject made = new JsonObject();
    for (ConversionTable.Part part : kind.parts()) {
      Json value = from.get(part.name());
      if (value != null && !(part.always() && isUnsaid(kind, from, value))) {
        holder(made, part.path()).set(part.path().getLast(), value);
      }
    }
    nameTarget(kind, made);
    return new JsonObject().set("type", String.valueOf(old.text("type"))).set(kind.field(), made);
  }

  /// A zero that is only there because the old form cannot leave it out.
  private static boolean isUnsaid(Metric kind, JsonObject from, Json value) {
    boolean average = kind.targetTypes().contains("value") && from.has("averageValue");
    return average && value.equals(Json.of("0"));
  }

  private static void nameTarget(Metric kind, JsonObject made) {
    if (kind.targetTypes().isEmpty()) {
      return;
    }
    JsonObject target = made.objectAt("target");
    String chosen = kind.targetTypes().getLast();
    for (String field : kind.targetTypes().reversed()) {
      chosen = target.has(field) ? field : chosen;
    }
    String type =
        chosen.equals("averageUtilization") ? "Utilization" : AutoscalerBehavior.upper(chosen);
    target.set("type", type);
  }

  private static JsonObject holder(JsonObject object, List<String> path) {
    JsonObject holder = object;
    for (String name : path.subList(0, path.size() - 1)) {
      holder = holder.objectAt(name);
    }
    return holder;
  }

  private static @Nullable Json find(JsonObject object, List<String> path) {
    Json at = object;
    for (String name : path) {
      at = at instanceof JsonObject holder ? holder.get(name) : null;
    }
    return at;
  }

  private static void dropTravelling(JsonObject object) {
    JsonObject metadata = object.objectAt("metadata");
    JsonObject annotations = metadata.object("annotations");
    if (annotations != null) {
      TRAVELLING.forEach(annotations::remove);
      if (annotations.isEmpty()) {
        metadata.remove("annotations");
      }
    }
  }

  /// To autoscaling/v1.
  JsonObject downward(JsonObject object) {
    dropTravelling(object);
    JsonObject spec = object.objectAt("spec");
    JsonObject status = object.objectAt("status");
    others(object, spec);
    if (status.remove("currentMetrics") instanceof JsonArray list && !list.isEmpty()) {
      utilizationNow(status, list);
      annotate(object, CURRENT, oldForms(list.objects(), statuses));
    }
    if (spec.remove("behavior") instanceof JsonObject behavior) {
      annotate(object, BEHAVIOR, AutoscalerBehavior.rules(behavior));
    }
    if (status.remove("conditions") instanceof JsonArray conditions && !conditions.isEmpty()) {
      annotate(object, CONDITIONS, conditions);
    }
    return object;
  }

  private void others(JsonObject object, JsonObject spec) {
    List<JsonObject> others = new ArrayList<>();
    boolean first = true;
    List<JsonObject> all = spec.objects("metrics");
    spec.remove("metrics");
    for (JsonObject metric : all) {
      Json utilization = find(metric, List.of("resource", "target", "averageUtilization"));
      if (!isProcessor(metric) || utilization == null) {
        others.add(metric);
      } else if (first) {
        spec.set("targetCPUUtilizationPercentage", utilization);
        first = false;
      }
    }
    if (!others.isEmpty()) {
      annotate(object, METRICS, oldForms(others, metrics));
    }
  }

  private static boolean isProcessor(JsonObject metric) {
    return "Resource".equals(metric.text("type"))
        && Json.of("cpu").equals(find(metric, List.of("resource", "name")));
  }

  private static void utilizationNow(JsonObject status, JsonArray list) {
    for (JsonObject metric : list.objects()) {
      Json utilization = find(metric, List.of("resource", "current", "averageUtilization"));
      if (isProcessor(metric) && utilization != null) {
        status.set("currentCPUUtilizationPercentage", utilization);
      }
    }
  }

  private static JsonArray oldForms(List<JsonObject> list, Map<String, Metric> kinds) {
    JsonArray old = new JsonArray();
    list.forEach(one -> old.add(downward(one, kinds)));
    return old;
  }

  private static JsonObject downward(JsonObject metric, Map<String, Metric> kinds) {
    Metric kind = kinds.get(String.valueOf(metric.text("type")));
    if (kind == null) {
      return metric;
    }
    JsonObject from = metric.objectAt(kind.field());
    JsonObject old = new JsonObject();
    for (ConversionTable.Part part : kind.parts()) {
      Json value = find(from, part.path());
      if (value != null) {
        old.set(part.name(), value);
      } else if (part.always()) {
        old.set(part.name(), "0");
      }
    }
    return new JsonObject().set("type", String.valueOf(metric.text("type"))).set(kind.field(), old);
  }

  private static void annotate(JsonObject object, String annotation, Json value) {
    object.objectAt("metadata").objectAt("annotations").set(annotation, JsonWriter.text(value));
  }
}
