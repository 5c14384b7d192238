package dev.pintle.kube.quota;

import dev.pintle.kernel.Bytes;
import dev.pintle.kernel.keyspace.KeyValue;
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
import org.jspecify.annotations.Nullable;

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

  /// A quota that was read for a change; mostly one that was written lately.
  Quota read(KeyValue kv) {
    Quota known = parsed.find(kv.value());
    return known == null ? Quota.of(kv.key(), objects.read(type, kv).tree()) : known;
  }

  /// @param manager who says so
  Written write(Quota old, ResourceAmounts hard, ResourceAmounts used, String manager) {
    Report news = news(old, hard, used, manager);
    QuotaBytes bytes = old.bytes();
    Written written =
        news == null && bytes != null && used.values().size() == old.used().values().size()
            ? charged(old, used, bytes.with(used))
            : whole(old, hard, used, news);
    parsed.keep(written.value(), written.quota());
    return written;
  }

  private static Written charged(Quota old, ResourceAmounts used, QuotaBytes bytes) {
    return new Written(old.charged(used, bytes), bytes.value());
  }

  private Written whole(
      Quota old, ResourceAmounts hard, ResourceAmounts used, @Nullable Report news) {
    JsonObject before = before(old);
    JsonObject now = before.copy();
    now.set("status", status(hard, used));
    if (news != null) {
      own(before, now, news.manager());
    }
    JsonObject shaped = Canonicalizer.canonical(type.schema(), now);
    Bytes value = objects.write(type, shaped, null);
    Report last = news == null ? old.reported() : news;
    boolean known = news == null || clock.instant().getEpochSecond() == news.second();
    return new Written(
        new Quota(
            old.key(),
            0,
            old.name(),
            shaped,
            old.scopes(),
            hard,
            used,
            known ? last : Report.UNKNOWN,
            QuotaBytes.of(value, used)),
        value);
  }

  /// The whole quota, as it is.
  private static JsonObject before(Quota quota) {
    return quota.bytes() == null
        ? quota.tree()
        : quota.tree().copy().set("status", status(quota.hard(), quota.used()));
  }

  /// The report that the write is; null when nobody's fields change by it.
  private @Nullable Report news(
      Quota old, ResourceAmounts hard, ResourceAmounts used, String manager) {
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
    return covered ? null : new Report(manager, second, changed);
  }

  private void own(JsonObject before, JsonObject now, String manager) {
    Write write =
        new Write(type.groupVersionKind(), type.schema(), type.hasStatus(), "status", manager);
    JsonArray owners = ownership.updated(write, before, now);
    if (owners != null) {
      now.objectAt("metadata").set("managedFields", owners);
    }
  }

  private static JsonObject status(ResourceAmounts hard, ResourceAmounts used) {
    return new JsonObject().set("hard", json(hard)).set("used", json(used));
  }

  private static JsonObject json(ResourceAmounts amounts) {
    JsonObject json = new JsonObject();
    amounts.values().forEach((name, amount) -> json.set(name, amount.toString()));
    return json;
  }
}
