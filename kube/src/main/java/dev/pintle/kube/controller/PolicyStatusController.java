package dev.pintle.kube.controller;

import dev.pintle.kernel.Bytes;
import dev.pintle.kernel.keyspace.KeyValue;
import dev.pintle.kernel.watch.WatchEvent;
import dev.pintle.kube.cel.PolicyTypeCheck;
import dev.pintle.kube.informer.Informer;
import dev.pintle.kube.metrics.ControllerFailures;
import dev.pintle.kube.object.Json;
import dev.pintle.kube.object.JsonArray;
import dev.pintle.kube.object.JsonObject;
import dev.pintle.kube.schema.GroupVersion;
import dev.pintle.kube.schema.GroupVersionKind;
import dev.pintle.kube.schema.ResourceType;
import dev.pintle.kube.schema.TypeRegistry;
import dev.pintle.kube.schema.TypeSnapshot;
import dev.pintle.kube.store.Keys;
import dev.pintle.kube.store.StoredObject;
import dev.pintle.kube.workqueue.QueueWorkers;
import dev.pintle.kube.workqueue.WorkQueue;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// The controller of the status of ValidatingAdmissionPolicies: tells what is wrong with their expressions, as far as the types of what
/// they are about show it. Upstream's `validatingadmissionpolicy-status-controller`.
public final class PolicyStatusController implements Informer.Handler, AutoCloseable {
  /// The name by which it is turned on and off, and as which it owns the status.
  public static final String NAME = "validatingadmissionpolicy-status-controller";

  private static final int TYPES_MAX = 10;

  private final LocalClient client;
  private final ResourceType policies;
  private final TypeRegistry types;
  private final Bytes prefix;
  private final WorkQueue<String> queue;
  private final QueueWorkers<String> workers;

  public PolicyStatusController(
      LocalClient client,
      ResourceType policies,
      TypeRegistry types,
      WorkQueue<String> queue,
      ControllerFailures failures) {
    this.client = client;
    this.policies = policies;
    this.types = types;
    this.prefix = Keys.collection(policies, "");
    this.queue = queue;
    this.workers = new QueueWorkers<>(NAME, queue, failures, this::isSynced);
    workers.start(1);
  }

  @Override
  public void present(KeyValue kv) {
    add(kv.key());
  }

  @Override
  public void replaced() {}

  @Override
  public void changed(WatchEvent event) {
    add(event.key());
  }

  private void add(Bytes key) {
    if (key.startsWith(prefix)) {
      queue.add(Keys.rest(prefix, key));
    }
  }

  private boolean isSynced(String name) {
    StoredObject stored = client.context().view().find(policies, "", name);
    if (stored == null) {
      return true;
    }
    JsonObject policy = stored.tree();
    long generation = policy.objectOrEmpty("metadata").wholeOrZero("generation");
    if (generation <= policy.objectOrEmpty("status").wholeOrZero("observedGeneration")) {
      return true;
    }
    JsonObject checking = new JsonObject();
    JsonArray warnings = warnings(policy.objectOrEmpty("spec"));
    if (warnings.size() > 0) {
      checking.set("expressionWarnings", warnings);
    }
    JsonObject applied =
        new JsonObject()
            .set("apiVersion", policies.groupVersion().text())
            .set("kind", policies.kind())
            .set("metadata", new JsonObject().set("name", name));
    applied
        .objectAt("status")
        .set("observedGeneration", Json.of(generation))
        .set("typeChecking", checking);
    client.applyStatus(new LocalClient.Target(policies, "", name), NAME, applied);
    return true;
  }

  private JsonArray warnings(JsonObject spec) {
    TypeSnapshot now = types.current();
    List<TypedCheck> checks = new ArrayList<>();
    for (ResourceType type : about(spec.objectOrEmpty("matchConstraints"), now)) {
      PolicyTypeCheck check = new PolicyTypeCheck(type.schema(), params(spec, now));
      for (JsonObject variable : spec.objects("variables")) {
        check.define(variable.textOrEmpty("name"), variable.textOrEmpty("expression"));
      }
      checks.add(new TypedCheck(type, check));
    }
    List<JsonObject> validations = spec.objects("validations");
    JsonArray warnings = new JsonArray();
    for (int i = 0; i < validations.size(); i++) {
      for (String field : List.of("expression", "messageExpression")) {
        String text = validations.get(i).textOrEmpty(field);
        String warning = text.isEmpty() ? "" : warning(text, checks);
        if (!warning.isEmpty()) {
          warnings.add(
              new JsonObject()
                  .set("fieldRef", "spec.validations[%d].%s".formatted(i, field))
                  .set("warning", warning));
        }
      }
    }
    return warnings;
  }

  /// The check against one of the types that a policy is about.
  private record TypedCheck(ResourceType type, PolicyTypeCheck check) {}

  private static String warning(String text, List<TypedCheck> checks) {
    List<String> told = new ArrayList<>(0);
    for (TypedCheck each : checks) {
      ResourceType type = each.type();
      each.check()
          .check(text)
          .ifPresent(wrong ->
              told.add(
                  "%s/%s, Kind=%s: %s\n"
                      .formatted(type.group(), type.version(), type.kind(), wrong)));
    }
    return String.join("\n", told);
  }

  private static PolicyTypeCheck.@Nullable Params params(JsonObject spec, TypeSnapshot now) {
    JsonObject kind = spec.object("paramKind");
    if (kind == null) {
      return null;
    }
    ResourceType type =
        now.kind(GroupVersionKind.of(kind.textOrEmpty("apiVersion"), kind.textOrEmpty("kind")));
    return new PolicyTypeCheck.Params(type == null ? null : type.schema());
  }

  /// The resources that rules name, by group, version and kind; those of rules that name any are not looked for.
  private static List<ResourceType> about(JsonObject constraints, TypeSnapshot now) {
    TreeSet<ResourceType> found =
        new TreeSet<>(
            Comparator.comparing(ResourceType::group)
                .thenComparing(ResourceType::version)
                .thenComparing(ResourceType::kind));
    for (JsonObject rule : constraints.objects("resourceRules")) {
      int count = 0;
      for (GroupVersion version : versions(rule)) {
        for (String plural : plurals(rule)) {
          ResourceType type = now.resource(version, plural);
          if (type != null) {
            found.add(type);
            count++;
          }
          if (count == TYPES_MAX) {
            return List.copyOf(found);
          }
        }
      }
    }
    return List.copyOf(found);
  }

  private static List<GroupVersion> versions(JsonObject rule) {
    List<GroupVersion> all = new ArrayList<>();
    for (String group : named(rule, "apiGroups")) {
      named(rule, "apiVersions").forEach(version -> all.add(new GroupVersion(group, version)));
    }
    return all;
  }

  /// None where any is meant.
  private static List<String> named(JsonObject rule, String field) {
    List<String> all = rule.texts(field);
    return all.stream().anyMatch(each -> each.indexOf('*') >= 0)
        ? List.of()
        : all.stream().sorted().toList();
  }

  private static List<String> plurals(JsonObject rule) {
    return rule.texts("resources").stream()
        .filter(each -> each.indexOf('*') < 0 && each.indexOf('/') < 0)
        .sorted()
        .toList();
  }

  @Override
  public void close() {
    workers.close();
  }
}
