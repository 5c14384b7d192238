package dev.pintle.etcd.gateway;

import dev.pintle.etcd.message.FieldSize;
import dev.pintle.etcd.message.FieldWriter;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.ArrayList;
import java.util.List;

/// A message that is written field by field, messages within messages to any depth: the length of each stands before it and is known only at
/// its end, so fields are collected and put together at last.
final class MessageBytes {
  /// A message within the message.
  private static final class Nested {
    private final int number;

    /// How much of the fields stands before it.
    private final int at;

    /// Of its fields, those within messages of its own included.
    private int bytes;

    Nested(int number, int at) {
      this.number = number;
      this.at = at;
    }
  }

  /// All fields that are no messages, one behind the other.
  private final ByteBuf fields = Unpooled.buffer();

  private final List<Nested> nested = new ArrayList<>();
  private final List<Nested> open = new ArrayList<>();
  private int bytes;

  /// A field of which nothing is left out because it is zero.
  void varint(int number, long value) {
    int before = fields.writerIndex();
    FieldWriter.varint(fields, (long) number << 3);
    FieldWriter.varint(fields, value);
    grow(fields.writerIndex() - before);
  }

  void bytes(int number, byte[] value) {
    int before = fields.writerIndex();
    FieldWriter.nested(fields, number, value.length);
    fields.writeBytes(value);
    grow(fields.writerIndex() - before);
  }

  /// Begins a message within the one that is open.
  void begin(int number) {
    Nested message = new Nested(number, fields.writerIndex());
    nested.add(message);
    open.add(message);
  }

  /// Ends the message begun last.
  void end() {
    Nested message = open.removeLast();
    grow(FieldSize.nested(message.number, message.bytes));
  }

  private void grow(int more) {
    if (open.isEmpty()) {
      bytes += more;
    } else {
      open.getLast().bytes += more;
    }
  }

  /// How long the message is so far.
  int size() {
    return bytes;
  }

  /// The whole message.
  ByteBuf whole() {
    ByteBuf out = Unpooled.buffer(bytes, bytes);
    int at = 0;
    for (Nested message : nested) {
      out.writeBytes(fields, at, message.at - at);
      FieldWriter.nested(out, message.number, message.bytes);
      at = message.at;
    }
    return out.writeBytes(fields, at, fields.writerIndex() - at);
  }
}
