package dev.pintle.kube.defaults;

import dev.pintle.kube.discovery.Memoized;
import dev.pintle.kube.object.Json;
import dev.pintle.kube.object.JsonArray;
import dev.pintle.kube.object.JsonObject;
import dev.pintle.kube.rule.RuleTable;
import dev.pintle.kube.rule.TableFile;
import dev.pintle.kube.schema.Field;
import dev.pintle.kube.schema.OmitPolicy;
import dev.pintle.kube.schema.SchemaNode;
import dev.pintle.kube.schema.TypeSearch;
import dev.pintle.kube.schema.ValueKind;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// The filler of the built-in kinds, by the type of each structure.
public final class TypeDefaults {
  private static final String TABLE = "defaults.txt";

  private final RuleTable<DefaultRule> rules;
  // By type: the fields under which something may have to be filled in. Types are few and live as
  // long as the program.
  private final Map<String, List<Field>> fieldsToVisit = new ConcurrentHashMap<>();

  TypeDefaults(RuleTable<DefaultRule> rules) {
    this.rules = rules;
  }

  /// The defaults of the built-in kinds.
  ///
  /// @param json reads one JSON value
  public static TypeDefaults builtIn(Function<String, Json> json) {
    return new TypeDefaults(table(json));
  }

  static RuleTable<DefaultRule> table(Function<String, Json> json) {
    TableFile table = TableFile.beside(TypeDefaults.class, TABLE);
    return DefaultRuleReader.readLater(table, new Memoized<>(TypeDefaults::named), json);
  }

  private static Map<String, NamedDefault> named() {
    Map<String, NamedDefault> named = new HashMap<>();
    named.putAll(PodDefaults.all());
    named.putAll(ServiceDefaults.all());
    named.putAll(WorkloadDefaults.all());
    named.putAll(ResourceListDefaults.all());
    return named;
  }

  /// Fills in `structure`, which has the shape of `node`.
  public void apply(SchemaNode node, JsonObject structure) {
    for (DefaultRule rule : rules.of(node.typeName())) {
      switch (rule) {
        case DefaultRule.Call call -> call.rule().apply(structure);
        case DefaultRule.Fill fill -> fill(node, structure, fill);
      }
    }
    for (Field field : fieldsToVisit(node)) {
      visit(field, structure);
    }
  }

  private static void fill(SchemaNode node, JsonObject structure, DefaultRule.Fill fill) {
    SchemaNode holderNode = node;
    for (String name : fill.path()) {
      Field field = holderNode.field(name);
      if (field == null) {
        throw new IllegalStateException(
            "%s of %s: no such field (expected: one of its type)".formatted(name, node));
      }
      holderNode = field.node();
    }
    JsonObject holder = structure.object(fill.path());
    Field field = holderNode.field(fill.field());
    OmitPolicy omitPolicy = field == null ? OmitPolicy.POINTER : field.omitPolicy();
    if (!UnsetField.needsDefault(holder == null ? null : holder.get(fill.field()), omitPolicy)) {
      return;
    }
    for (DefaultRule.Condition condition : fill.conditions()) {
      if (!condition.holds(structure)) {
        return;
      }
    }
    structure.objectAt(fill.path()).set(fill.field(), fill.value().copy());
  }

  private void visit(Field field, JsonObject structure) {
    SchemaNode node = field.node();
    Json value = structure.get(field.name());
    if ((value == null || value instanceof Json.Null) && isEmbeddedByValue(field)) {
      JsonObject made = new JsonObject();
      apply(node, made);
      if (!made.isEmpty()) {
        structure.set(field.name(), made);
      }
    } else {
      visit(node, value);
    }
  }

  private void visit(SchemaNode node, @Nullable Json value) {
    if (value instanceof JsonObject object && node.kind() == ValueKind.OBJECT) {
      apply(node, object);
    } else if (value instanceof JsonArray list && node.kind() == ValueKind.LIST) {
      for (Json item : list) {
        visit(node.items(), item);
      }
    } else if (value instanceof JsonObject map && node.kind() == ValueKind.MAP) {
      for (int i = 0; i < map.size(); i++) {
        visit(node.items(), map.valueAt(i));
      }
    }
  }

  private static boolean isEmbeddedByValue(Field field) {
    return !field.omitPolicy().isPointer() && field.node().kind() == ValueKind.OBJECT;
  }

  private List<Field> fieldsToVisit(SchemaNode node) {
    List<Field> known = fieldsToVisit.get(node.typeName());
    if (known != null) {
      return known;
    }
    List<Field> found = new ArrayList<>();
    for (Field field : node.fields()) {
      if (TypeSearch.reaches(field.node(), rules::has)) {
        found.add(field);
      }
    }
    fieldsToVisit.put(node.typeName(), List.copyOf(found));
    return found;
  }
}
