package dev.pintle.kube.token;

import dev.pintle.kube.request.UserInfo;
import java.util.List;

/// The result of checking a token.
public sealed interface TokenVerdict {
  /// A token that is good.
  ///
  /// @param audiences those it is for, of those that were asked about
  record Known(UserInfo caller, List<String> audiences) implements TokenVerdict {}

  /// A token that is not one of ours.
  record Unknown() implements TokenVerdict {}

  /// A token of ours that is no longer good.
  record Invalid(String why) implements TokenVerdict {}
}
