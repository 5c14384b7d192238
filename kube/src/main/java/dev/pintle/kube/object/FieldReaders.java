package dev.pintle.kube.object;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// The readers of an object's fields by the type that is looked for: what is absent, or something else, is null or empty, and never an
/// error.
public sealed interface FieldReaders permits JsonObject {
  /// The value of a field, or null when it is absent.
  @Nullable Json get(String name);

  /// The object under `name`, or null when it is absent or something else.
  default @Nullable JsonObject object(String name) {
    return get(name) instanceof JsonObject child ? child : null;
  }

  /// The array under `name`, or null when it is absent or something else.
  default @Nullable JsonArray array(String name) {
    return get(name) instanceof JsonArray child ? child : null;
  }

  /// The text under `name`, or null when it is absent or something else.
  default @Nullable String text(String name) {
    return get(name) instanceof Json.Text text ? text.value() : null;
  }

  /// The text under `name`, empty when it is absent or something else.
  default String textOrEmpty(String name) {
    return get(name) instanceof Json.Text text ? text.value() : "";
  }

  /// The whole number under `name`, 0 when it is absent or something else.
  default long wholeOrZero(String name) {
    return get(name) instanceof Json.Whole number ? number.value() : 0;
  }

  default boolean isTrue(String name) {
    return Json.Bool.TRUE.equals(get(name));
  }

  /// The object under `name`; when it is absent or something else an empty one, which belongs to nobody.
  default JsonObject objectOrEmpty(String name) {
    return get(name) instanceof JsonObject child ? child : new JsonObject();
  }

  /// The array under `name`; when it is absent or something else an empty one, which belongs to nobody.
  default JsonArray arrayOrEmpty(String name) {
    return get(name) instanceof JsonArray child ? child : new JsonArray();
  }

  /// The objects among the items of the array under `name`; none when there is no array.
  default List<JsonObject> objects(String name) {
    return get(name) instanceof JsonArray child ? child.objects() : List.of();
  }

  /// The items of the array under `name` as texts, empty for each that is none; none when there is no array.
  default List<String> texts(String name) {
    return get(name) instanceof JsonArray child ? child.texts() : List.of();
  }

  /// The value at the end of a path of names, null when it leads nowhere.
  default @Nullable Json get(List<String> path) {
    JsonObject holder = object(path.subList(0, path.size() - 1));
    return holder == null ? null : holder.get(path.getLast());
  }

  /// The object at the end of a path of names, null when it leads to none. The empty path leads here.
  default @Nullable JsonObject object(List<String> path) {
    FieldReaders holder = this;
    for (int i = 0; holder != null && i < path.size(); i++) {
      holder = holder.object(path.get(i));
    }
    return (JsonObject) holder;
  }
}
