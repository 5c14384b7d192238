package dev.pintle.kube.object;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// A JSON array.
///
/// Its texts are kept bare, without a [Json.Text] around each, and many of them compactly, as long as there is nothing else.
public final class JsonArray implements Json, Iterable<Json> {
  /// Each a text or a [Json] that is none.
  private List<Object> items;

  // Instead of the items, see [CompactTexts].
  private @Nullable CompactTexts texts;

  public JsonArray() {
    this(new ArrayList<>());
  }

  private JsonArray(List<Object> items) {
    this.items = items;
  }

  public static JsonArray of(Json... items) {
    JsonArray array = new JsonArray(new ArrayList<>(items.length));
    for (Json item : items) {
      array.add(item);
    }
    return array;
  }

  private static Object bare(Json item) {
    return item instanceof Text text ? text.value() : item;
  }

  private static Json whole(Object item) {
    return item instanceof String text ? new Text(text) : (Json) item;
  }

  public int size() {
    return texts == null ? items.size() : texts.size();
  }

  public boolean isEmpty() {
    return size() == 0;
  }

  public Json at(int index) {
    return texts == null ? whole(items.get(index)) : new Text(texts.get(index));
  }

  /// The items as a list that can be changed.
  private List<Object> loose() {
    if (texts != null) {
      items = new ArrayList<>(texts);
      texts = null;
    }
    return items;
  }

  private void packTexts() {
    for (Object item : items) {
      if (!(item instanceof String)) {
        return;
      }
    }
    CompactTexts packed = new CompactTexts();
    for (Object item : items) {
      packed.append((String) item);
    }
    texts = packed;
    items = List.of();
  }

  /// The objects among the items.
  public List<JsonObject> objects() {
    List<JsonObject> objects = new ArrayList<>(texts == null ? items.size() : 0);
    for (Object item : items) {
      if (item instanceof JsonObject object) {
        objects.add(object);
      }
    }
    return objects;
  }

  /// The texts among the items; not to be changed.
  public List<String> onlyTexts() {
    if (texts != null) {
      return texts.share();
    }
    List<String> found = new ArrayList<>(items.size());
    for (Object item : items) {
      if (item instanceof String text) {
        found.add(text);
      }
    }
    return Collections.unmodifiableList(found);
  }

  /// The items as texts, empty for each that is none; not to be changed.
  public List<String> texts() {
    if (texts != null) {
      return texts.share();
    }
    List<String> each = new ArrayList<>(items.size());
    for (Object item : items) {
      each.add(item instanceof String text ? text : "");
    }
    return Collections.unmodifiableList(each);
  }

  public void add(Json item) {
    if (texts != null && item instanceof Text(var text)) {
      texts.append(text);
      return;
    }
    loose().add(bare(item));
    if (items.size() == CompactTexts.WORTH_IT) {
      packTexts();
    }
  }

  public void insert(int index, Json item) {
    loose().add(index, bare(item));
  }

  public void set(int index, Json item) {
    if (texts == null || !(item instanceof Text(var text)) || !texts.is(index, text)) {
      loose().set(index, bare(item));
    }
  }

  public void remove(int index) {
    loose().remove(index);
  }

  /// Removes all items that `condition` holds for.
  public void removeIf(Predicate<? super Json> condition) {
    if (texts == null) {
      items.removeIf(item -> condition.test(whole(item)));
    } else {
      JsonArray kept = new JsonArray();
      forEach(item -> {
        if (!condition.test(item)) {
          kept.add(item);
        }
      });
      items = kept.items;
      texts = kept.texts;
    }
  }

  @Override
  public Iterator<Json> iterator() {
    return new Iterator<>() {
      private int next;

      @Override
      public boolean hasNext() {
        return next < size();
      }

      @Override
      public Json next() {
        if (next >= size()) {
          throw new NoSuchElementException();
        }
        return at(next++);
      }

      @Override
      public void remove() {
        JsonArray.this.remove(--next);
      }
    };
  }

  @Override
  public JsonArray copy() {
    JsonArray copy = new JsonArray(new ArrayList<>(items.size()));
    for (Object item : items) {
      copy.items.add(item instanceof Json json ? json.copy() : item);
    }
    if (texts != null) {
      copy.texts = texts.share();
    } else if (items.size() >= CompactTexts.WORTH_IT) {
      copy.packTexts();
    }
    return copy;
  }

  @Override
  public boolean equals(@Nullable Object other) {
    if (!(other instanceof JsonArray that) || that.size() != size()) {
      return false;
    }
    for (int i = 0; i < size(); i++) {
      if (!bareAt(i).equals(that.bareAt(i))) {
        return false;
      }
    }
    return true;
  }

  private Object bareAt(int index) {
    return texts == null ? items.get(index) : texts.get(index);
  }

  @Override
  public int hashCode() {
    int hash = size();
    for (Json item : this) {
      hash = Hashes.of(hash, item.hashCode());
    }
    return hash;
  }

  @Override
  public String toString() {
    List<Json> whole = new ArrayList<>(size());
    forEach(whole::add);
    return whole.toString();
  }
}
