package dev.pintle.kube.podsecurity;

import dev.pintle.kube.object.GoText;
import dev.pintle.kube.status.Cause;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The levels that a namespace asks of its pods, one for each of the three modes.
///
/// @param wrong what is wrong with its labels; what they then stand for is strict to enforce and lax to audit and warn of
record NamespacePolicy(
    LevelVersion enforce, LevelVersion audit, LevelVersion warn, List<Cause> wrong) {
  static final String PREFIX = "pod-security.kubernetes.io/";
  static final String ENFORCE = PREFIX + "enforce";
  static final String AUDIT = PREFIX + "audit";
  static final String WARN = PREFIX + "warn";
  static final String VERSION = "-version";

  static final NamespacePolicy NONE =
      new NamespacePolicy(
          LevelVersion.PRIVILEGED, LevelVersion.PRIVILEGED, LevelVersion.PRIVILEGED, List.of());

  NamespacePolicy {
    wrong = List.copyOf(wrong);
  }

  /// @param defaults for what no label says
  static NamespacePolicy of(Map<String, String> labels, NamespacePolicy defaults) {
    return labels.isEmpty() ? defaults : new Reading(labels).policy(defaults);
  }

  boolean isPrivileged() {
    return enforce.isPrivileged() && audit.isPrivileged() && warn.isPrivileged();
  }

  boolean isLike(NamespacePolicy other) {
    return enforce.isLike(other.enforce) && audit.isLike(other.audit) && warn.isLike(other.warn);
  }

  /// A look at the labels of one namespace.
  private static final class Reading {
    private final Map<String, String> labels;
    private final List<Cause> wrong = new ArrayList<>(0);

    Reading(Map<String, String> labels) {
      this.labels = labels;
    }

    NamespacePolicy policy(NamespacePolicy defaults) {
      LevelVersion enforce = mode(ENFORCE, defaults.enforce, PodSecurityLevel.RESTRICTED);
      LevelVersion audit = mode(AUDIT, defaults.audit, PodSecurityLevel.PRIVILEGED);
      LevelVersion warn = mode(WARN, defaults.warn, PodSecurityLevel.PRIVILEGED);
      return new NamespacePolicy(enforce, audit, warned(warn, enforce), wrong);
    }

    /// @param fallback for a level that is no level
    private LevelVersion mode(String label, LevelVersion otherwise, PodSecurityLevel fallback) {
      LevelVersion mode = otherwise;
      String level = labels.get(label);
      if (level != null) {
        PodSecurityLevel known = PodSecurityLevel.of(level);
        mode =
            mode.at(
                known == null ? complain(label, level, PodSecurityLevel.WRONG, fallback) : known);
      }
      String version = labels.get(label + VERSION);
      if (version != null) {
        PodSecurityVersion known = PodSecurityVersion.of(version);
        mode =
            mode.at(
                known == null
                    ? complain(
                        label + VERSION,
                        version,
                        PodSecurityVersion.WRONG,
                        PodSecurityVersion.LATEST)
                    : known);
      }
      return mode;
    }

    private <T> T complain(String label, String value, String why, T instead) {
      wrong.add(
          new Cause(
              "FieldValueInvalid",
              "Invalid value: %s: %s".formatted(GoText.quote(value), why),
              "metadata.labels[" + label + "]"));
      return instead;
    }

    /// Who enforces a level and says nothing of warnings is warned of the same: of what controllers will not be able to make.
    private LevelVersion warned(LevelVersion warn, LevelVersion enforce) {
      @Nullable String asked = labels.get(ENFORCE);
      boolean follows =
          !labels.containsKey(WARN)
              && asked != null
              && PodSecurityLevel.of(asked) != null
              && enforce.level().compareTo(warn.level()) > 0;
      if (!follows) {
        return warn;
      }
      return labels.containsKey(WARN + VERSION) ? warn.at(enforce.level()) : enforce;
    }
  }
}
