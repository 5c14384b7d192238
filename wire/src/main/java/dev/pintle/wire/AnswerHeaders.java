package dev.pintle.wire;

/// The source of headers that an answer has, whoever gives it.
@FunctionalInterface
public interface AnswerHeaders {
  /// Adds its headers to those of the answer; once, on the connection's event loop, when the answer is given.
  void addTo(ResponseHeaders headers);
}
