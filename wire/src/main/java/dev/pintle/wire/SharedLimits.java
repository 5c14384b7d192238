package dev.pintle.wire;

/// Bounds of all listeners of a process together: what all clients may make it hold, and what one client may. A client is an
/// address (of IPv6, its /64 network). Beside these, every connection has a small share of its own that nobody can take
/// away, so that a client which asks for little is served while others have used up everything.
///
/// @param connectionsMax open connections; one more takes the place of one that waits for its client, or is closed at once
/// @param clientConnectionsMax of them, those of one client
/// @param reservedConnectionsMax connections beyond these that a listener may let in to hear who they are, half of them of one
///     client: for those who must be served whatever others do
/// @param greetingConnectionsMax of them, those that have not yet sent the head of a first request; one more takes the place of
///     the oldest
/// @param streamsMax open requests; one more is reset with REFUSED_STREAM
/// @param clientStreamsMax of them, those of one client
/// @param requestBytesMax heads and bodies of requests, while they are collected or waited for; more is refused with 429 or
///     RESOURCE_EXHAUSTED
/// @param clientRequestBytesMax of them, those of one client
/// @param answerBytesMax answers that are being collected, or wait to be sent
/// @param clientAnswerBytesMax of them, those of one client; also the longest single answer of a gRPC call
public record SharedLimits(
    int connectionsMax,
    int clientConnectionsMax,
    int reservedConnectionsMax,
    int greetingConnectionsMax,
    int streamsMax,
    int clientStreamsMax,
    long requestBytesMax,
    long clientRequestBytesMax,
    long answerBytesMax,
    long clientAnswerBytesMax) {
  /// So that what is each connection's own is no more than a quarter of the heap: see [dev.pintle.wire.budget.ConnectionAccount].
  private static final long CONNECTION_HEAP_BYTES = 256 << 10;

  private static final long STREAM_HEAP_BYTES = 32 << 10;
  private static final int REQUEST_SHARE = 8;
  private static final int ANSWER_SHARE = 4;
  private static final int GREETING_SHARE = 4;
  private static final int RESERVED_SHARE = 4;
  private static final int RESERVED_MIN = 8;
  private static final int RESERVED_MAX = 128;
  private static final int CONNECTIONS_MIN = 16;
  private static final int STREAMS_MIN = 1024;

  /// What fits a heap of `heapBytes`, with at most `descriptorsMax` descriptors for connections.
  public static SharedLimits of(long heapBytes, long descriptorsMax) {
    long wanted = Math.min(heapBytes / CONNECTION_HEAP_BYTES, descriptorsMax);
    int reserved = Math.clamp(wanted / RESERVED_SHARE, RESERVED_MIN, RESERVED_MAX);
    int connections =
        Math.clamp(Math.min(wanted, descriptorsMax - reserved), CONNECTIONS_MIN, Integer.MAX_VALUE);
    int streams = Math.clamp(heapBytes / STREAM_HEAP_BYTES, STREAMS_MIN, Integer.MAX_VALUE);
    long requests = heapBytes / REQUEST_SHARE;
    long answers = heapBytes / ANSWER_SHARE;
    return new SharedLimits(
        connections,
        half(connections),
        reserved,
        Math.max(CONNECTIONS_MIN / 2, connections / GREETING_SHARE),
        streams,
        half(streams),
        requests,
        requests / 2,
        answers,
        answers / 2);
  }

  /// What fits this process' heap, whatever its descriptors.
  public static SharedLimits ofHeap() {
    return of(Runtime.getRuntime().maxMemory(), Integer.MAX_VALUE);
  }

  private static int half(int number) {
    return number - number / 2;
  }

  public SharedLimits {
    Limits.requireAtLeast(1, connectionsMax, "shared.connections-max");
    Limits.requireAtLeast(1, clientConnectionsMax, "shared.client-connections-max");
    Limits.requireAtLeast(0, reservedConnectionsMax, "shared.reserved-connections-max");
    Limits.requireAtLeast(1, greetingConnectionsMax, "shared.greeting-connections-max");
    Limits.requireAtLeast(1, streamsMax, "shared.streams-max");
    Limits.requireAtLeast(1, clientStreamsMax, "shared.client-streams-max");
    Limits.requireAtLeast(1, requestBytesMax, "shared.request-bytes-max");
    Limits.requireAtLeast(1, clientRequestBytesMax, "shared.client-request-bytes-max");
    Limits.requireAtLeast(1, answerBytesMax, "shared.answer-bytes-max");
    Limits.requireAtLeast(1, clientAnswerBytesMax, "shared.client-answer-bytes-max");
  }
}
