package dev.pintle.kube.schema;

/// The way in which the items of a list are told apart when its parts have owners (`x-kubernetes-list-type`).
public enum ListType {
  /// Nothing was declared: as atomic, and duplicates are allowed.
  UNSPECIFIED(""),
  ATOMIC("atomic"),
  SET("set"),
  MAP("map");

  private final String text;

  ListType(String text) {
    this.text = text;
  }

  public String text() {
    return text;
  }
}
