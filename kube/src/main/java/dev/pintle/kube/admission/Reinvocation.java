package dev.pintle.kube.admission;

import java.util.HashMap;
import java.util.Map;
import java.util.function.Supplier;

/// The state of the passes over one object: all plugins see it a second time when one that asks others changed it. Of one thread.
public final class Reinvocation {
  private final Map<Class<?>, Object> remembered = new HashMap<>(0);
  private boolean wanted;
  private boolean again;

  /// Whether this is the second pass.
  public boolean isAgain() {
    return again;
  }

  /// Asks for a second pass; in the second one for nothing.
  public void want() {
    wanted = true;
  }

  public boolean isWanted() {
    return wanted;
  }

  void begin() {
    again = true;
  }

  /// What a plugin keeps from the first pass for the second.
  public <T> T remembered(Class<T> type, Supplier<T> make) {
    return type.cast(remembered.computeIfAbsent(type, _ -> make.get()));
  }
}
