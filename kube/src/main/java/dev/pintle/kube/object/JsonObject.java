package dev.pintle.kube.object;

import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.function.BiPredicate;
import org.jspecify.annotations.Nullable;

/// A JSON object: fields in the order in which they were first set.
///
/// Fields lie in two arrays and are found by a scan, identity first: objects of the API have few fields, and their names
/// are interned by the parsers; which names are not among them is mostly seen without a scan. Beyond [#SCANNED_FIELDS_MAX] fields a hash table of positions is kept beside them, by
/// [Hashes], because the names are the client's.
public final class JsonObject implements Json, Iterable<JsonObject.Field> {
  private static final int SCANNED_FIELDS_MAX = 16;
  private static final int FIELDS_AT_FIRST = 6;
  private static final String[] NO_NAMES = {};
  private static final Json[] NO_VALUES = {};

  /// Stands, as this very object, where a field was.
  private static final String GAP = String.valueOf(new char[0]);

  private String[] names = NO_NAMES;
  private Json[] values = NO_VALUES;
  private int size;
  // The bits of all names that ever were here, see [#bit]: most that rules ask for never were.
  private long bits;
  // See [FieldSlots]; null while the fields are few.
  private int @Nullable [] slots;
  // The position after the field that was found last: who walks through two large objects of the
  // same names finds each without the table. It is checked before it is believed, so readers on
  // several threads may write it.
  private int expected;
  // Positions that hold no field any more, see [#removeLater].
  private int gaps;
  // See [#omit]; null for most.
  private @Nullable JsonObject omitted;
  // See [#keepText]; null for most.
  private @Nullable String text;

  public record Field(String name, Json value) {}

  public int size() {
    return size - gaps;
  }

  public boolean isEmpty() {
    return size() == 0;
  }

  public String nameAt(int position) {
    settle();
    return names[position];
  }

  public Json valueAt(int position) {
    settle();
    return values[position];
  }

  public @Nullable Json get(String name) {
    int position = find(name);
    return position < 0 ? null : values[position];
  }

  /// Where a field stands; -1 when it is absent.
  public int positionOf(String name) {
    settle();
    return find(name);
  }

  public boolean has(String name) {
    return find(name) >= 0;
  }

  /// Remembers the text that this was read of, with its spaces, for as long as nothing changes in this very object: it is written in
  /// its place.
  public void keepText(String read) {
    text = read;
  }

  /// See [#keepText]; null when it is written as all others are.
  public @Nullable String keptText() {
    return text;
  }

  /// Forgets the text that this was read of.
  public void forgetText() {
    text = null;
  }

  /// Remembers a list or map without items that was given for `name` and is the same as none to everybody but a message that shows
  /// it: it is neither a field nor counted, compared or written.
  public void omit(String name, Json empty) {
    if (omitted == null) {
      omitted = new JsonObject();
    }
    omitted.set(name, empty);
  }

  /// What was given for `name` and left out for being empty; null when nothing was.
  public @Nullable Json omitted(String name) {
    return omitted == null ? null : omitted.get(name);
  }

  /// What a message shows of `name`: the field, or the empty value that was given; null when there is neither.
  public @Nullable Json given(String name) {
    Json there = get(name);
    return there == null ? omitted(name) : there;
  }

  /// The object under `name`, or null when it is absent or something else.
  public @Nullable JsonObject object(String name) {
    return get(name) instanceof JsonObject child ? child : null;
  }

  /// The array under `name`, or null when it is absent or something else.
  public @Nullable JsonArray array(String name) {
    return get(name) instanceof JsonArray child ? child : null;
  }

  /// The text under `name`, or null when it is absent or something else.
  public @Nullable String text(String name) {
    return get(name) instanceof Text text ? text.value() : null;
  }

  /// The text under `name`, empty when it is absent or something else.
  public String textOrEmpty(String name) {
    return get(name) instanceof Text text ? text.value() : "";
  }

