package dev.pintle.kube.decode;

import dev.pintle.kube.schema.SchemaNode;
import org.jspecify.annotations.Nullable;

/// A step on the way into an object; built on the way down, read only when something is wrong.
///
/// @param owner whose field it is, or null
/// @param index of an item, or what the name is
record DocumentStep(
    @Nullable DocumentStep parent, String name, @Nullable SchemaNode owner, int index) {
  private static final int FIELD = -1;
  private static final int KEY = -2;

  static final DocumentStep ROOT = new DocumentStep(null, "", null, FIELD);

  DocumentStep field(String field, SchemaNode structure) {
    return new DocumentStep(this, field, structure, FIELD);
  }

  DocumentStep key(String key) {
    return new DocumentStep(this, key, null, KEY);
  }

  DocumentStep item(int item) {
    return new DocumentStep(this, "", null, item);
  }

  /// @param whole with keys and indices; where Go speaks of types it leaves them out, and names the structures within structures
  String path(boolean whole) {
    StringBuilder text = new StringBuilder();
    append(text, whole);
    return text.toString();
  }

  private void append(StringBuilder text, boolean whole) {
    if (parent == null) {
      return;
    }
    parent.append(text, whole);
    if (index == KEY && !whole) {
      return;
    }
    if (index >= 0) {
      if (whole) {
        text.append('[').append(index).append(']');
      }
      return;
    }
    if (!text.isEmpty()) {
      text.append('.');
    }
    GoStructures.Member member = whole ? null : member();
    if (member != null && !member.within().isEmpty()) {
      text.append(member.within()).append('.');
    }
    text.append(name);
  }

  private GoStructures.@Nullable Member member() {
    return owner == null ? null : GoStructures.find(owner.typeName(), name);
  }

  /// The type in Go of what stands here.
  ///
  /// @param node what the schema says of it
  String type(SchemaNode node) {
    String followed = GoTypes.of(node);
    int inside = 0;
    DocumentStep at = this;
    while (at.index != FIELD && at.parent != null) {
      inside++;
      at = at.parent;
    }
    GoStructures.Member member = at.member();
    if (member == null || member.type().isEmpty()) {
      return followed;
    }
    String type = member.type();
    for (int i = 0; i < inside; i++) {
      if (!type.startsWith("[]") && !type.startsWith("map[")) {
        return followed;
      }
      type = type.substring(type.indexOf(']') + 1);
    }
    return type;
  }
}
