package dev.pintle.kube.selector;

import dev.pintle.kube.selector.LabelSelector.Requirement;
import java.util.HashSet;
import java.util.OptionalLong;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The requirements on one label, put together.
final class KeyTest {
  private @Nullable Set<String> oneOf;
  private final Set<String> noneOf = new HashSet<>();
  private boolean present;
  private boolean absent;
  private boolean impossible;
  private long least = Long.MIN_VALUE;
  private long most = Long.MAX_VALUE;

  void add(Requirement requirement) {
    switch (requirement.operator()) {
      case IN -> {
        present = true;
        if (oneOf == null) {
          oneOf = new HashSet<>(requirement.values());
        } else {
          oneOf.retainAll(requirement.values());
        }
      }
      case NOT_IN -> noneOf.addAll(requirement.values());
      case PRESENT -> present = true;
      case ABSENT -> absent = true;
      case GREATER -> bound(requirement, true);
      case LESS -> bound(requirement, false);
    }
  }

  /// Greater than a number is at least the next one.
  private void bound(Requirement requirement, boolean greater) {
    present = true;
    OptionalLong number = LabelSelector.number(requirement.values().iterator().next());
    long limit = number.orElse(0);
    impossible |= number.isEmpty() || limit == (greater ? Long.MAX_VALUE : Long.MIN_VALUE);
    if (impossible) {
      return;
    }
    if (greater) {
      least = Math.max(least, limit + 1);
    } else {
      most = Math.min(most, limit - 1);
    }
  }

  /// Whether an object without the label fails.
  boolean needsLabel() {
    return present;
  }

  boolean accepts(String value) {
    return !absent
        && !impossible
        && (oneOf == null || oneOf.contains(value))
        && !noneOf.contains(value)
        && isInBounds(value);
  }

  private boolean isInBounds(String value) {
    if (least == Long.MIN_VALUE && most == Long.MAX_VALUE) {
      return true;
    }
    OptionalLong number = LabelSelector.number(value);
    return number.isPresent() && number.getAsLong() >= least && number.getAsLong() <= most;
  }
}