  /// The whole number under `name`, 0 when it is absent or something else.
  public long wholeOrZero(String name) {
    return get(name) instanceof Whole number ? number.value() : 0;
  }

  public boolean isTrue(String name) {
    return Bool.TRUE.equals(get(name));
  }

  /// The object under `name`; when it is absent or something else an empty one, which belongs to nobody.
  public JsonObject objectOrEmpty(String name) {
    return get(name) instanceof JsonObject child ? child : new JsonObject();
  }

  /// The array under `name`; when it is absent or something else an empty one, which belongs to nobody.
  public JsonArray arrayOrEmpty(String name) {
    return get(name) instanceof JsonArray child ? child : new JsonArray();
  }

  /// The objects among the items of the array under `name`; none when there is no array.
  public List<JsonObject> objects(String name) {
    return get(name) instanceof JsonArray child ? child.objects() : List.of();
  }

  /// The items of the array under `name` as texts, empty for each that is none; none when there is no array.
  public List<String> texts(String name) {
    return get(name) instanceof JsonArray child ? child.texts() : List.of();
  }

  /// The value at the end of a path of names, null when it leads nowhere.
  public @Nullable Json get(List<String> path) {
    JsonObject holder = object(path.subList(0, path.size() - 1));
    return holder == null ? null : holder.get(path.getLast());
  }

  /// The object at the end of a path of names, null when it leads to none. The empty path leads here.
  public @Nullable JsonObject object(List<String> path) {
    JsonObject holder = this;
    for (int i = 0; holder != null && i < path.size(); i++) {
      holder = holder.object(path.get(i));
    }
    return holder;
  }

  /// The object at the end of a path of names, made with all on the way to it where there is none.
  public JsonObject objectAt(List<String> path) {
    JsonObject holder = this;
    for (String name : path) {
      holder = holder.objectAt(name);
    }
    return holder;
  }

  /// Sets a field; a new one goes to the end, an old one keeps its place.
  public JsonObject set(String name, Json value) {
    text = null;
    int hash = slots == null ? 0 : Hashes.of(name);
    int position = slots == null ? scan(name) : FieldSlots.find(slots, names, name, hash, GAP);
    if (position >= 0) {
      values[position] = value;
    } else {
      append(name, value, hash);
    }
    return this;
  }

  public JsonObject set(String name, String value) {
    return set(name, new Text(value));
  }

  /// The object under `name`, made when there is none.
  public JsonObject objectAt(String name) {
    if (get(name) instanceof JsonObject child) {
      return child;
    }
    JsonObject made = new JsonObject();
    set(name, made);
    return made;
  }

  /// The array under `name`, made when there is none.
  public JsonArray arrayAt(String name) {
    if (get(name) instanceof JsonArray child) {
      return child;
    }
    JsonArray made = new JsonArray();
    set(name, made);
    return made;
  }

  /// Takes time in the number of fields: who removes many uses [#removeIf].
  public @Nullable Json remove(String name) {
    Json removed = removeLater(name);
    settle();
    return removed;
  }

  /// Removes all fields that `condition` holds for, in one go.
  public void removeIf(BiPredicate<? super String, ? super Json> condition) {
    settle();
    for (int i = 0; i < size; i++) {
      if (condition.test(names[i], values[i])) {
        gap(i);
      }
    }
    settle();
  }

  /// As [#remove], in constant time; the owner must [#settle] the object before another thread may see it.
  public @Nullable Json removeLater(String name) {
    int position = find(name);
    if (position < 0) {
      return null;
    }
    Json removed = values[position];
    gap(position);
    return removed;
  }

  private void gap(int position) {
    text = null;
    names[position] = GAP;
    values[position] = Json.NULL;
    gaps++;
  }

  /// Closes the gaps that [#removeLater] left.
  @SuppressWarnings("ReferenceEquality") // The gap is one object.
  public void settle() {
    if (gaps == 0) {
      return;
    }
    int kept = 0;
    for (int i = 0; i < size; i++) {
      if (names[i] != GAP) {
        names[kept] = names[i];
        values[kept++] = values[i];
      }
    }
    Arrays.fill(names, kept, size, null);
    Arrays.fill(values, kept, size, null);
    size = kept;
    gaps = 0;
    slots = size <= SCANNED_FIELDS_MAX ? null : FieldSlots.of(names, size);
  }

