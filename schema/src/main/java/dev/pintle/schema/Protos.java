package dev.pintle.schema;

import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Descriptors.FileDescriptor;
import java.lang.reflect.InvocationTargetException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The messages of the protobuf twin of the client library.
final class Protos {
  private static final String PACKAGE = "io.kubernetes.client.proto.";

  private final Map<String, Descriptor> messages = new HashMap<>();
  private final Map<String, String> javaNames = Map.of("$ref", "ref", "$schema", "schema");

  /// The place of a field of JSON in a message: the numbers that lead to it, and what it is there.
  record Place(List<Integer> path, FieldDescriptor field) {}

  void add(String file) {
    try {
      Object descriptor = Class.forName(PACKAGE + file).getMethod("getDescriptor").invoke(null);
      for (Descriptor message : ((FileDescriptor) descriptor).getMessageTypes()) {
        messages.put(message.getFullName(), message);
      }
    } catch (ClassNotFoundException
        | NoSuchMethodException
        | IllegalAccessException
        | InvocationTargetException e) {
      throw new IllegalArgumentException(
          "protobuf file: %s (expected: in client-java-proto)".formatted(file), e);
    }
  }

  @Nullable Descriptor message(String fullName) {
    return messages.get(fullName);
  }

  /// Finds the field that holds `jsonName`, looking into embedded structures (messages whose own
  /// name is no JSON field).
  @Nullable Place find(Descriptor message, String jsonName, Set<String> jsonNames) {
    String name = protoName(jsonName);
    FieldDescriptor named = message.findFieldByName(name);
    // One field's name begins with a capital, by mistake.
    FieldDescriptor direct =
        named == null
            ? message.findFieldByName(Character.toUpperCase(name.charAt(0)) + name.substring(1))
            : named;
    if (direct != null) {
      return new Place(List.of(direct.getNumber()), direct);
    }
    for (FieldDescriptor field : message.getFields()) {
      boolean embedded =
          field.getJavaType() == FieldDescriptor.JavaType.MESSAGE
              && !field.isRepeated()
              && !jsonNames.contains(field.getName());
      Place inner = embedded ? find(field.getMessageType(), jsonName, jsonNames) : null;
      if (inner != null) {
        List<Integer> path = new ArrayList<>(List.of(field.getNumber()));
        path.addAll(inner.path());
        return new Place(List.copyOf(path), inner.field());
      }
    }
    return null;
  }

  private String protoName(String jsonName) {
    String known = javaNames.get(jsonName);
    if (known != null) {
      return known;
    }
    return jsonName.startsWith("x-kubernetes-") ? camelCase(jsonName) : jsonName;
  }

  private static String camelCase(String dashed) {
    StringBuilder name = new StringBuilder();
    boolean upper = false;
    for (int i = 0; i < dashed.length(); i++) {
      char c = dashed.charAt(i);
      if (c == '-') {
        upper = true;
      } else {
        name.append(upper ? Character.toUpperCase(c) : c);
        upper = false;
      }
    }
    return name.toString();
  }
}
