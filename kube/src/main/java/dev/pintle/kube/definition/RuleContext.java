package dev.pintle.kube.definition;

import dev.pintle.kube.cel.SchemaTypes;
import dev.pintle.kube.object.Json;
import dev.pintle.kube.schema.Field;
import dev.pintle.kube.schema.SchemaNode;
import dev.pintle.kube.schema.ValueKind;
import org.jspecify.annotations.Nullable;

/// The matter of the expressions at a place of a schema.
///
/// @param scoped whether there are expressions here or above
/// @param isTyped whether expressions can speak of all values from the highest that has any down to this one
/// @param most how many values there can be at the place, unsigned; null when nothing above bounds them
record RuleContext(
    SchemaNode node,
    boolean root,
    boolean scoped,
    boolean isTyped,
    @Nullable Long most,
    SchemaTypes types,
    RuleCosts costs) {

  static RuleContext ofRoot(SchemaNode node, RuleCosts costs) {
    return new RuleContext(node, true, hasRules(node), true, 1L, new SchemaTypes(), costs);
  }

  private static boolean hasRules(SchemaNode node) {
    return !node.rules().extensions().validations().isEmpty();
  }

  private RuleContext child(JsonSchemaProps parent, SchemaNode child) {
    Long elements = elements(parent);
    Long bounded = most == null || elements == null ? null : RuleCosts.times(most, elements);
    boolean inScope = scoped || hasRules(child);
    return new RuleContext(
        child,
        child.rules().extensions().embeddedResource(),
        inScope,
        isTyped && (!inScope || SchemaTypes.isKnown(child)),
        bounded,
        types,
        costs);
  }

  @Nullable RuleContext property(JsonSchemaProps parent, String name) {
    Field field = node.field(name);
    return field == null ? null : child(parent, field.node());
  }

  @Nullable RuleContext items(JsonSchemaProps parent) {
    return node.kind() == ValueKind.LIST && node.hasItems() ? child(parent, node.items()) : null;
  }

  @Nullable RuleContext additional(JsonSchemaProps parent) {
    return node.kind() != ValueKind.LIST && node.hasItems() ? child(parent, node.items()) : null;
  }

  /// How many values a value of the schema can hold, null when it does not say.
  private static @Nullable Long elements(JsonSchemaProps schema) {
    return switch (schema.type()) {
      case "object" -> schema.hasAdditional() ? bound(schema, "maxProperties") : Long.valueOf(1);
      case "array" -> bound(schema, "maxItems");
      default -> 1L;
    };
  }

  private static @Nullable Long bound(JsonSchemaProps schema, String word) {
    return schema.json().get(word) instanceof Json.Whole(long most) ? Math.max(most, 0) : null;
  }
}
