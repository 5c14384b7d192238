package dev.pintle.kube.cel;

import dev.pintle.kube.format.AddressException;
import dev.pintle.kube.format.GoUrl;
import java.util.List;
import java.util.Objects;

/// A URL as a value of expressions.
record WebAddress(GoUrl url) implements LibraryValue {
  static final String TYPE = "kubernetes.URL";

  /// @throws CelException in Go's words for what no request can be sent to
  static WebAddress parse(String text) {
    try {
      GoUrl.parseOfRequest(text);
      return new WebAddress(GoUrl.parse(text));
    } catch (AddressException wrong) {
      throw new CelException(
          "URL parse error during conversion from string: " + wrong.getMessage());
    }
  }

  static boolean isOne(String text) {
    return complaints(text).isEmpty();
  }

  static List<String> complaints(String text) {
    try {
      GoUrl.parseOfRequest(text);
      return List.of();
    } catch (AddressException wrong) {
      return List.of(wrong.getMessage());
    }
  }

  /// As texts, in which the same path can be written in several ways.
  @Override
  public boolean isSame(LibraryValue other) {
    return other instanceof WebAddress(GoUrl that)
        && url.scheme().equals(that.scheme())
        && Objects.equals(url.user(), that.user())
        && url.host().equals(that.host())
        && url.escapedPath().equals(that.escapedPath())
        && url.query().equals(that.query())
        && url.fragment().equals(that.fragment());
  }

  @Override
  public String typeName() {
    return TYPE;
  }

  @Override
  public String goTypeName() {
    return "cel.URL";
  }
}
