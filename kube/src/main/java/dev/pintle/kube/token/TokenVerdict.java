package dev.pintle.kube.token;

import dev.pintle.kube.request.UserInfo;
import java.util.List;

/// The result of checking a token.
public sealed interface TokenVerdict {
  /// A token that is good.
  ///
  /// @param audiences those it is for, of those that were asked about
  /// @param warnings what its bearer should know
  record Known(UserInfo caller, List<String> audiences, List<String> warnings)
      implements TokenVerdict {
    public Known(UserInfo caller, List<String> audiences) {
      this(caller, audiences, List.of());
    }
  }

  /// A token that is not one of ours.
  record Unknown() implements TokenVerdict {}

  /// A token of ours that is no longer good.
  record Invalid(String why) implements TokenVerdict {}
}
