package dev.pintle.wire.websocket;

/// The statuses with which the server closes.
public final class CloseStatus {
  /// Not closed.
  public static final int OPEN = 0;

  public static final int NORMAL = 1000;

  /// The server stops.
  public static final int GOING_AWAY = 1001;

  public static final int PROTOCOL_ERROR = 1002;
  public static final int TOO_LARGE = 1009;

  private CloseStatus() {}
}
