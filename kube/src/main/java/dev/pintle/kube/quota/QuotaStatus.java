package dev.pintle.kube.quota;

import dev.pintle.kernel.Bytes;
import dev.pintle.kube.decode.Canonicalizer;
import dev.pintle.kube.object.JsonArray;
import dev.pintle.kube.object.JsonObject;
import dev.pintle.kube.ownership.FieldOwnership;
import dev.pintle.kube.ownership.Write;
import dev.pintle.kube.quota.Quota.Report;
import dev.pintle.kube.schema.ResourceType;
import dev.pintle.kube.store.ObjectReader;
import dev.pintle.kube.store.ObjectView;
import dev.pintle.kube.strategy.ResourceAmounts;
import java.time.Clock;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// The reader of quotas, and the writer of what they say is used of them.
record QuotaStatus(
    ResourceType type,
    ObjectReader objects,
    FieldOwnership ownership,
    ParsedQuotas parsed,
    Clock clock) {

  /// A quota and the bytes that it is stored as.
  record Written(Quota quota, Bytes value) {}

  /// All quotas of a namespace, in the order of their names.
  List<Quota> all(String namespace, ObjectView view) {
    return parsed.all(type, namespace, view);
  }

  /// @param manager who says so
  Written write(Quota old, ResourceAmounts hard, ResourceAmounts used, String manager) {
    JsonObject now = old.tree().copy();
    now.set("status", new JsonObject().set("hard", json(hard)).set("used", json(used)));
    Report report = report(old, hard, used, manager);
    boolean same = report.equals(old.reported());
    if (!same) {
      own(old, now, manager);
    }
    JsonObject shaped = Canonicalizer.canonical(type.schema(), now);
    Bytes value = objects.write(type, shaped, null);
    boolean known = same || clock.instant().getEpochSecond() == report.second();
    Quota written =
        new Quota(
            old.key(),
            0,
            old.name(),
            shaped,
            old.scopes(),
            hard,
            used,
            known ? report : Report.UNKNOWN);
    parsed.keep(value, written);
    return new Written(written, value);
  }

  /// The report that the write is; that of before when nobody's fields change by it.
  private Report report(Quota old, ResourceAmounts hard, ResourceAmounts used, String manager) {
    long second = clock.instant().getEpochSecond();
    Set<String> changed = new HashSet<>();
    used.values()
        .forEach((name, amount) -> {
          if (!amount.equals(old.used().values().get(name))) {
            changed.add(name);
          }
        });
    Report last = old.reported();
    boolean covered =
        last.manager().equals(manager)
            && last.second() == second
            && last.names().containsAll(changed)
            && hard.equals(old.hard())
            && used.values().keySet().containsAll(old.used().values().keySet());
    return covered ? last : new Report(manager, second, changed);
  }

  private void own(Quota old, JsonObject now, String manager) {
    Write write =
        new Write(type.groupVersionKind(), type.schema(), type.hasStatus(), "status", manager);
    JsonArray owners = ownership.updated(write, old.tree(), now);
    if (owners != null) {
      now.objectAt("metadata").set("managedFields", owners);
    }
  }

  private static JsonObject json(ResourceAmounts amounts) {
    JsonObject json = new JsonObject();
    amounts.values().forEach((name, amount) -> json.set(name, amount.toString()));
    return json;
  }
}
