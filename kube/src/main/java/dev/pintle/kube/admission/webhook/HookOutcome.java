package dev.pintle.kube.admission.webhook;

import dev.pintle.kube.status.StatusError;

/// The outcome of asking a webhook.
sealed interface HookOutcome {
  /// An answer that has nothing against the request.
  record Allowed(HookResponse response) implements HookOutcome {}

  /// A webhook that could not be asked, or did not answer as it must: its failure policy says what follows.
  ///
  /// @param code as what it is counted
  record Uncalled(String reason, int code) implements HookOutcome {
    static Uncalled of(String why, String reason, int code) {
      return new Uncalled(why + ": " + reason, code);
    }
  }

  /// An answer that is against it.
  record Denied(HookResponse response, StatusError refusal) implements HookOutcome {}

  /// An answer that wants what cannot be done, whatever its failure policy says.
  record Impossible(StatusError refusal) implements HookOutcome {}
}
