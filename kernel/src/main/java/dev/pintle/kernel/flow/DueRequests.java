package dev.pintle.kernel.flow;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// The requests for which something is due at a certain time, the earliest first, and of several at that time the one that was added first:
/// a binary heap in which each request knows its place, so that it also leaves in logarithmic time.
final class DueRequests {
  private FlowRequest[] heap = new FlowRequest[0];
  private int size;
  private int added;

  @Nullable FlowRequest first() {
    return size == 0 ? null : heap[0];
  }

  void add(FlowRequest request, long dueNanos) {
    if (size == heap.length) {
      heap = Arrays.copyOf(heap, Math.max(8, 2 * size));
    }
    request.dueNanos = dueNanos;
    request.dueOrder = added++;
    rise(request, size++);
  }

  /// Does nothing for one that is not here.
  void remove(FlowRequest request) {
    int place = request.duePlace;
    if (place == FlowRequest.NOWHERE) {
      return;
    }
    request.duePlace = FlowRequest.NOWHERE;
    FlowRequest moved = heap[--size];
    heap = size < heap.length / 4 ? Arrays.copyOf(heap, heap.length / 2) : heap;
    if (place < size) {
      rise(moved, sink(moved, place));
    }
    if (size < heap.length) {
      clear(size);
    }
  }

  @SuppressWarnings("NullAway") // beyond `size` there is nothing
  private void clear(int place) {
    heap[place] = null;
  }

  private void rise(FlowRequest request, int from) {
    int place = from;
    while (place > 0 && isBefore(request, heap[(place - 1) / 2])) {
      put(heap[(place - 1) / 2], place);
      place = (place - 1) / 2;
    }
    put(request, place);
  }

  /// Lets what is due earlier rise until `request` may stand at the place that is returned.
  private int sink(FlowRequest request, int from) {
    int place = from;
    while (2 * place + 1 < size) {
      int child = 2 * place + 1;
      if (child + 1 < size && isBefore(heap[child + 1], heap[child])) {
        child++;
      }
      if (!isBefore(heap[child], request)) {
        break;
      }
      put(heap[child], place);
      place = child;
    }
    return place;
  }

  private static boolean isBefore(FlowRequest request, FlowRequest other) {
    long earlier = request.dueNanos - other.dueNanos;
    return earlier != 0 ? earlier < 0 : request.dueOrder - other.dueOrder < 0;
  }

  private void put(FlowRequest request, int place) {
    heap[place] = request;
    request.duePlace = place;
  }
}
