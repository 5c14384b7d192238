package dev.pintle.etcd.gateway;

import com.google.protobuf.ByteString;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.DynamicMessage;
import com.google.protobuf.InvalidProtocolBufferException;
import dev.pintle.wire.GrpcStatus;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufInputStream;
import io.netty.buffer.ByteBufOutputStream;
import io.netty.buffer.Unpooled;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.StreamWriteFeature;
import tools.jackson.core.TokenStreamFactory;
import tools.jackson.core.json.JsonFactory;

/// The translation of bodies into messages and of messages into bodies.
final class GatewayJson {
  /// Remembers no names: a client could choose them so that the table of all clients takes no more.
  private static final JsonFactory FACTORY =
      JsonFactory.builder()
          .disable(TokenStreamFactory.Feature.CANONICALIZE_PROPERTY_NAMES)
          .disable(StreamWriteFeature.AUTO_CLOSE_TARGET)
          .build();

  private GatewayJson() {}

  /// The messages that stand one after another in `body`; none when it is empty.
  static List<DynamicMessage> messages(Descriptor type, ByteBuf body) throws BadJson {
    List<DynamicMessage> messages = new ArrayList<>(1);
    try (JsonParser in =
        FACTORY.createParser(
            ObjectReadContext.empty(), (InputStream) new ByteBufInputStream(body))) {
      ProtoJsonReader reader = new ProtoJsonReader(in);
      while (in.nextToken() != null) {
        messages.add(reader.message(type));
      }
    } catch (JacksonException noJson) {
      throw new BadJson(noJson.getOriginalMessage());
    }
    return messages;
  }

  /// `message`, of which the bytes are given, as JSON.
  static ByteBuf print(Descriptor type, ByteBuf message) {
    return write(out -> new ProtoJsonWriter(out).message(parse(type, message)));
  }

  /// A message of a stream: an object with the one field `result`, and a line's end.
  static ByteBuf printResult(Descriptor type, ByteBuf message) {
    ByteBuf line =
        write(out -> {
          out.writeStartObject();
          out.writeName("result");
          new ProtoJsonWriter(out).message(parse(type, message));
          out.writeEndObject();
        });
    return line.writeByte('\n');
  }

  static ByteBuf print(GrpcStatus status) {
    return write(out -> writeStatus(out, status));
  }

  static ByteBuf printError(GrpcStatus status) {
    ByteBuf line =
        write(out -> {
          out.writeStartObject();
          out.writeName("error");
          writeStatus(out, status);
          out.writeEndObject();
        });
    return line.writeByte('\n');
  }

  private static void writeStatus(JsonGenerator out, GrpcStatus status) {
    out.writeStartObject();
    out.writeNumberProperty("code", status.code().number());
    out.writeStringProperty("message", status.message());
    out.writeEndObject();
  }

  private static ByteBuf write(Consumer<JsonGenerator> content) {
    ByteBuf json = Unpooled.buffer();
    try (JsonGenerator out =
        FACTORY.createGenerator(
            ObjectWriteContext.empty(), (OutputStream) new ByteBufOutputStream(json))) {
      content.accept(out);
    }
    return json;
  }

  private static DynamicMessage parse(Descriptor type, ByteBuf message) {
    try {
      return DynamicMessage.parseFrom(type, ByteString.copyFrom(message.nioBuffer()));
    } catch (InvalidProtocolBufferException ours) {
      throw new IllegalStateException("an answer that is no " + type.getName(), ours);
    }
  }
}
