package dev.pintle.kube.object;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// A JSON array.
public final class JsonArray implements Json, Iterable<Json> {
  private final List<Json> items;

  public JsonArray() {
    this(new ArrayList<>());
  }

  private JsonArray(List<Json> items) {
    this.items = items;
  }

  public static JsonArray of(Json... items) {
    return new JsonArray(new ArrayList<>(List.of(items)));
  }

  public int size() {
    return items.size();
  }

  public boolean isEmpty() {
    return items.isEmpty();
  }

  public Json at(int index) {
    return items.get(index);
  }

  /// The objects among the items.
  public List<JsonObject> objects() {
    List<JsonObject> objects = new ArrayList<>(items.size());
    for (Json item : items) {
      if (item instanceof JsonObject object) {
        objects.add(object);
      }
    }
    return objects;
  }

  /// The items as texts; empty for each that is none.
  public List<String> texts() {
    List<String> texts = new ArrayList<>(items.size());
    for (Json item : items) {
      texts.add(item instanceof Text text ? text.value() : "");
    }
    return texts;
  }

  public void add(Json item) {
    items.add(item);
  }

  public void insert(int index, Json item) {
    items.add(index, item);
  }

  public void set(int index, Json item) {
    items.set(index, item);
  }

  public void remove(int index) {
    items.remove(index);
  }

  /// Removes all items that `condition` holds for.
  public void removeIf(Predicate<? super Json> condition) {
    items.removeIf(condition);
  }

  @Override
  public Iterator<Json> iterator() {
    return items.iterator();
  }

  @Override
  public JsonArray copy() {
    List<Json> copies = new ArrayList<>(items.size());
    for (Json item : items) {
      copies.add(item.copy());
    }
    return new JsonArray(copies);
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof JsonArray that && items.equals(that.items);
  }

  @Override
  public int hashCode() {
    int hash = items.size();
    for (Json item : items) {
      hash = Hashes.of(hash, item.hashCode());
    }
    return hash;
  }

  @Override
  public String toString() {
    return items.toString();
  }
}
