package dev.pintle.kube.object;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// The fields of a large object, with their names and, while all of them are texts, their values as [CompactTexts].
final class CompactFields {
  private final CompactTexts names;
  // Null as soon as there is another value than a text.
  private @Nullable CompactTexts texts;
  // Instead of the texts.
  private Json[] values;
  private int[] slots;
  // Whether the slots are also those of another object.
  private boolean shared;
  // The position after the field that was found last; it is checked before it is believed, so
  // readers on several threads may write it.
  private int expected;

  /// @param names of the first `size` fields, none twice
  static CompactFields of(String[] names, Json[] values, int size) {
    CompactFields fields =
        new CompactFields(
            new CompactTexts(),
            new CompactTexts(),
            new Json[0],
            new int[2 * CompactTexts.WORTH_IT]);
    for (int i = 0; i < size; i++) {
      fields.append(names[i], values[i], Hashes.of(names[i]));
    }
    return fields;
  }

  private CompactFields(
      CompactTexts names, @Nullable CompactTexts texts, Json[] values, int[] slots) {
    this.names = names;
    this.texts = texts;
    this.values = values;
    this.slots = slots;
  }

  int size() {
    return names.size();
  }

  CompactTexts names() {
    return names;
  }

  String name(int position) {
    return names.get(position);
  }

  Json value(int position) {
    return texts == null ? values[position] : new Json.Text(texts.get(position));
  }

  /// The position of a field; -1 when it is absent.
  int find(String name) {
    int likely = expected;
    if (likely < names.size() && names.is(likely, name)) {
      expected = likely + 1;
      return likely;
    }
    int position = FieldSlots.find(slots, names, name, Hashes.of(name));
    if (position >= 0) {
      expected = position + 1;
    }
    return position;
  }

  /// @return what stood there before, null when nothing did
  @Nullable Json exchange(String name, Json value) {
    int hash = Hashes.of(name);
    int position = FieldSlots.find(slots, names, name, hash);
    if (position < 0) {
      append(name, value, hash);
      return null;
    }
    Json before = value(position);
    if (texts == null || !(value instanceof Json.Text(var text)) || !texts.is(position, text)) {
      spread(size())[position] = value;
    }
    return before;
  }

  private void append(String name, Json value, int hash) {
    int position = size();
    if (texts != null && value instanceof Json.Text(var text)) {
      texts.append(text);
    } else {
      spread(position + 1)[position] = value;
    }
    names.append(name);
    if (size() * 2 > slots.length) {
      slots = FieldSlots.of(names);
      shared = false;
      return;
    }
    if (shared) {
      slots = slots.clone();
      shared = false;
    }
    FieldSlots.place(slots, hash, position);
  }

  /// The values one by one, with room for `room` of them.
  private Json[] spread(int room) {
    if (texts != null) {
      Json[] spread = new Json[Math.max(room, size())];
      for (int i = 0; i < size(); i++) {
        spread[i] = value(i);
      }
      values = spread;
      texts = null;
    }
    if (room > values.length) {
      values = Arrays.copyOf(values, Math.max(room, values.length * 2));
    }
    return values;
  }

  CompactFields copy() {
    Json[] copies = new Json[texts == null ? size() : 0];
    for (int i = 0; i < copies.length; i++) {
      copies[i] = values[i].copy();
    }
    CompactFields copy =
        new CompactFields(names.share(), texts == null ? null : texts.share(), copies, slots);
    copy.shared = true;
    shared = true;
    return copy;
  }
}
