package dev.pintle.kube.schema;

/// A version of a group of the API; the core group's name is empty.
public record GroupVersion(String group, String version) {
  /// Reads `v1` or `apps/v1`.
  public static GroupVersion parse(String text) {
    int slash = text.indexOf('/');
    return slash < 0
        ? new GroupVersion("", text)
        : new GroupVersion(text.substring(0, slash), text.substring(slash + 1));
  }

  /// The text of `apiVersion`.
  public String text() {
    return group.isEmpty() ? version : group + "/" + version;
  }

  public GroupVersionKind kind(String kind) {
    return new GroupVersionKind(this, kind);
  }

  @Override
  public String toString() {
    return text();
  }
}
