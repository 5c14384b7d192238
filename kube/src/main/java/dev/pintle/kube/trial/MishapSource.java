package dev.pintle.kube.trial;

import java.util.List;

/// The one who says which mishaps befall a request. Asked once a request that its sender may make, on a thread that may wait.
public interface MishapSource {
  /// A source of none.
  MishapSource NONE =
      new MishapSource() {
        @Override
        public boolean isIdle() {
          return true;
        }

        @Override
        public List<Mishap> befalling(SeenRequest request) {
          return List.of();
        }

        @Override
        public List<Mishap> befallingOwn(SeenRequest request) {
          return List.of();
        }
      };

  /// Whether no mishap befalls anybody now; then nobody is asked for what a request is about.
  boolean isIdle();

  /// At most one that ends the request; delays are added.
  ///
  /// @param request with the name of the object that was sent, where the path has none
  List<Mishap> befalling(SeenRequest request);

  /// As [#befalling], of a request of the server's own controllers: refusals and delays.
  List<Mishap> befallingOwn(SeenRequest request);
}
