package dev.pintle.wire;

import java.util.List;
import java.util.Optional;

/// The head of an HTTP request.
public interface RequestHead {
  String method();

  String target();

  /// The target up to the query, still percent-encoded.
  String path();

  /// The target after `?`, still percent-encoded; empty when there is none.
  String query();

  /// The first value of a header; names are lower case.
  Optional<String> header(String name);

  List<String> headers(String name);

  /// The names of the headers that begin with `prefix`, in lower case, each once.
  ///
  /// @param prefix in lower case
  List<String> headerNames(String prefix);

  /// Lets go of the values of a header that nobody will ask for any more, where they would be kept for as long as the request is under
  /// way: such as a token, once it is known whose it is.
  default void forget(String name) {}

  /// Takes one value in place of those of a header that is there, for whoever asks from now on; over HTTP/1.1 only.
  default void replace(String name, String value) {}

  /// "HTTP/1.1" or "HTTP/2".
  String protocol();
}
