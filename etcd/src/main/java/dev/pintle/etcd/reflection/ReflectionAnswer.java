package dev.pintle.etcd.reflection;

import com.google.protobuf.ByteString;
import com.google.protobuf.Descriptors.FileDescriptor;
import dev.pintle.etcd.message.FieldSize;
import dev.pintle.etcd.message.FieldWriter;
import dev.pintle.kernel.Bytes;
import dev.pintle.wire.GrpcStatus.Code;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The maker of answers of reflection: the fields of a `ServerReflectionResponse`, by number.
final class ReflectionAnswer {
  private static final int HOST = 1;
  private static final int REQUEST = 2;
  private static final int FILES = 4;
  private static final int SERVICES = 6;
  private static final int ERROR = 7;

  private final ByteBufAllocator allocator;
  private final Bytes request;

  /// @param request is repeated in the answer
  ReflectionAnswer(ByteBufAllocator allocator, byte[] request) {
    this.allocator = allocator;
    this.request = Bytes.wrap(request);
  }

  /// Puts `body`, which it releases, into the whole answer.
  ByteBuf whole(String host, ByteBuf body) {
    ByteBuf out = allocator.buffer(request.size() + body.readableBytes() + host.length() + 16);
    FieldWriter.bytes(out, HOST, Bytes.utf8(host));
    FieldWriter.bytes(out, REQUEST, request);
    out.writeBytes(body);
    body.release();
    return out;
  }

  ByteBuf file(String name) {
    return told(ServedFiles.files().named(name), "File not found: " + name);
  }

  ByteBuf symbol(String name) {
    return told(ServedFiles.files().of(name), "Symbol not found: " + name);
  }

  /// proto3 has none but of options.
  ByteBuf noExtension() {
    return error(Code.NOT_FOUND, "Extension not found");
  }

  ByteBuf invalid() {
    return error(Code.INVALID_ARGUMENT, "invalid MessageRequest");
  }

  ByteBuf services() {
    List<Bytes> names = ServedFiles.files().services().stream().map(Bytes::utf8).toList();
    int size = 0;
    for (Bytes name : names) {
      size += FieldSize.nested(1, FieldSize.bytes(1, name));
    }
    ByteBuf out = allocator.buffer(size + 8);
    FieldWriter.nested(out, SERVICES, size);
    for (Bytes name : names) {
      FieldWriter.nested(out, 1, FieldSize.bytes(1, name));
      FieldWriter.bytes(out, 1, name);
    }
    return out;
  }

  /// A file with those that it needs, itself first.
  private ByteBuf told(@Nullable FileDescriptor file, String missing) {
    if (file == null) {
      return error(Code.NOT_FOUND, missing);
    }
    List<ByteString> files = new ArrayList<>();
    add(file, files);
    int size = 0;
    for (ByteString next : files) {
      size += FieldSize.nested(1, next.size());
    }
    ByteBuf out = allocator.buffer(size + 8);
    FieldWriter.nested(out, FILES, size);
    for (ByteString next : files) {
      FieldWriter.nested(out, 1, next.size());
      out.writeBytes(next.asReadOnlyByteBuffer());
    }
    return out;
  }

  private static void add(FileDescriptor file, List<ByteString> files) {
    ByteString bytes = file.toProto().toByteString();
    if (!files.contains(bytes)) {
      files.add(bytes);
      file.getDependencies().stream()
          .sorted(Comparator.comparing(FileDescriptor::getName))
          .forEach(needed -> add(needed, files));
    }
  }

  private ByteBuf error(Code code, String message) {
    Bytes text = Bytes.utf8(message);
    int size = FieldSize.int64(1, code.number()) + FieldSize.bytes(2, text);
    ByteBuf out = allocator.buffer(size + 8);
    FieldWriter.nested(out, ERROR, size);
    FieldWriter.int64(out, 1, code.number());
    FieldWriter.bytes(out, 2, text);
    return out;
  }
}
