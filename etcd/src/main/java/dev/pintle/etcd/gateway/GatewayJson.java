package dev.pintle.etcd.gateway;

import com.google.protobuf.CodedInputStream;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.DynamicMessage;
import dev.pintle.wire.GrpcStatus;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/// The translation of bodies into messages and of messages into bodies.
final class GatewayJson {
  private GatewayJson() {}

  /// The message that stands first in `body`, whatever follows it; the empty one when there is none.
  static ByteBuf message(Descriptor type, byte[] body) throws BadJson {
    JsonSyntax syntax = new JsonSyntax();
    int end = syntax.feed(body, 0, body.length);
    return syntax.hasBegun()
        ? read(type, body, 0, wholeEnd(syntax, end, body))
        : Unpooled.EMPTY_BUFFER;
  }

  /// The messages that stand one after another in `body`, up to what is none: etcd takes that for the end of the stream.
  static List<ByteBuf> messages(Descriptor type, byte[] body) {
    List<ByteBuf> messages = new ArrayList<>(1);
    try {
      int from = 0;
      while (from < body.length) {
        JsonSyntax syntax = new JsonSyntax();
        int end = syntax.feed(body, from, body.length);
        if (!syntax.hasBegun()) {
          break;
        }
        int to = wholeEnd(syntax, end, body);
        messages.add(read(type, body, from, to));
        from = to;
      }
    } catch (BadJson _) {
      // the end
    }
    return messages;
  }

  private static int wholeEnd(JsonSyntax syntax, int end, byte[] body) throws BadJson {
    if (end < 0) {
      syntax.end();
    }
    return end < 0 ? body.length : end;
  }

  /// Where lines and columns are told, they are counted from where the value begins.
  private static ByteBuf read(Descriptor type, byte[] body, int from, int to) throws BadJson {
    int begin = from;
    while (JsonSyntax.isBlank(body[begin])) {
      begin++;
    }
    return ProtoJsonReader.read(type, body, begin, to);
  }

  /// `message`, of which the bytes are given, as JSON.
  static ByteBuf print(Descriptor type, ByteBuf message) {
    ByteBuf json = Unpooled.buffer();
    new ProtoJsonWriter(json, StringEscapes.NEEDED).message(parse(type, message));
    return json;
  }

  /// A message of a stream: an object with the one field `result`.
  static ByteBuf printResult(Descriptor type, ByteBuf message) {
    ByteBuf line = Unpooled.buffer();
    ByteBufUtil.writeAscii(line, "{\"result\":");
    new ProtoJsonWriter(line, StringEscapes.FOR_PAGES).message(parse(type, message));
    return line.writeByte('}');
  }

  static ByteBuf print(GrpcStatus status) {
    return writeStatus(Unpooled.buffer(), StringEscapes.NEEDED, status);
  }

  /// The end of a stream: an object with the one field `error`.
  static ByteBuf printError(GrpcStatus status) {
    ByteBuf line = Unpooled.buffer();
    ByteBufUtil.writeAscii(line, "{\"error\":");
    return writeStatus(line, StringEscapes.FOR_PAGES, status).writeByte('}');
  }

  private static ByteBuf writeStatus(ByteBuf out, StringEscapes escapes, GrpcStatus status) {
    ByteBufUtil.writeAscii(out, "{\"code\":" + status.code().number());
    if (!status.message().isEmpty()) {
      ByteBufUtil.writeAscii(out, ",\"message\":");
      escapes.write(out, status.message());
    }
    return out.writeByte('}');
  }

  /// Messages within an answer are as deep as those of the request, which was bounded.
  private static DynamicMessage parse(Descriptor type, ByteBuf message) {
    try {
      CodedInputStream in = CodedInputStream.newInstance(message.nioBuffer());
      in.setRecursionLimit(Integer.MAX_VALUE);
      return DynamicMessage.parseFrom(type, in);
    } catch (IOException ours) {
      throw new IllegalStateException("an answer that is no " + type.getName(), ours);
    }
  }
}
