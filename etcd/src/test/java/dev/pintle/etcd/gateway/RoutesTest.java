package dev.pintle.etcd.gateway;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Descriptors.FileDescriptor;
import com.google.protobuf.Descriptors.MethodDescriptor;
import com.google.protobuf.DynamicMessage;
import dev.pintle.etcd.proto.ElectionProto;
import dev.pintle.etcd.proto.LockProto;
import dev.pintle.etcd.proto.RpcProto;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class RoutesTest {
  /// Deep enough for an operation within a transaction within a transaction.
  private static final int LEVELS = 5;

  private static final List<FileDescriptor> FILES =
      List.of(RpcProto.getDescriptor(), LockProto.getDescriptor(), ElectionProto.getDescriptor());

  /// Of all methods but the one for which etcd has no path either.
  private static List<MethodDescriptor> methods() {
    return FILES.stream()
        .flatMap(file -> file.getServices().stream())
        .flatMap(service -> service.getMethods().stream())
        .filter(method -> !method.getName().equals("RangeStream"))
        .toList();
  }

  @Test
  void everyMethodHasAPath() {
    Set<String> missing = new TreeSet<>();
    methods().forEach(method -> missing.add(Routes.grpcPath(method)));
    Routes routes = new Routes();
    for (String path : Routes.paths()) {
      MethodDescriptor method = requireNonNull(routes.find(path), path);
      missing.remove(Routes.grpcPath(method));
      assertThat(routes.find(path.replace("/v3/", "/v3beta/"))).isEqualTo(method);
    }
    assertThat(missing).isEmpty();
  }

  @Test
  void everyMessageOfEveryMethodIsReadAsItIsPrinted() throws Exception {
    for (MethodDescriptor method : methods()) {
      for (Descriptor type : List.of(method.getInputType(), method.getOutputType())) {
        DynamicMessage full = full(type, LEVELS);
        String json =
            GatewayJson.print(type, Unpooled.wrappedBuffer(full.toByteArray()))
                .toString(StandardCharsets.UTF_8);
        byte[] read =
            ByteBufUtil.getBytes(GatewayJson.message(type, json.getBytes(StandardCharsets.UTF_8)));
        assertThat(DynamicMessage.parseFrom(type, read)).as(json).isEqualTo(full);
      }
    }
  }

  /// A message with something in each field, of several alternatives the last.
  private static DynamicMessage full(Descriptor type, int levels) {
    DynamicMessage.Builder message = DynamicMessage.newBuilder(type);
    for (FieldDescriptor field : type.getFields()) {
      boolean isMessage = field.getJavaType() == FieldDescriptor.JavaType.MESSAGE;
      if (isMessage && levels == 0) {
        continue;
      }
      Object value = value(field, levels);
      if (field.isRepeated()) {
        message.addRepeatedField(field, value).addRepeatedField(field, value);
      } else {
        message.setField(field, value);
      }
    }
    return message.build();
  }

  private static Object value(FieldDescriptor field, int levels) {
    return switch (field.getJavaType()) {
      case MESSAGE -> full(field.getMessageType(), levels - 1);
      case BYTE_STRING -> ByteString.copyFrom(new byte[] {0, -1, 62, 63});
      case STRING -> "a \"text\" <\u00e9\n>";
      case BOOLEAN -> true;
      case LONG -> field.getType() == FieldDescriptor.Type.UINT64 ? -1L : Long.MIN_VALUE;
      case INT -> 7;
      case ENUM -> field.getEnumType().getValues().getLast();
      case FLOAT, DOUBLE -> throw new IllegalArgumentException("no such field: " + field);
    };
  }
}
