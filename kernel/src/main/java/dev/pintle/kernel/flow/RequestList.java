package dev.pintle.kernel.flow;

import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// A list of requests in the order in which they came, which each leaves in no time. A request is in one list at most.
final class RequestList {
  private @Nullable FlowRequest first;
  private @Nullable FlowRequest last;
  private int size;

  int size() {
    return size;
  }

  @Nullable FlowRequest first() {
    return first;
  }

  void add(FlowRequest request) {
    request.ahead = last;
    if (last == null) {
      first = request;
    } else {
      last.behind = request;
    }
    last = request;
    size++;
  }

  void remove(FlowRequest request) {
    FlowRequest ahead = request.ahead;
    FlowRequest behind = request.behind;
    if (ahead == null) {
      first = behind;
    } else {
      ahead.behind = behind;
    }
    if (behind == null) {
      last = ahead;
    } else {
      behind.ahead = ahead;
    }
    request.ahead = null;
    request.behind = null;
    size--;
  }

  void forEach(Consumer<FlowRequest> action) {
    for (FlowRequest request = first; request != null; request = request.behind) {
      action.accept(request);
    }
  }
}
