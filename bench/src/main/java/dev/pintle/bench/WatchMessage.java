package dev.pintle.bench;

/// The content of a watch response, read from its field numbers alone.
record WatchMessage(boolean created, int events) {
  private static final int CREATED = 3;
  private static final int EVENTS = 11;

  static WatchMessage of(byte[] message) {
    boolean created = false;
    int events = 0;
    int at = 0;
    while (at < message.length) {
      long tag = varint(message, at);
      at += varintBytes(message, at);
      long value = varint(message, at);
      at += varintBytes(message, at);
      int field = (int) (tag >>> 3);
      created |= field == CREATED && value != 0;
      events += field == EVENTS ? 1 : 0;
      at += (tag & 7) == 2 ? (int) value : 0;
    }
    return new WatchMessage(created, events);
  }

  private static long varint(byte[] bytes, int start) {
    long value = 0;
    int shift = 0;
    for (int at = start; ; at++) {
      value |= (bytes[at] & 0x7fL) << shift;
      if (bytes[at] >= 0) {
        return value;
      }
      shift += 7;
    }
  }

  private static int varintBytes(byte[] bytes, int start) {
    int at = start;
    while (bytes[at] < 0) {
      at++;
    }
    return at - start + 1;
  }
}
