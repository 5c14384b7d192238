package dev.pintle.kube.instance;

import dev.pintle.kube.object.GoText;
import dev.pintle.kube.object.Json;
import dev.pintle.kube.object.JsonArray;
import dev.pintle.kube.object.JsonObject;
import dev.pintle.kube.schema.Field;
import dev.pintle.kube.schema.SchemaNode;
import dev.pintle.kube.schema.ValueRules;
import dev.pintle.kube.schema.ValueRules.Bounds;
import dev.pintle.kube.validation.FieldError;
import dev.pintle.kube.validation.FieldPath;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The walk over a value and its schema. Everything is looked at, in upstream's order: what a value of the wrong type says
/// beside its type is told as well.
///
/// On an update, what is wrong with a part that did not change is let through: an object that was valid when it was written
/// can still be changed elsewhere after its definition became stricter ([Counterpart]).
final class ValueCheck {
  private final ValidationResult verdict;
  private final CheckEffort effort;
  private final AllowedValues allowed;
  private final boolean ofDefault;

  private ValueCheck(
      ValidationResult verdict, CheckEffort effort, AllowedValues allowed, boolean ofDefault) {
    this.verdict = verdict;
    this.effort = effort;
    this.allowed = allowed;
    this.ofDefault = ofDefault;
  }

  /// What is wrong with one value.
  ///
  /// @param prefix where the value stands, empty for a whole document
  /// @param old what was there before an update, null when nothing was
  static List<FieldError> of(SchemaNode node, Json value, String prefix, @Nullable Json old) {
    return of(node, value, prefix, old, false);
  }

  /// What is wrong with a default.
  static List<FieldError> ofDefault(SchemaNode node, Json value, String prefix) {
    return of(node, value, prefix, null, true);
  }

  private static List<FieldError> of(
      SchemaNode node, Json value, String prefix, @Nullable Json old, boolean ofDefault) {
    ValidationResult verdict = new ValidationResult();
    CheckEffort effort = new CheckEffort();
    InstanceValue subject = new InstanceValue(value, FieldPath.ROOT, prefix);
    new ValueCheck(verdict, effort, new AllowedValues(), ofDefault)
        .ratcheted(node, subject, Counterpart.of(node, value, old));
    if (effort.isSpent()) {
      subject.ofWhole(verdict, "value and schema are too large to be checked against one another");
    }
    return verdict.errors();
  }

  private void ratcheted(SchemaNode node, InstanceValue subject, @Nullable Counterpart old) {
    int before = verdict.size();
    value(node, subject, old);
    if (verdict.size() > before && old != null && old.isUnchanged()) {
      verdict.cutTo(before);
    }
  }

  private void value(SchemaNode node, InstanceValue subject, @Nullable Counterpart old) {
    if (verdict.isFull() || !effort.visit()) {
      return;
    }
    ValueTypes.check(
        node, ofDefault ? ValueTypes.ofDefault(node) : ValueTypes.of(node), subject, verdict);
    Json value = subject.value();
    if (!(value instanceof Json.Null)) {
      combined(node.rules().combined(), subject, old);
    }
    switch (value) {
      case Json.Text(String text) -> TextCheck.check(node, subject, text, verdict, effort);
      case Json.Whole _, Json.Decimal _ -> NumberCheck.check(node, subject, verdict);
      case JsonArray list -> items(node, list, subject, old);
      case JsonObject _, Json.Bool _, Json.Null _ -> {}
    }
    enumeration(node.rules(), subject);
    if (value instanceof JsonObject object) {
      object(node, object, subject, old);
    }
    verdict.match();
  }

  private void items(
      SchemaNode node, JsonArray list, InstanceValue subject, @Nullable Counterpart old) {
    SchemaNode items = node.itemsOfList();
    for (int i = 0; items != null && i < list.size(); i++) {
      ratcheted(items, subject.item(i, list.at(i)), old == null ? null : old.item(i));
    }
    Bounds bounds = node.rules().parts().items();
    tooFew(bounds, list.size(), subject, "items");
    Long most = bounds.atMost();
    if (most != null && list.size() > most) {
      subject.tooMany(verdict, list.size(), most, "items");
    }
    verdict.match();
  }

  private void tooFew(Bounds bounds, int size, InstanceValue subject, String what) {
    Long least = bounds.atLeast();
    if (least != null && size < least) {
      subject.invalid(verdict, Json.of(size), "should have at least %d %s".formatted(least, what));
    }
  }

