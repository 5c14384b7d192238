package dev.pintle.kube.validation;

import dev.pintle.kube.object.Json;
import dev.pintle.kube.object.JsonArray;
import dev.pintle.kube.object.JsonObject;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A structure that is being checked, and where it stands. Fields that are absent read as their zero values, as they do in
/// Go; [#has] tells the difference.
final class ValidatedObject {
  private final ValidationContext context;
  private final FieldPath path;
  private final JsonObject structure;
  private final @Nullable JsonObject old;

  ValidatedObject(
      ValidationContext context, FieldPath path, JsonObject structure, @Nullable JsonObject old) {
    this.context = context;
    this.path = path;
    this.structure = structure;
    this.old = old;
  }

  ValidationContext context() {
    return context;
  }

  JsonObject structure() {
    return structure;
  }

  FieldPath path() {
    return path;
  }

  FieldPath path(String field) {
    return path.child(field);
  }

  /// The same structure before the update.
  @Nullable JsonObject old() {
    return old;
  }

  boolean has(String field) {
    Json value = structure.get(field);
    return value != null && !(value instanceof Json.Null);
  }

  /// As [#has], and true of a list or map without items that was given.
  boolean isGiven(String field) {
    return has(field) || structure.omitted(field) != null;
  }

  @Nullable Json value(String field) {
    Json value = structure.get(field);
    return value instanceof Json.Null ? null : value;
  }

  /// The value for a message: what is there, or null as Go writes it.
  Json shown(String field) {
    Json value = structure.get(field);
    return value == null ? Json.NULL : value;
  }

  String text(String field) {
    return structure.textOrEmpty(field);
  }

  long number(String field) {
    return structure.wholeOrZero(field);
  }

  boolean isTrue(String field) {
    return structure.isTrue(field);
  }

  boolean isFalse(String field) {
    return Json.Bool.FALSE.equals(structure.get(field));
  }

  /// The structure under `field`, null when there is none.
  @Nullable ValidatedObject child(String field) {
    JsonObject child = structure.object(field);
    return child == null
        ? null
        : new ValidatedObject(context, path.child(field), child, oldObject(field));
  }

  /// The structure under `field`, an empty one when there is none: what Go embeds by value.
  ValidatedObject childOrEmpty(String field) {
    ValidatedObject child = child(field);
    return child == null
        ? new ValidatedObject(context, path.child(field), new JsonObject(), oldObject(field))
        : child;
  }

  private @Nullable JsonObject oldObject(String field) {
    return old == null ? null : old.object(field);
  }

  /// The structures in a list.
  List<ValidatedObject> items(String field) {
    JsonArray list = structure.array(field);
    if (list == null || list.isEmpty()) {
      return List.of();
    }
    FieldPath listPath = path.child(field);
    List<ValidatedObject> items = new ArrayList<>(list.size());
    for (int i = 0; i < list.size(); i++) {
      if (list.at(i) instanceof JsonObject item) {
        items.add(new ValidatedObject(context, listPath.index(i), item, null));
      }
    }
    return items;
  }

  List<String> texts(String field) {
    return structure.texts(field);
  }

  /// The entries of a map; none when it is absent.
  JsonObject map(String field) {
    return structure.objectOrEmpty(field);
  }

  int count(String field) {
    JsonArray list = structure.array(field);
    return list == null ? 0 : list.size();
  }

  void add(FieldError error) {
    context.findings().add(error);
  }

  void required(String field, String detail) {
    add(FieldError.required(path.child(field), detail));
  }

  void invalid(String field, String detail) {
    add(FieldError.invalid(path.child(field), shown(field), detail));
  }

  /// For texts that are absent: Go shows them as empty.
  void invalidText(String field, String detail) {
    add(FieldError.invalid(path.child(field), Json.of(text(field)), detail));
  }

  /// As [#invalidText], of a text that has a type of its own in Go.
  void invalidWord(String field, String detail) {
    add(FieldError.invalidWord(path.child(field), text(field), detail));
  }

  void invalid(String field, List<String> complaints) {
    for (String complaint : complaints) {
      invalidText(field, complaint);
    }
  }

  void invalidNumber(String field, List<String> complaints) {
    for (String complaint : complaints) {
      add(FieldError.invalid(path.child(field), Json.of(number(field)), complaint));
    }
  }

  void forbidden(String field, String detail) {
    add(FieldError.forbidden(path.child(field), detail));
  }

  void duplicate(String field) {
    add(FieldError.duplicate(path.child(field), shown(field)));
  }

  void notSupported(String field, String... supported) {
    add(FieldError.notSupportedWord(path.child(field), text(field), List.of(supported)));
  }

  void notNegative(String field) {
    if (number(field) < 0) {
      invalid(field, "must be greater than or equal to 0");
    }
  }

  /// Checks `field` against the rules of a type of structure.
  void check(String field, String type) {
    context.rules().check(type, childOrEmpty(field));
  }
}
