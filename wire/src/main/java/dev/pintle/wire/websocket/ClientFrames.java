package dev.pintle.wire.websocket;

import dev.pintle.wire.SocketReader;
import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;

/// The reader of the frames of a client. What messages say is handed on as it comes, and nothing of it is kept: whether
/// their text is UTF-8 is therefore not asked. Of pings the newest is kept for its answer.
public final class ClientFrames {
  private static final byte[] NOTHING = new byte[0];

  /// The longest message, upstream's figure; whoever sends a longer one is done with.
  public static final long MESSAGE_BYTES_MAX = 32L << 20;

  /// The longest payload of a ping, pong or close.
  private static final int CONTROL_BYTES_MAX = 125;

  private static final int MASKED = 0x80;
  private static final int MASK_BYTES = 4;
  private static final int START_BYTES = 2;
  private static final int TWO_BYTES_FOLLOW = 126;
  private static final int EIGHT_BYTES_FOLLOW = 127;
  private static final int HEAD_BYTES_MAX = START_BYTES + Long.BYTES + MASK_BYTES;

  private final SocketReader reader;
  private final byte[] head = new byte[HEAD_BYTES_MAX];
  private int headBytes;
  private int headBytesWanted = START_BYTES;
  private boolean inPayload;
  private long payloadLeft;
  private boolean inMessage;
  private long messageBytes;
  private byte @Nullable [] pinging;
  private byte @Nullable [] pinged;

  public ClientFrames(SocketReader reader) {
    this.reader = reader;
  }

  /// Takes all of `bytes`, or up to where the client is done with.
  ///
  /// @return [CloseStatus#OPEN], or how to close the connection: the client has closed it, or does not keep to the protocol
  public int read(ByteBuf bytes) {
    while (bytes.isReadable()) {
      int status = inPayload ? payload(bytes) : head(bytes.readByte());
      if (status != CloseStatus.OPEN) {
        return status;
      }
    }
    return CloseStatus.OPEN;
  }

  /// The payload of the newest ping that was not answered yet; null for none. It counts as answered now.
  public byte @Nullable [] takePing() {
    byte[] taken = pinged;
    pinged = null;
    return taken;
  }

  public boolean hasPing() {
    return pinged != null;
  }

  private int opcode() {
    return head[0] & 0x0f;
  }

  private boolean isFinal() {
    return (head[0] & 0x80) != 0;
  }

  private int head(byte next) {
    head[headBytes++] = next;
    if (headBytes == START_BYTES) {
      int length = head[1] & 0x7f;
      headBytesWanted += MASK_BYTES;
      if (length == TWO_BYTES_FOLLOW) {
        headBytesWanted += Short.BYTES;
      } else if (length == EIGHT_BYTES_FOLLOW) {
        headBytesWanted += Long.BYTES;
      }
      return isStartRight(length) ? CloseStatus.OPEN : CloseStatus.PROTOCOL_ERROR;
    }
    return headBytes < headBytesWanted ? CloseStatus.OPEN : beginPayload();
  }

  /// A client masks its frames; no extension gives the reserved bits a meaning.
  private boolean isStartRight(int length) {
    int opcode = opcode();
    boolean reserved = (head[0] & 0x70) != 0;
    if (reserved || !Opcode.isKnown(opcode) || (head[1] & MASKED) == 0) {
      return false;
    }
    if (Opcode.isControl(opcode)) {
      return isFinal() && length <= CONTROL_BYTES_MAX;
    }
    return inMessage == (opcode == Opcode.CONTINUATION);
  }

  private int beginPayload() {
    payloadLeft = length();
    inPayload = true;
    if (payloadLeft < 0) {
      return CloseStatus.PROTOCOL_ERROR;
    }
    if (!Opcode.isControl(opcode())) {
      if (payloadLeft > MESSAGE_BYTES_MAX - messageBytes) {
        return CloseStatus.TOO_LARGE;
      }
      messageBytes += payloadLeft;
    } else if (opcode() == Opcode.PING) {
      pinging = new byte[(int) payloadLeft];
    }
    return payloadLeft == 0 ? endFrame() : CloseStatus.OPEN;
  }

  /// Negative where the highest bit is set, which it must not be.
  private long length() {
    int following = headBytesWanted - START_BYTES - MASK_BYTES;
    if (following == 0) {
      return head[1] & 0x7f;
    }
    long length = 0;
    for (int i = 0; i < following; i++) {
      length = length << 8 | (head[START_BYTES + i] & 0xff);
    }
    return length;
  }

  private int payload(ByteBuf bytes) {
    int taken = (int) Math.min(payloadLeft, bytes.readableBytes());
    byte[] ping = pinging;
    if (ping != null) {
      int at = ping.length - (int) payloadLeft;
      bytes.readBytes(ping, at, taken);
      unmask(ping, at, taken, at);
    } else if (Opcode.isControl(opcode()) || reader.equals(SocketReader.NOBODY)) {
      bytes.skipBytes(taken);
    } else {
      byte[] part = new byte[taken];
      bytes.readBytes(part);
      unmask(part, 0, taken, length() - payloadLeft);
      if (!reader.take(part, false)) {
        return CloseStatus.TOO_LARGE;
      }
    }
    payloadLeft -= taken;
    return payloadLeft == 0 ? endFrame() : CloseStatus.OPEN;
  }

  /// @param place of the first byte within the frame's payload
  private void unmask(byte[] bytes, int from, int count, long place) {
    int mask = headBytesWanted - MASK_BYTES;
    int shift = (int) (place % MASK_BYTES);
    for (int i = 0; i < count; i++) {
      bytes[from + i] ^= head[mask + (shift + i) % MASK_BYTES];
    }
  }

  private int endFrame() {
    int opcode = opcode();
    boolean readOn = true;
    if (opcode == Opcode.PING) {
      pinged = pinging;
      pinging = null;
    } else if (!Opcode.isControl(opcode)) {
      inMessage = !isFinal();
      messageBytes = inMessage ? messageBytes : 0;
      readOn = inMessage || reader.take(NOTHING, true);
    }
    inPayload = false;
    headBytes = 0;
    headBytesWanted = START_BYTES;
    if (!readOn) {
      return CloseStatus.TOO_LARGE;
    }
    return opcode == Opcode.CLOSE ? CloseStatus.NORMAL : CloseStatus.OPEN;
  }
}
