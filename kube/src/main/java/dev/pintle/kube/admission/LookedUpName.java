package dev.pintle.kube.admission;

import dev.pintle.kube.format.Formats;
import dev.pintle.kube.object.GoText;
import dev.pintle.kube.status.StatusErrors;
import java.util.List;
import java.util.Optional;

/// The name of an object that the server looks up by a request of its own, which not every name can be a part of.
final class LookedUpName {
  private static final int CODE = 500;

  private LookedUpName() {}

  /// @throws dev.pintle.kube.status.StatusError when no request can name it
  static void require(String name) {
    Optional<String> complaint = complaint(name);
    if (complaint.isPresent()) {
      throw StatusErrors.bare(CODE, complaint.get());
    }
  }

  /// Why no request can name it; empty when one can.
  static Optional<String> complaint(String name) {
    if (name.isEmpty()) {
      return Optional.of("resource name may not be empty");
    }
    List<String> complaints = Formats.pathSegment(name);
    return complaints.isEmpty()
        ? Optional.empty()
        : Optional.of(
            "invalid resource name %s: [%s]"
                .formatted(GoText.quote(name), String.join(" ", complaints)));
  }
}
