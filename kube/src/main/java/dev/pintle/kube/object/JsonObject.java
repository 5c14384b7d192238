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
/// [Hashes], because the names are the client's; so many that the collector would feel them are kept as [CompactFields].
public final class JsonObject implements Json, FieldReaders, Iterable<JsonObject.Field> {
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
  // Instead of all above; null for most.
  private @Nullable CompactFields compact;
  // Null for most.
  private @Nullable RareParts rare;

  public record Field(String name, Json value) {}

  /// An object that is read from its JSON only when somebody looks into it, and until then written as it is; of bytes that are given
  /// away, and are known to be an object as [JsonWriter] writes it.
  public static JsonObject unread(byte[] json) {
    JsonObject object = new JsonObject();
    object.rare().unread = json;
    return object;
  }

  /// The JSON of an object that nobody has looked into since it was made [#unread]; null for others.
  byte @Nullable [] unread() {
    return rare == null ? null : rare.unread;
  }

  private RareParts rare() {
    if (rare == null) {
      rare = new RareParts();
    }
    return rare;
  }

  private void open() {
    if (rare != null && rare.unread != null) {
      read(rare, rare.unread);
    }
  }

  /// Of several threads that look into it at the same time, all read the same.
  private void read(RareParts parts, byte[] json) {
    if (JsonReader.read(json) instanceof JsonObject read) {
      take(read);
      parts.unread = null;
    }
  }

  private void take(JsonObject other) {
    names = other.names;
    values = other.values;
    slots = other.slots;
    bits = other.bits;
    compact = other.compact;
    size = other.size;
  }

  public int size() {
    open();
    return compact == null ? size - gaps : compact.size();
  }

  public boolean isEmpty() {
    return size() == 0;
  }

  public String nameAt(int position) {
    settle();
    return compact == null ? names[position] : compact.name(position);
  }

  public Json valueAt(int position) {
    settle();
    return compact == null ? values[position] : compact.value(position);
  }

  @Override
  public @Nullable Json get(String name) {
    int position = find(name);
    if (position < 0) {
      return null;
    }
    return compact == null ? values[position] : compact.value(position);
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
    rare().text = read;
  }

  /// See [#keepText]; null when it is written as all others are.
  public @Nullable String keptText() {
    return rare == null ? null : rare.text;
  }

  /// Forgets the text that this was read of.
  public void forgetText() {
    if (rare != null) {
      rare.text = null;
    }
  }

  /// Remembers a list or map without items that was given for `name` and is the same as none to everybody but a message that shows
  /// it: it is neither a field nor counted, compared or written.
  public void omit(String name, Json empty) {
    RareParts parts = rare();
    if (parts.omitted == null) {
      parts.omitted = new JsonObject();
    }
    parts.omitted.set(name, empty);
  }

  /// What was given for `name` and left out for being empty; null when nothing was.
  public @Nullable Json omitted(String name) {
    return rare == null || rare.omitted == null ? null : rare.omitted.get(name);
  }

  /// Remembers that a value was given in other words than it is kept in, which Go tells from what was kept.
  public void respell() {
    rare().respelled = true;
  }

  /// Whether Go, which compares structures part by part, would tell this object from what it is once it was stored: a value was given
  /// in other words, or a list or map without items.
  public boolean isHeldOtherwise() {
    return rare != null && (rare.respelled || (rare.omitted != null && !rare.omitted.isEmpty()));
  }

  /// What a message shows of `name`: the field, or the empty value that was given; null when there is neither.
  public @Nullable Json given(String name) {
    Json there = get(name);
    return there == null ? omitted(name) : there;
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
    exchange(name, value);
    return this;
  }

  /// As [#set].
  ///
  /// @return what stood there before, null when nothing did
  @Nullable Json exchange(String name, Json value) {
    open();
    forgetText();
    if (compact != null) {
      return compact.exchange(name, value);
    }
    int hash = slots == null ? 0 : Hashes.of(name);
    int position = slots == null ? scan(name) : FieldSlots.find(slots, names, name, hash, GAP);
    if (position < 0) {
      append(name, value, hash);
      return null;
    }
    Json before = values[position];
    values[position] = value;
    return before;
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
    if (compact != null) {
      removeIf(compact, condition);
      return;
    }
    for (int i = 0; i < size; i++) {
      if (condition.test(names[i], values[i])) {
        gap(i);
      }
    }
    settle();
  }

