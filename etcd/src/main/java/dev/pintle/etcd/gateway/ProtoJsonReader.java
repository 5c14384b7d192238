package dev.pintle.etcd.gateway;

import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.EnumValueDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Descriptors.OneofDescriptor;
import dev.pintle.etcd.gateway.JsonTokens.Kind;
import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.BitSet;
import java.util.Deque;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// The reader of protobuf's JSON form, which makes a message's bytes of it, in the words of Go's library: both spellings of a field's name, an
/// integer as a number or text, with or without a point and an exponent, bytes in either base64, enums by name or number. A field that is
/// given twice is refused, so are two of which only one may be. What is unknown (a field, an enum's name) is passed over, as etcd does.
///
/// Messages within messages take no stack, since the client decides how deep they are.
final class ProtoJsonReader {
  /// A message that is being read.
  private static final class Open {
    private final Descriptor type;
    private final BitSet seen = new BitSet();
    private final BitSet chosen = new BitSet();

    /// The field of whose list elements are being read.
    private @Nullable FieldDescriptor list;

    Open(Descriptor type) {
      this.type = type;
    }
  }

  private final JsonTokens in;
  private final MessageBytes out = new MessageBytes();
  private final Deque<Open> open = new ArrayDeque<>();

  private ProtoJsonReader(JsonTokens in) {
    this.in = in;
  }

  /// The message that the JSON value in `json` stands for, which [JsonSyntax] has passed.
  static ByteBuf read(Descriptor type, byte[] json, int from, int to) throws BadJson {
    ProtoJsonReader reader = new ProtoJsonReader(new JsonTokens(json, from, to));
    reader.in.next();
    reader.begin(type);
    while (!reader.open.isEmpty()) {
      Open message = reader.open.getLast();
      FieldDescriptor list = message.list;
      if (list == null) {
        reader.member(message);
      } else {
        reader.element(message, list);
      }
    }
    return reader.out.whole();
  }

  /// The current token begins a message.
  private void begin(Descriptor type) throws BadJson {
    require(Kind.OBJECT);
    open.addLast(new Open(type));
  }

  private void require(Kind expected) throws BadJson {
    if (in.kind() != expected) {
      throw in.unexpected();
    }
  }

  private void member(Open message) throws BadJson {
    if (in.next() == Kind.OBJECT_END) {
      open.removeLast();
      if (!open.isEmpty()) {
        out.end();
      }
      return;
    }
    FieldDescriptor field = field(message.type, new String(in.utf8(), StandardCharsets.UTF_8));
    if (field == null) {
      in.next();
      in.skip();
      return;
    }
    if (message.seen.get(field.getIndex())) {
      throw in.invalid("duplicate field " + in.rawText());
    }
    message.seen.set(field.getIndex());
    JsonTokens.Place name = in.place();
    if (in.next() == Kind.NULL) {
      return;
    }
    if (field.isRepeated()) {
      require(Kind.ARRAY);
      message.list = field;
    } else {
      choose(message, field, name);
      value(field, false);
    }
  }

  private void choose(Open message, FieldDescriptor field, JsonTokens.Place name) throws BadJson {
    OneofDescriptor choice = field.getContainingOneof();
    if (choice == null) {
      return;
    }
    if (message.chosen.get(choice.getIndex())) {
      throw in.invalid(
          name,
          "error parsing %s, oneof %s is already set"
              .formatted(in.rawText(name), choice.getFullName()));
    }
    message.chosen.set(choice.getIndex());
  }

  private void element(Open message, FieldDescriptor list) throws BadJson {
    if (in.next() == Kind.ARRAY_END) {
      message.list = null;
    } else {
      value(list, true);
    }
  }

  /// Reads the value that the current token begins. An element of a list, and whichever is chosen of several, is there even if it is zero.
  private void value(FieldDescriptor field, boolean element) throws BadJson {
    boolean always = element || field.getContainingOneof() != null;
    int number = field.getNumber();
    switch (field.getJavaType()) {
      case MESSAGE -> {
        out.begin(number);
        begin(field.getMessageType());
      }
      case BYTE_STRING -> bytes(number, required(field, base64()), always);
      case STRING ->
          bytes(number, required(field, in.kind() == Kind.TEXT ? in.utf8() : null), always);
      case BOOLEAN -> varint(number, required(field, bool()), always);
      case LONG -> varint(number, required(field, integer(field)), always);
      case INT -> varint(number, required(field, within32(integer(field))), always);
      case ENUM -> enumValue(field, always);
      case FLOAT, DOUBLE -> throw new IllegalArgumentException("no such field: " + field);
    }
  }

  private void bytes(int number, byte[] value, boolean always) {
    if (always || value.length > 0) {
      out.bytes(number, value);
    }
  }

  private void varint(int number, long value, boolean always) {
    if (always || value != 0) {
      out.varint(number, value);
    }
  }

  private <T> T required(FieldDescriptor field, @Nullable T value) throws BadJson {
    if (value == null) {
      String kind = field.getType().name().toLowerCase(Locale.ROOT);
      throw in.invalid(
          "invalid value for %s field %s: %s".formatted(kind, field.getJsonName(), in.rawText()));
    }
    return value;
  }

  private byte @Nullable [] base64() {
    return in.kind() == Kind.TEXT ? Base64Text.decode(in.utf8()) : null;
  }

  private @Nullable Long bool() {
    return in.kind() == Kind.BOOLEAN ? Long.valueOf(in.isTrue() ? 1 : 0) : null;
  }

  private @Nullable Long integer(FieldDescriptor field) {
    byte[] text =
        switch (in.kind()) {
          case NUMBER -> in.raw();
          case TEXT -> in.utf8();
          case NULL, BOOLEAN, NAME, OBJECT, OBJECT_END, ARRAY, ARRAY_END -> null;
        };
    if (text == null || (in.kind() == Kind.TEXT && endsWithSpace(text))) {
      return null;
    }
    return switch (field.getType()) {
      case UINT64, UINT32 -> JsonInteger.unsigned(text);
      default -> JsonInteger.signed(text);
    };
  }

  /// A number may be followed by anything but space at the very end; space before it makes it none.
  private static boolean endsWithSpace(byte[] text) {
    String read = new String(text, StandardCharsets.UTF_8);
    return !read.isEmpty() && isSpace(read.charAt(read.length() - 1));
  }

  private static boolean isSpace(char last) {
    return Character.isSpaceChar(last) || (last >= '\t' && last <= '\r') || last == 0x85;
  }

  private static @Nullable Long within32(@Nullable Long value) {
    return value == null || value.longValue() != value.intValue() ? null : value;
  }

  private void enumValue(FieldDescriptor field, boolean always) throws BadJson {
    if (in.kind() == Kind.TEXT) {
      String name = new String(in.utf8(), StandardCharsets.UTF_8);
      EnumValueDescriptor value = field.getEnumType().findValueByName(name);
      if (value != null) {
        varint(field.getNumber(), value.getNumber(), always);
      }
    } else {
      Long value = in.kind() == Kind.NUMBER ? within32(JsonInteger.signed(in.raw())) : null;
      varint(field.getNumber(), required(field, value), always);
    }
  }

  private static @Nullable FieldDescriptor field(Descriptor type, String name) {
    for (FieldDescriptor field : type.getFields()) {
      if (field.getJsonName().equals(name) || field.getName().equals(name)) {
        return field;
      }
    }
    return null;
  }
}
