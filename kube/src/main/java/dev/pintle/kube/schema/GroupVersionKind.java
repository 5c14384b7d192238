package dev.pintle.kube.schema;

/// The name of a kind of object.
public record GroupVersionKind(GroupVersion groupVersion, String kind) {
  public static GroupVersionKind of(String apiVersion, String kind) {
    return new GroupVersionKind(GroupVersion.parse(apiVersion), kind);
  }

  public String group() {
    return groupVersion.group();
  }

  public String version() {
    return groupVersion.version();
  }

  @Override
  public String toString() {
    return groupVersion.text() + " " + kind;
  }
}
