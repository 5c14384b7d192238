package dev.pintle.embed;

import dev.pintle.embed.faults.FaultInjection;
import dev.pintle.embed.requests.RequestLog;
import dev.pintle.kube.KubeConfig;
import dev.pintle.kube.trial.RequestBook;
import dev.pintle.kube.trial.Trial;

/// The hold of a test on the requests of one server.
final class RequestHold {
  private final Trial trial =
      new Trial(new RequestBook(RequestLog.REQUESTS_MAX, RequestLog.OBJECT_BYTES_MAX));
  private final RequestLog requests = new RequestLog(trial.requests());
  private final FaultInjection faults = new FaultInjection(trial);

  KubeConfig in(KubeConfig config) {
    return config.withTrial(trial);
  }

  RequestLog requests() {
    return requests;
  }

  FaultInjection faults() {
    return faults;
  }

  /// Lets go on what waits for a slow answer.
  void endDelays() {
    trial.endDelays();
  }

  /// Makes it as it was at first.
  void reset() {
    faults.clear();
    requests.clear();
  }
}