  private void object(
      SchemaNode node, JsonObject object, InstanceValue subject, @Nullable Counterpart old) {
    Bounds bounds = node.rules().parts().properties();
    tooFew(bounds, object.size(), subject, "properties");
    Long most = bounds.atMost();
    if (most != null && object.size() > most) {
      subject.tooMany(verdict, object.size(), most, "properties");
    }
    SchemaNode values = node.valuesOfObject();
    for (JsonObject.Field field : object) {
      Field declared = node.field(field.name());
      Counterpart before = before(field.name(), subject, old);
      if (declared != null) {
        ratcheted(declared.node(), subject.child(field.name(), field.value()), before);
      } else if (values != null) {
        ratcheted(values, subject.child(field.name(), field.value()), before);
      }
    }
    for (String name : node.rules().parts().required()) {
      if (!object.has(name)) {
        subject.required(verdict, name);
      }
    }
  }

  /// A document's own kind and version have no counterpart: that they were others before is not seen.
  private static @Nullable Counterpart before(
      String name, InstanceValue subject, @Nullable Counterpart old) {
    boolean ofKind = name.equals("kind") || name.equals("apiVersion");
    return old == null || (ofKind && subject.path().isRoot()) ? null : old.part(name);
  }

  private void enumeration(ValueRules rules, InstanceValue subject) {
    List<Json> named = rules.enumeration();
    if (named.isEmpty() || allowed.isAmong(named, subject.value())) {
      return;
    }
    List<String> names = named.stream().map(ValueTypes::text).toList();
    FieldError shown = FieldError.notSupported(FieldPath.ROOT, subject.value(), names);
    verdict.add(
        "%s in body should be one of %s".formatted(subject.place(), names),
        new FieldError(
            FieldError.Kind.NOT_SUPPORTED, subject.field(), subject.value(), shown.detail()));
  }

  private void combined(
      ValueRules.Combined combined, InstanceValue subject, @Nullable Counterpart old) {
    if (!combined.anyOf().isEmpty()) {
      anyOf(combined.anyOf(), subject, old);
    }
    if (!combined.oneOf().isEmpty()) {
      oneOf(combined.oneOf(), subject, old);
    }
    if (!combined.allOf().isEmpty()) {
      allOf(combined.allOf(), subject, old);
    }
    @Nullable SchemaNode not = combined.not();
    if (not != null && tried(not, subject, old).isClean()) {
      about(subject, "must not validate the schema (not)");
    }
    verdict.match();
    verdict.match();
  }

  private ValidationResult tried(
      SchemaNode node, InstanceValue subject, @Nullable Counterpart old) {
    ValidationResult alone = new ValidationResult();
    new ValueCheck(alone, effort, allowed, ofDefault).value(node, subject, old);
    return alone;
  }

  private void about(InstanceValue subject, String rule) {
    subject.ofWhole(verdict, GoText.quote(subject.place()) + " " + rule);
  }

  private void anyOf(List<SchemaNode> parts, InstanceValue subject, @Nullable Counterpart old) {
    @Nullable ValidationResult best = null;
    for (SchemaNode part : parts) {
      ValidationResult alone = tried(part, subject, old);
      if (alone.isClean()) {
        verdict.add(alone);
        return;
      }
      best = best == null || alone.matches() > best.matches() ? alone : best;
    }
    about(subject, "must validate at least one schema (anyOf)");
    if (best != null) {
      verdict.add(best);
    }
  }

  private void oneOf(List<SchemaNode> parts, InstanceValue subject, @Nullable Counterpart old) {
    @Nullable ValidationResult best = null;
    @Nullable ValidationResult first = null;
    int fitting = 0;
    for (SchemaNode part : parts) {
      ValidationResult alone = tried(part, subject, old);
      if (alone.isClean()) {
        fitting++;
        first = first == null ? alone : first;
      } else if (fitting == 0 && (best == null || alone.matches() > best.matches())) {
        best = alone;
      }
    }
    if (fitting == 1 && first != null) {
      verdict.add(first);
      return;
    }
    String found =
        fitting == 0 ? "Found none valid" : "Found %d valid alternatives".formatted(fitting);
    about(subject, "must validate one and only one schema (oneOf). " + found);
    if (fitting == 0 && best != null) {
      verdict.add(best);
    }
  }

  private void allOf(List<SchemaNode> parts, InstanceValue subject, @Nullable Counterpart old) {
    int fitting = 0;
    for (SchemaNode part : parts) {
      ValidationResult alone = tried(part, subject, old);
      fitting += alone.isClean() ? 1 : 0;
      verdict.add(alone);
    }
    if (fitting != parts.size()) {
      about(
          subject,
          "must validate all the schemas (allOf)" + (fitting == 0 ? ". None validated" : ""));
    }
  }
}
