package dev.pintle.kube.podsecurity;

import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// A check of the Pod Security Standards, through all versions that have it.
///
/// @param level the least that it belongs to; not [PodSecurityLevel#PRIVILEGED]
/// @param revisions by rising version
record PodCheck(String id, PodSecurityLevel level, List<Revision> revisions) {
  PodCheck {
    revisions = List.copyOf(revisions);
  }

  /// The rule that a check is.
  @FunctionalInterface
  interface Rule {
    /// Null when nothing is wrong.
    @Nullable PodViolation violation(PodUnderCheck pod);
  }

  /// The check from a minor version on, until the next revision.
  ///
  /// @param replaces the checks of the baseline that it makes needless
  record Revision(int since, Rule rule, Set<String> replaces) {
    Revision {
      replaces = Set.copyOf(replaces);
    }

    static Revision of(int since, Rule rule, String... replaces) {
      return new Revision(since, rule, Set.of(replaces));
    }
  }

  static PodCheck baseline(String id, Revision... revisions) {
    return new PodCheck(id, PodSecurityLevel.BASELINE, List.of(revisions));
  }

  static PodCheck restricted(String id, Revision... revisions) {
    return new PodCheck(id, PodSecurityLevel.RESTRICTED, List.of(revisions));
  }

  /// What it is in this version; null when that has no such check.
  @Nullable Revision at(int minor) {
    Revision found = null;
    for (Revision revision : revisions) {
      if (revision.since() <= minor) {
        found = revision;
      }
    }
    return found;
  }
}
