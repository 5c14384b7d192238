package dev.pintle.kube.protobuf;

import dev.pintle.kube.schema.Field;
import dev.pintle.kube.schema.SchemaNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/// The fields of an object by their numbers. A part is a field, or a structure that Go embeds: in
/// JSON its fields are the object's own, in protobuf they are a message inside it.
final class MessagePlan {
  /// A part of a plan: exactly one of `field` and `embedded` is there.
  record Part(int number, @Nullable Field field, @Nullable MessagePlan embedded) {}

  private static final Map<SchemaNode, MessagePlan> MADE = new ConcurrentHashMap<>();

  private final List<Part> parts;
  private final Part[] byNumber;

  private MessagePlan(List<Part> parts) {
    this.parts = List.copyOf(parts);
    int last = parts.isEmpty() ? 0 : parts.getLast().number();
    this.byNumber = new Part[last + 1];
    parts.forEach(part -> byNumber[part.number()] = part);
  }

  /// The plan of an object's node; made once for each node of a built-in type.
  static MessagePlan of(SchemaNode node) {
    MessagePlan known = MADE.get(node);
    return known != null ? known : MADE.computeIfAbsent(node, MessagePlan::make);
  }

  /// In the order of their numbers.
  List<Part> parts() {
    return parts;
  }

  @Nullable Part part(int number) {
    return number < byNumber.length ? byNumber[number] : null;
  }

  private static MessagePlan make(SchemaNode node) {
    List<Field> fields = new ArrayList<>();
    node.fields().forEach(fields::add);
    return make(fields, 0);
  }

  private static MessagePlan make(List<Field> fields, int depth) {
    TreeMap<Integer, List<Field>> byFirst = new TreeMap<>();
    for (Field field : fields) {
      if (field.protoPath().size() > depth) {
        byFirst.computeIfAbsent(field.protoPath().get(depth), _ -> new ArrayList<>()).add(field);
      }
    }
    List<Part> parts = new ArrayList<>();
    byFirst.forEach((number, under) -> {
      boolean leaf = under.getFirst().protoPath().size() == depth + 1;
      parts.add(
          leaf
              ? new Part(number, under.getFirst(), null)
              : new Part(number, null, make(under, depth + 1)));
    });
    return new MessagePlan(parts);
  }
}
