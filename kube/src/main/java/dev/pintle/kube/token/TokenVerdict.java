package dev.pintle.kube.token;

import dev.pintle.kube.request.UserInfo;
import java.util.List;

/// What became of checking a token.
public sealed interface TokenVerdict {
  /// @param audiences those it is for, of those that were asked about
  record Known(UserInfo caller, List<String> audiences) implements TokenVerdict {}

  /// Not one of ours.
  record Unknown() implements TokenVerdict {}

  /// One of ours that does not hold.
  record Invalid(String why) implements TokenVerdict {}
}
