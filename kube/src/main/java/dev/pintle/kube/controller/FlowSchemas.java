package dev.pintle.kube.controller;

import dev.pintle.kernel.keyspace.RangeRequest;
import dev.pintle.kube.crd.DefinitionConditions;
import dev.pintle.kube.metrics.ControllerFailures;
import dev.pintle.kube.object.JsonArray;
import dev.pintle.kube.object.JsonObject;
import dev.pintle.kube.schema.GroupVersion;
import dev.pintle.kube.schema.ResourceType;
import dev.pintle.kube.schema.TypeRegistry;
import dev.pintle.kube.store.Keys;
import dev.pintle.kube.store.ObjectView;
import dev.pintle.kube.store.StoredObject;
import dev.pintle.kube.verb.AppliedStatus;
import dev.pintle.kube.verb.VerbContext;
import dev.pintle.kube.workqueue.Restrained;
import java.time.Instant;
import java.util.List;
import java.util.Objects;

/// The controller of FlowSchemas and priority levels: puts in force what is stored, and sets on each schema the condition `Dangling`, which says
/// whether its priority level exists.
public final class FlowSchemas implements Controller {
  /// Who makes the flow schemas and priority levels that a cluster starts with.
  public static final String PRODUCER = "api-priority-and-fairness-config-producer-v1";

  private static final String CONSUMER = "api-priority-and-fairness-config-consumer-v1";
  private static final String CONDITION = "Dangling";
  private static final GroupVersion FLOW = new GroupVersion("flowcontrol.apiserver.k8s.io", "v1");

  private final VerbContext context;
  private final ReconciledWrite writes;
  private final ResourceType schemas;
  private final ResourceType levels;
  private final InForce inForce;
  private final Reconciler reconciler;

  /// A taker of what is stored.
  @FunctionalInterface
  public interface InForce {
    void put(List<JsonObject> levels, List<JsonObject> schemas);
  }

  public FlowSchemas(
      VerbContext context, TypeRegistry types, ControllerFailures failures, InForce inForce) {
    this.context = context;
    this.writes = new ReconciledWrite(context);
    this.inForce = inForce;
    this.schemas = type(types, "flowschemas");
    this.levels = type(types, "prioritylevelconfigurations");
    this.reconciler =
        new Reconciler(
            "kube-flow-schemas",
            context.member(),
            failures,
            List.of(
                Reconciler.Followed.always(Keys.range(schemas, "")),
                Reconciler.Followed.always(Keys.range(levels, ""))),
            this::settle);
    reconciler.start();
  }

  private static ResourceType type(TypeRegistry types, String plural) {
    return Objects.requireNonNull(types.current().resource(FLOW, plural), plural);
  }

  private void settle() {
    ObjectView view = context.view();
    List<StoredObject> found = all(view, schemas);
    inForce.put(
        all(view, levels).stream().map(StoredObject::tree).toList(),
        found.stream().map(StoredObject::tree).toList());
    Restrained.each(found, stored -> judge(stored, view));
  }

  private void judge(StoredObject stored, ObjectView view) {
    JsonObject old = stored.tree();
    boolean exists = view.has(Keys.object(levels, "", level(old)));
    JsonObject judged = judged(old, exists, context.clock().instant());
    if (!judged.equals(old)) {
      writes.applyStatus(schemas, stored, dangling(judged));
    }
  }

  private static List<StoredObject> all(ObjectView view, ResourceType type) {
    return view.range(RangeRequest.of(Keys.range(type, ""))).entries().stream()
        .map(kv -> view.read(type, kv))
        .toList();
  }

  private static String level(JsonObject schema) {
    return String.valueOf(
        schema.objectAt("spec").objectAt("priorityLevelConfiguration").text("name"));
  }

  /// What is said of a schema whose priority level exists.
  public static AppliedStatus found(JsonObject schema, Instant now) {
    return dangling(judged(schema, true, now));
  }

  private static AppliedStatus dangling(JsonObject judged) {
    JsonArray conditions = new JsonArray();
    for (JsonObject condition : judged.objectAt("status").arrayOrEmpty("conditions").objects()) {
      if (CONDITION.equals(condition.text("type"))) {
        conditions.add(condition);
      }
    }
    return new AppliedStatus(CONSUMER, new JsonObject().set("conditions", conditions));
  }

  private static JsonObject judged(JsonObject schema, boolean exists, Instant now) {
    JsonObject judged = schema.copy();
    String message =
        "This FlowSchema references the PriorityLevelConfiguration object named \"%s\" %s"
            .formatted(level(judged), exists ? "and it exists" : "but there is no such object");
    DefinitionConditions.set(
        judged, CONDITION, !exists, exists ? "Found" : "NotFound", message, now);
    return judged;
  }

  @Override
  public void close() {
    reconciler.close();
  }
}