  @Override
  public Iterator<Field> iterator() {
    settle();
    return new Iterator<>() {
      private int next;

      @Override
      public boolean hasNext() {
        return next < size;
      }

      @Override
      public Field next() {
        if (next >= size) {
          throw new NoSuchElementException();
        }
        Field field = new Field(names[next], values[next]);
        next++;
        return field;
      }
    };
  }

  @Override
  public JsonObject copy() {
    settle();
    JsonObject copy = new JsonObject();
    copy.omitted = omitted == null ? null : omitted.copy();
    copy.text = text;
    if (size == 0) {
      return copy;
    }
    copy.names = Arrays.copyOf(names, size);
    copy.values = new Json[size];
    for (int i = 0; i < size; i++) {
      copy.values[i] = values[i].copy();
    }
    copy.size = size;
    copy.bits = bits;
    copy.slots = slots == null ? null : slots.clone();
    return copy;
  }

  /// Equal when the same names have equal values, in whatever order.
  @Override
  public boolean equals(@Nullable Object other) {
    if (!(other instanceof JsonObject that) || that.size() != size()) {
      return false;
    }
    settle();
    for (int i = 0; i < size; i++) {
      if (!values[i].equals(that.get(names[i]))) {
        return false;
      }
    }
    return true;
  }

  @Override
  public int hashCode() {
    settle();
    int sum = 0;
    for (int i = 0; i < size; i++) {
      sum += Hashes.of(Hashes.of(names[i]), values[i].hashCode());
    }
    return sum;
  }

  @Override
  public String toString() {
    settle();
    StringBuilder text = new StringBuilder("{");
    for (int i = 0; i < size; i++) {
      text.append(i == 0 ? "" : ", ").append(names[i]).append(": ").append(values[i]);
    }
    return text.append('}').toString();
  }

  @SuppressWarnings("ReferenceEquality") // The gap is one object.
  private int find(String name) {
    if (slots == null) {
      return scan(name);
    }
    int likely = expected;
    if (likely < size && names[likely].equals(name) && names[likely] != GAP) {
      expected = likely + 1;
      return likely;
    }
    int position = FieldSlots.find(slots, names, name, Hashes.of(name), GAP);
    if (position >= 0) {
      expected = position + 1;
    }
    return position;
  }

  @SuppressWarnings(
      "ReferenceEquality") // Names are interned: the same name is nearly always the same text.
  private int scan(String name) {
    int hash = name.hashCode();
    if ((bits & bit(hash)) == 0) {
      return -1;
    }
    for (int i = 0; i < size; i++) {
      String candidate = names[i];
      if (candidate == name
          || (candidate.hashCode() == hash && candidate.equals(name) && candidate != GAP)) {
        return i;
      }
    }
    return -1;
  }

  /// One of 64 bits that a name's hash chooses, by its upper half too: short names differ little in the lower one.
  private static long bit(int hash) {
    return 1L << (hash ^ (hash >>> 16) ^ (hash >>> 8));
  }

  /// @param hash of the name, by [Hashes], where there is a table
  private void append(String name, Json value, int hash) {
    if (size == names.length) {
      settle();
    }
    if (size == names.length) {
      int room = Math.max(FIELDS_AT_FIRST, size * 2);
      names = Arrays.copyOf(names, room);
      values = Arrays.copyOf(values, room);
    }
    names[size] = name;
    values[size] = value;
    size++;
    bits |= bit(name.hashCode());
    if (slots != null && size * 2 <= slots.length) {
      FieldSlots.place(slots, hash, size - 1);
    } else {
      slots = size <= SCANNED_FIELDS_MAX ? null : FieldSlots.of(names, size);
    }
  }
}
