package dev.pintle.kube.request;

import dev.pintle.kube.object.JsonObject;
import dev.pintle.kube.status.Status;

/// The record that an audit keeps of one request: it is told what was sent and what is answered. What it is told once the request is
/// over it passes over. Of several threads.
public interface RequestRecord {
  /// Whether it wants what was sent; what it is told without wanting it is passed over.
  boolean takesSent();

  /// Whether it wants what is answered.
  boolean takesAnswer();

  /// Tells whom the request acts as.
  ///
  /// @param constraint the right by which it may; empty for that to be anybody
  void actsAs(UserInfo other, String constraint);

  /// Tells the metadata of the object that was sent: what the path leaves open is known by it.
  void names(JsonObject metadata);

  /// Tells what was sent, the first time counts.
  ///
  /// @param json nobody changes any more
  void sent(byte[] json);

  /// Tells the Status that is answered, or that stands for it.
  void status(Status status);

  /// Tells what is answered, whole.
  ///
  /// @param json nobody changes any more
  void answer(byte[] json);

  /// Tells the next piece of an answer that is sent in pieces. Answers with whether it wants more of them.
  ///
  /// @param json nobody changes any more
  boolean piece(byte[] json);

  /// Tells that an answer without an end of its own begins.
  void started(int status);

  /// Tells that the request failed by our fault.
  void failed(String message);
}