  private void removeIf(CompactFields fields, BiPredicate<? super String, ? super Json> condition) {
    JsonObject kept = new JsonObject();
    for (int i = 0; i < fields.size(); i++) {
      String name = fields.name(i);
      Json value = fields.value(i);
      if (!condition.test(name, value)) {
        kept.set(name, value);
      }
    }
    if (kept.size() < fields.size()) {
      forgetText();
      take(kept);
    }
  }

  /// As [#remove], in constant time; the owner must [#settle] the object before another thread may see it.
  public @Nullable Json removeLater(String name) {
    if (rare != null && rare.omitted != null) {
      rare.omitted.remove(name);
    }
    int position = find(name);
    if (position < 0) {
      return null;
    }
    if (compact != null) {
      spread(compact);
    }
    Json removed = values[position];
    gap(position);
    return removed;
  }

  /// Puts the fields into arrays, where they can be removed.
  private void spread(CompactFields fields) {
    size = fields.size();
    names = new String[size];
    values = new Json[size];
    for (int i = 0; i < size; i++) {
      names[i] = fields.name(i);
      values[i] = fields.value(i);
      bits |= bit(names[i].hashCode());
    }
    slots = FieldSlots.of(names, size);
    compact = null;
  }

  private void gap(int position) {
    forgetText();
    names[position] = GAP;
    values[position] = Json.NULL;
    gaps++;
  }

  /// Closes the gaps that [#removeLater] left.
  @SuppressWarnings("ReferenceEquality") // The gap is one object.
  public void settle() {
    open();
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
        return next < (compact == null ? size : compact.size());
      }

      @Override
      public Field next() {
        if (!hasNext()) {
          throw new NoSuchElementException();
        }
        Field field =
            compact == null
                ? new Field(names[next], values[next])
                : new Field(compact.name(next), compact.value(next));
        next++;
        return field;
      }
    };
  }

  @Override
  public JsonObject copy() {
    JsonObject copy = new JsonObject();
    copy.rare = rare == null ? null : rare.copy();
    if (unread() != null) {
      return copy;
    }
    settle();
    if (compact != null) {
      copy.compact = compact.copy();
      return copy;
    }
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
    copy.compactWhenLarge();
    return copy;
  }

  private void compactWhenLarge() {
    if (size >= CompactTexts.WORTH_IT) {
      compact = CompactFields.of(names, values, size);
      names = NO_NAMES;
      values = NO_VALUES;
      slots = null;
      size = 0;
    }
  }

  /// Equal when the same names have equal values, in whatever order.
  @Override
  public boolean equals(@Nullable Object other) {
    if (!(other instanceof JsonObject that) || that.size() != size()) {
      return false;
    }
    byte[] json = unread();
    if (json != null && Arrays.equals(json, that.unread())) {
      return true;
    }
    for (int i = 0; i < size(); i++) {
      Json mine = valueAt(i);
      Json theirs = that.get(nameAt(i));
      if (!mine.equals(theirs)) {
        return false;
      }
    }
    return true;
  }

  @Override
  public int hashCode() {
    int sum = 0;
    for (int i = 0; i < size(); i++) {
      sum += Hashes.of(Hashes.of(nameAt(i)), valueAt(i).hashCode());
    }
    return sum;
  }

  @Override
  public String toString() {
    StringBuilder text = new StringBuilder("{");
    for (int i = 0; i < size(); i++) {
      text.append(i == 0 ? "" : ", ").append(nameAt(i)).append(": ").append(valueAt(i));
    }
    return text.append('}').toString();
  }

  @SuppressWarnings("ReferenceEquality") // The gap is one object.
  private int find(String name) {
    open();
    if (compact != null) {
      return compact.find(name);
    }
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
    if (size == CompactTexts.WORTH_IT && gaps == 0) {
      compactWhenLarge();
    }
  }

  /// The positions of the fields by their names, in the order of [Utf8Order].
  int[] positionsByName() {
    settle();
    if (compact != null) {
      return PlaceOrder.of(compact.size(), compact.names()::compare);
    }
    String[] named = names;
    return PlaceOrder.of(size, (one, other) -> Utf8Order.compare(named[one], named[other]));
  }
}
