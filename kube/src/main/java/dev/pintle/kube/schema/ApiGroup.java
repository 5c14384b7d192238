package dev.pintle.kube.schema;

import java.util.List;

/// A group with its versions, the preferred one first.
public record ApiGroup(String name, List<String> versions) {
  public ApiGroup {
    versions = List.copyOf(versions);
  }

  public String preferredVersion() {
    return versions.getFirst();
  }
}
