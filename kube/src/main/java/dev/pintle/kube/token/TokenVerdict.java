package dev.pintle.kube.token;

import dev.pintle.kube.request.UserInfo;
import java.util.List;
import java.util.Map;

/// The result of checking a token.
public sealed interface TokenVerdict {
  /// What the audit record of the request should have of it, by key.
  default Map<String, String> annotations() {
    return Map.of();
  }

  /// A token that is good.
  ///
  /// @param audiences those it is for, of those that were asked about
  /// @param warnings what its bearer should know
  record Known(
      UserInfo caller,
      List<String> audiences,
      List<String> warnings,
      Map<String, String> annotations)
      implements TokenVerdict {
    public Known(UserInfo caller, List<String> audiences) {
      this(caller, audiences, List.of(), Map.of());
    }
  }

  /// A token that is not one of ours.
  record Unknown() implements TokenVerdict {}

  /// A token of ours that is no longer good.
  record Invalid(String why, Map<String, String> annotations) implements TokenVerdict {
    public Invalid(String why) {
      this(why, Map.of());
    }
  }
}
