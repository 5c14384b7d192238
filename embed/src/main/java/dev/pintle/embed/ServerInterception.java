package dev.pintle.embed;

import dev.pintle.embed.faults.FaultInjection;
import dev.pintle.embed.requests.RequestLog;
import dev.pintle.kube.KubeConfig;
import dev.pintle.kube.intercept.Interception;
import dev.pintle.kube.intercept.RequestJournal;

/// The hold of a test on the requests of one server.
final class ServerInterception {
  private final Interception interception =
      new Interception(new RequestJournal(RequestLog.REQUESTS_MAX, RequestLog.OBJECT_BYTES_MAX));
  private final RequestLog requests = new RequestLog(interception.requests());
  private final FaultInjection faults = new FaultInjection(interception);

  KubeConfig in(KubeConfig config) {
    return config.withInterception(interception);
  }

  RequestLog requests() {
    return requests;
  }

  FaultInjection faults() {
    return faults;
  }

  /// Lets go on what waits for a slow answer.
  void endDelays() {
    interception.endDelays();
  }

  /// Makes it as it was at first.
  void reset() {
    faults.clear();
    requests.clear();
  }
}
