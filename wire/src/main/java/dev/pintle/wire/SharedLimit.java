package dev.pintle.wire;

/// A limit that all clients of a process share, by the name that refusals and metrics tell.
public enum SharedLimit {
  /// [SharedLimits#connectionsMax]
  CONNECTIONS("connections-max"),
  /// [SharedLimits#clientConnectionsMax]
  CLIENT_CONNECTIONS("client-connections-max"),
  /// [SharedLimits#reservedConnectionsMax]
  RESERVED_CONNECTIONS("reserved-connections-max"),
  /// [SharedLimits#greetingConnectionsMax]
  GREETING_CONNECTIONS("greeting-connections-max"),
  /// [SharedLimits#streamsMax]
  STREAMS("streams-max"),
  /// [SharedLimits#clientStreamsMax]
  CLIENT_STREAMS("client-streams-max"),
  /// [SharedLimits#requestBytesMax]
  REQUEST_BYTES("request-bytes-max"),
  /// [SharedLimits#clientRequestBytesMax]
  CLIENT_REQUEST_BYTES("client-request-bytes-max"),
  /// [SharedLimits#answerBytesMax]
  ANSWER_BYTES("answer-bytes-max"),
  /// [SharedLimits#clientAnswerBytesMax]
  CLIENT_ANSWER_BYTES("client-answer-bytes-max"),
  /// Requests of one connection that run or wait to be run.
  CONNECTION_REQUESTS("connection-requests-max"),
  /// What waits and runs where clients take turns, of one client or of all; see [dev.pintle.wire.worker.FairLimits].
  WORK_BYTES("work-bytes-max"),
  /// What waits for somebody else's answer in the middle of its turn.
  WORK_AWAY("work-away-max"),
  /// Lists that have to be made whole before they are sent.
  WHOLE_LIST_BYTES("whole-list-bytes-max");

  /// The header that tells a refused client which limit it met.
  public static final String HEADER = "x-pintle-limit";

  private final String text;

  SharedLimit(String text) {
    this.text = text;
  }

  public String text() {
    return text;
  }
}
