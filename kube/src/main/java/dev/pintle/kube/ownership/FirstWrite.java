package dev.pintle.kube.ownership;

import dev.pintle.kube.object.CompactTexts;
import dev.pintle.kube.object.FieldOrder;
import dev.pintle.kube.object.Json;
import dev.pintle.kube.object.JsonArray;
import dev.pintle.kube.object.JsonObject;
import dev.pintle.kube.object.JsonWriter;
import dev.pintle.kube.object.PlaceOrder;
import dev.pintle.kube.object.Utf8Order;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The writer of what the writer of a new object owns, in one walk and without a set: most objects are written once,
/// and their owner is whoever made them.
///
/// It is what [Comparison] finds between `blank`, the object of its kind that says nothing, and the new one.
final class FirstWrite {
  private static final int INSERTED_MAX = 32;

  private static final String FIELD = "f:";
  private static final String SELF = "\".\":{}";

  private final JsonWriter out;

  private FirstWrite(JsonWriter out) {
    this.out = out;
  }

  /// Writes the object of `fieldsV1`; answers whether anything is owned.
  static boolean write(
      JsonWriter out, MergeGranularity grain, JsonObject blank, JsonObject object, FieldSet reset) {
    int before = out.size();
    out.raw('{');
    new FirstWrite(out).root(grain, blank, object, reset);
    boolean any = out.size() > before + 1;
    out.raw('}');
    return any;
  }

  private void root(MergeGranularity grain, JsonObject blank, JsonObject object, FieldSet reset) {
    int start = out.size();
    for (int place : inOrder(object)) {
      String name = object.nameAt(place);
      if (name.equals("metadata")) {
        metadata(start, grain.entry(name), blank.get(name), object.valueAt(place));
      } else if (!UnownedFields.isRoot(name) && !reset.hasMember(new PathElement.Name(name))) {
        part(start, FIELD, name, grain.entry(name), blank.get(name), object.valueAt(place));
      }
    }
  }

  private void metadata(int start, MergeGranularity grain, @Nullable Json blank, Json value) {
    if (!(value instanceof JsonObject metadata)) {
      return;
    }
    int mark = out.size();
    separate(start);
    out.raw("\"f:metadata\":{");
    int inner = out.size();
    for (int place : inOrder(metadata)) {
      String name = metadata.nameAt(place);
      if (!UnownedFields.isMetadata(name)) {
        Json before = blank instanceof JsonObject map ? map.get(name) : null;
        part(inner, FIELD, name, grain.entry(name), before, metadata.valueAt(place));
      }
    }
    if (out.size() == inner) {
      out.rewind(mark);
    } else {
      out.raw('}');
    }
  }

  /// Writes one entry or item with all below it, or nothing when it is as in the blank object.
  ///
  /// @param start where the level that it belongs to starts
  /// @param prefix of its name, which `text` ends
  private void part(
      int start,
      String prefix,
      String text,
      MergeGranularity grain,
      @Nullable Json blank,
      Json value) {
    int mark = out.size();
    separate(start);
    out.raw('"').raw(prefix).inString(text).raw("\":{");
    int inner = out.size();
    MergeGranularity.Shape shape = grain.shape(value, blank);
    boolean whole =
        shape == MergeGranularity.Shape.LEAF
            || (ScalarKeys.isEmpty(value) && ScalarKeys.isEmpty(blank));
    if (whole) {
      if (blank != null && ScalarKeys.same(value, blank)) {
        out.rewind(mark);
        return;
      }
    } else {
      parts(inner, shape, grain, blank, value);
      if (blank != null && out.size() == inner) {
        out.rewind(mark);
        return;
      }
    }
    out.raw('}');
  }

  private void parts(
      int inner,
      MergeGranularity.Shape shape,
      MergeGranularity grain,
      @Nullable Json blank,
      Json value) {
    if (blank == null) {
      out.raw(SELF);
    }
    if (shape == MergeGranularity.Shape.ENTRIES && value instanceof JsonObject map) {
      for (int place : inOrder(map)) {
        String name = map.nameAt(place);
        Json before = blank instanceof JsonObject other ? other.get(name) : null;
        part(inner, FIELD, name, grain.entry(name), before, map.valueAt(place));
      }
    } else if (value instanceof JsonArray list) {
      items(inner, grain, list);
    }
    if (blank == null && out.size() == inner + SELF.length()) {
      out.rewind(inner);
    }
  }

  private record Item(PathElement element, Json value) {}

  private void items(int inner, MergeGranularity grain, JsonArray list) {
    PathElement only = list.size() == 1 ? ObjectFieldSet.elementOrNull(grain, list.at(0)) : null;
    CompactTexts texts = grain.manyTexts(list);
    if (only != null) {
      part(inner, "", FieldsV1.text(only), grain.item(), null, list.at(0));
    } else if (texts != null) {
      manyTexts(inner, texts);
    } else {
      manyItems(inner, grain, list);
    }
  }

  private void manyTexts(int inner, CompactTexts texts) {
    int[] places = PlaceOrder.of(texts.size(), texts::compare);
    for (int i = 0; i < places.length; i++) {
      if (i == 0 || texts.compare(places[i - 1], places[i]) != 0) {
        separate(inner);
        out.string(FieldsV1.text(new PathElement.Value(Json.of(texts.get(places[i])))));
        out.raw(":{}");
      }
    }
  }

  private void manyItems(int inner, MergeGranularity grain, JsonArray list) {
    List<Item> items = new ArrayList<>(list.size());
    Set<PathElement> seen = new HashSet<>();
    Set<PathElement> twice = new HashSet<>();
    for (Json value : list) {
      PathElement element = ObjectFieldSet.elementOrNull(grain, value);
      if (element == null) {
        continue;
      }
      if (seen.add(element)) {
        items.add(new Item(element, value));
      } else {
        twice.add(element);
      }
    }
    items.sort((one, other) -> one.element().compareTo(other.element()));
    MergeGranularity below = grain.item();
    for (Item item : items) {
      String text = FieldsV1.text(item.element());
      if (twice.contains(item.element())) {
        separate(inner);
        out.string(text).raw(":{}");
      } else {
        part(inner, "", text, below, null, item.value());
      }
    }
  }

  private void separate(int start) {
    if (out.size() > start) {
      out.raw(',');
    }
  }

  /// The places of the fields by their names; most objects are small and nearly in order.
  private static int[] inOrder(JsonObject object) {
    if (object.size() > INSERTED_MAX) {
      return FieldOrder.positions(object);
    }
    int[] places = new int[object.size()];
    for (int i = 0; i < places.length; i++) {
      String name = object.nameAt(i);
      int at = i;
      while (at > 0 && Utf8Order.compare(object.nameAt(places[at - 1]), name) > 0) {
        places[at] = places[at - 1];
        at--;
      }
      places[at] = i;
    }
    return places;
  }
}
