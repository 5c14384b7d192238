package dev.pintle.wire.loop;

import java.util.ArrayList;
import java.util.List;

/// An event that happens once or never, with any number of listeners. Each is told once, in the order in which they came;
/// one that comes afterwards is told at once. What one of them throws is reported, and the others are told all the same. On
/// one event loop only.
public final class OneShotEvent {
  private List<Runnable> listeners = List.of();
  private boolean happened;

  public void listen(Runnable listener) {
    if (happened) {
      Faults.guard(listener);
      return;
    }
    if (listeners.isEmpty()) {
      listeners = new ArrayList<>(2);
    }
    listeners.add(listener);
  }

  /// Tells the listeners; a second time tells nobody.
  public void happen() {
    happened = true;
    List<Runnable> told = listeners;
    listeners = List.of();
    told.forEach(Faults::guard);
  }
}
