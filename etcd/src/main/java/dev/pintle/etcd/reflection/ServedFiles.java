package dev.pintle.etcd.reflection;

import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.EnumDescriptor;
import com.google.protobuf.Descriptors.FileDescriptor;
import com.google.protobuf.Descriptors.MethodDescriptor;
import com.google.protobuf.Descriptors.ServiceDescriptor;
import dev.pintle.etcd.proto.AuthRecordsProto;
import dev.pintle.etcd.proto.ElectionProto;
import dev.pintle.etcd.proto.HealthProto;
import dev.pintle.etcd.proto.LockProto;
import dev.pintle.etcd.proto.MvccProto;
import dev.pintle.etcd.proto.RpcProto;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The files that describe what is served, and where in them each name stands.
final class ServedFiles {
  private static final List<FileDescriptor> ALL =
      List.of(
          AuthRecordsProto.getDescriptor(),
          MvccProto.getDescriptor(),
          RpcProto.getDescriptor(),
          LockProto.getDescriptor(),
          ElectionProto.getDescriptor(),
          HealthProto.getDescriptor());

  private static final ServedFiles FILES = new ServedFiles();

  private final Map<String, FileDescriptor> bySymbol = new HashMap<>();

  private ServedFiles() {
    for (FileDescriptor file : ALL) {
      file.getMessageTypes().forEach(this::add);
      file.getEnumTypes().forEach(this::add);
      file.getServices().forEach(this::add);
    }
  }

  static ServedFiles files() {
    return FILES;
  }

  private void add(Descriptor message) {
    bySymbol.put(message.getFullName(), message.getFile());
    message.getNestedTypes().forEach(this::add);
    message.getEnumTypes().forEach(this::add);
  }

  private void add(EnumDescriptor enumeration) {
    bySymbol.put(enumeration.getFullName(), enumeration.getFile());
  }

  private void add(ServiceDescriptor service) {
    bySymbol.put(service.getFullName(), service.getFile());
    for (MethodDescriptor method : service.getMethods()) {
      bySymbol.put(method.getFullName(), method.getFile());
    }
  }

  @Nullable FileDescriptor named(String name) {
    return ALL.stream().filter(file -> file.getName().equals(name)).findFirst().orElse(null);
  }

  @Nullable FileDescriptor of(String symbol) {
    return bySymbol.get(symbol);
  }

  List<String> services() {
    return ALL.stream()
        .flatMap(file -> file.getServices().stream())
        .map(ServiceDescriptor::getFullName)
        .sorted()
        .toList();
  }
}
