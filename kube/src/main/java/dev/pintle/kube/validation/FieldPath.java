package dev.pintle.kube.validation;

import org.jspecify.annotations.Nullable;

/// The place of something in an object: `spec.containers[0].env[1].name`. Made on every step of a check and written
/// only when something is wrong, so it is a chain.
public final class FieldPath {
  public static final FieldPath ROOT = new FieldPath(null, "", false);

  private final @Nullable FieldPath parent;
  private final String name;
  private final boolean bracketed;

  private FieldPath(@Nullable FieldPath parent, String name, boolean bracketed) {
    this.parent = parent;
    this.name = name;
    this.bracketed = bracketed;
  }

  /// A path of names joined by dots.
  public static FieldPath of(String dotted) {
    FieldPath path = ROOT;
    for (String name : dotted.split("\\.", -1)) {
      path = path.child(name);
    }
    return path;
  }

  public boolean isRoot() {
    return parent == null;
  }

  public FieldPath child(String name) {
    return new FieldPath(this, name, false);
  }

  public FieldPath index(int index) {
    return new FieldPath(this, Integer.toString(index), true);
  }

  /// An entry of a map.
  public FieldPath key(String key) {
    return new FieldPath(this, key, true);
  }

  @Override
  public String toString() {
    StringBuilder text = new StringBuilder();
    write(text);
    return text.toString();
  }

  private void write(StringBuilder text) {
    if (parent == null) {
      return;
    }
    parent.write(text);
    if (bracketed) {
      text.append('[').append(name).append(']');
    } else {
      text.append(text.isEmpty() ? "" : ".").append(name);
    }
  }
}
