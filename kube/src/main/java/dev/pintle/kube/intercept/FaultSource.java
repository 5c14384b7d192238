package dev.pintle.kube.intercept;

import java.util.List;

/// The one who says which faults befall a request. Asked once a request that its sender may make, on a thread that may wait.
public interface FaultSource {
  /// A source of none.
  FaultSource NONE =
      new FaultSource() {
        @Override
        public boolean isIdle() {
          return true;
        }

        @Override
        public List<InjectedFault> faultsOf(SeenRequest request) {
          return List.of();
        }

        @Override
        public List<InjectedFault> faultsOfOwn(SeenRequest request) {
          return List.of();
        }
      };

  /// Whether no fault befalls anybody now; then nobody is asked for what a request is about.
  boolean isIdle();

  /// At most one that ends the request; delays are added.
  ///
  /// @param request with the name of the object that was sent, where the path has none
  List<InjectedFault> faultsOf(SeenRequest request);

  /// As [#faultsOf], of a request of the server's own controllers: refusals and delays.
  List<InjectedFault> faultsOfOwn(SeenRequest request);
}
