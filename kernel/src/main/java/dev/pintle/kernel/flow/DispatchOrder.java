package dev.pintle.kernel.flow;

import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.function.IntConsumer;

/// The order in which queues with requests that wait are dispatched: the one whose first request is finished first in the virtual world, and
/// of several the one whose turn it is after the queue that was dispatched last.
final class DispatchOrder {
  private final TreeSet<FairQueue> ready = new TreeSet<>();
  private final FairQueue probe = new FairQueue(0);
  private int last;

  /// Adds a queue, whose finish and number must stay until it is removed.
  void add(FairQueue queue) {
    ready.add(queue);
  }

  /// Does nothing for one that is not here.
  void remove(FairQueue queue) {
    ready.remove(queue);
  }

  int size() {
    return ready.size();
  }

  /// Leaves out all queues, to be added again: their numbers change.
  void clear() {
    ready.clear();
  }

  /// The queue to be dispatched next; there must be one.
  FairQueue next() {
    FairQueue first = ready.first();
    probe.finishAt = first.finishAt;
    probe.index = last + 1;
    FairQueue turn = ready.ceiling(probe);
    return turn != null && turn.finishAt == first.finishAt ? turn : first;
  }

  void dispatched(FairQueue queue) {
    last = queue.index;
  }

  /// The queue of this number is gone, and those behind it have moved up.
  void dropped(int index) {
    if (last >= index) {
      last--;
    }
  }

  void forEach(Consumer<FairQueue> action) {
    ready.forEach(action);
  }

  /// The numbers of the queues, rising.
  void forEachIndex(IntConsumer action) {
    ready.stream().mapToInt(queue -> queue.index).sorted().forEach(action);
  }
}
