package dev.pintle.compat.watch;

import com.google.protobuf.CodedInputStream;
import com.google.protobuf.WireFormat;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;

/// The facts of one watch event of a config map, read from either form with nothing of Pintle's own: the numbers of the
/// fields are those of upstream's `generated.proto`.
///
/// @param binary its texts are base64
record ProtobufMap(
    String event,
    String kind,
    String name,
    String uid,
    String resourceVersion,
    Map<String, String> labels,
    Map<String, String> texts,
    Map<String, String> binary) {
  private static final byte[] MAGIC = {'k', '8', 's', 0};

  static ProtobufMap ofLine(JsonNode event) {
    JsonNode object = event.path("object");
    JsonNode metadata = object.path("metadata");
    return new ProtobufMap(
        event.path("type").asString(),
        object.path("apiVersion").asString() + "/" + object.path("kind").asString(),
        metadata.path("name").asString(),
        metadata.path("uid").asString(),
        metadata.path("resourceVersion").asString(),
        texts(metadata.path("labels")),
        texts(object.path("data")),
        texts(object.path("binaryData")));
  }

  private static Map<String, String> texts(JsonNode map) {
    Map<String, String> texts = new TreeMap<>();
    map.properties().forEach(entry -> texts.put(entry.getKey(), entry.getValue().asString()));
    return texts;
  }

  /// `WatchEvent{type=1, object=2 RawExtension{raw=1}}`, where raw is an envelope.
  static ProtobufMap ofEvent(byte[] frame) {
    Fields event = Fields.of(frame);
    byte[] envelope = Fields.of(event.bytes(2)).bytes(1);
    if (!Arrays.equals(MAGIC, Arrays.copyOf(envelope, MAGIC.length))) {
      throw new AssertionError("no envelope: " + Arrays.toString(envelope));
    }
    Fields unknown = Fields.of(Arrays.copyOfRange(envelope, MAGIC.length, envelope.length));
    Fields type = Fields.of(unknown.bytes(1));
    Fields object = Fields.of(unknown.bytes(2));
    Fields metadata = Fields.of(object.bytes(1));
    return new ProtobufMap(
        event.text(1),
        type.text(1) + "/" + type.text(2),
        metadata.text(1),
        metadata.text(5),
        metadata.text(6),
        metadata.entries(11, false),
        object.entries(2, false),
        object.entries(3, true));
  }

  /// The fields of one message that are texts, bytes or messages, by number.
  private record Fields(Map<Integer, List<byte[]>> values) {
    static Fields of(byte[] message) {
      Map<Integer, List<byte[]>> values = new TreeMap<>();
      CodedInputStream in = CodedInputStream.newInstance(message);
      try {
        for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
          if (WireFormat.getTagWireType(tag) == WireFormat.WIRETYPE_LENGTH_DELIMITED) {
            values
                .computeIfAbsent(WireFormat.getTagFieldNumber(tag), _ -> new ArrayList<>())
                .add(in.readByteArray());
          } else {
            in.skipField(tag);
          }
        }
      } catch (IOException e) {
        throw new UncheckedIOException("not protobuf", e);
      }
      return new Fields(values);
    }

    byte[] bytes(int number) {
      List<byte[]> all = values.get(number);
      return all == null ? new byte[0] : all.getFirst();
    }

    String text(int number) {
      return new String(bytes(number), StandardCharsets.UTF_8);
    }

    Map<String, String> entries(int number, boolean binary) {
      Map<String, String> entries = new TreeMap<>();
      for (byte[] entry : values.getOrDefault(number, List.of())) {
        Fields pair = of(entry);
        String value = binary ? Base64.getEncoder().encodeToString(pair.bytes(2)) : pair.text(2);
        entries.put(pair.text(1), value);
      }
      return entries;
    }
  }
}
