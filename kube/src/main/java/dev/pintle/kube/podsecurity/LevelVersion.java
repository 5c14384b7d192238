package dev.pintle.kube.podsecurity;

/// A level as a version of Kubernetes understands it.
record LevelVersion(PodSecurityLevel level, PodSecurityVersion version) {
  static final LevelVersion PRIVILEGED =
      new LevelVersion(PodSecurityLevel.PRIVILEGED, PodSecurityVersion.LATEST);

  LevelVersion at(PodSecurityLevel other) {
    return new LevelVersion(other, version);
  }

  LevelVersion at(PodSecurityVersion other) {
    return new LevelVersion(level, other);
  }

  boolean isPrivileged() {
    return level == PodSecurityLevel.PRIVILEGED;
  }

  /// Whether both ask the same of a pod.
  boolean isLike(LevelVersion other) {
    return isPrivileged() ? other.isPrivileged() : equals(other);
  }

  @Override
  public String toString() {
    return level + ":" + version;
  }
}
