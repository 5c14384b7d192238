package dev.pintle.kube.openapi;

import dev.pintle.kube.schema.BuiltInTypes;
import dev.pintle.kube.schema.Field;
import dev.pintle.kube.schema.SchemaNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/// The options of requests as parameters: the plain fields of the types that hold them.
final class OptionParameters {
  private static final String META = "io.k8s.apimachinery.pkg.apis.meta.v1.";
  private static final String CORE = "io.k8s.api.core.v1.";
  private static final Set<String> OF_THE_TYPE = Set.of("kind", "apiVersion");

  private final BuiltInTypes builtIn;

  OptionParameters(BuiltInTypes builtIn) {
    this.builtIn = builtIn;
  }

  List<Parameter> list() {
    return of(META + "ListOptions");
  }

  List<Parameter> create() {
    return of(META + "CreateOptions");
  }

  List<Parameter> update() {
    return of(META + "UpdateOptions");
  }

  List<Parameter> patch() {
    return of(META + "PatchOptions");
  }

  List<Parameter> delete() {
    return of(META + "DeleteOptions");
  }

  /// Of the deletion of what a list would show.
  List<Parameter> deleteCollection() {
    Set<Parameter> both = new TreeSet<>(Parameter.ORDER);
    both.addAll(delete());
    for (Parameter parameter : list()) {
      // A deletion is no watch.
      if (!parameter.name().equals("watch") && !parameter.name().equals("allowWatchBookmarks")) {
        both.add(parameter);
      }
    }
    return List.copyOf(both);
  }

  /// Of a read of one object, where it says of what age.
  List<Parameter> read() {
    return list().stream().filter(each -> each.name().equals("resourceVersion")).toList();
  }

  /// Whether a part of this kind is no object but a connection.
  boolean connects(String kind) {
    return kind.endsWith("Options") && builtIn.definitions().contains(CORE + kind);
  }

  /// The options of a connection, or of the log of a pod.
  List<Parameter> connection(String kind) {
    return of(CORE + kind);
  }

  private List<Parameter> of(String definition) {
    List<Parameter> parameters = new ArrayList<>();
    for (Field field : builtIn.definition(definition).fields()) {
      String type = type(field.node());
      if (!type.isEmpty() && !OF_THE_TYPE.contains(field.name())) {
        parameters.add(Parameter.query(field.name(), type, field.description()));
      }
    }
    parameters.sort(Parameter.ORDER);
    return List.copyOf(parameters);
  }

  /// The type of a plain value, or of the values of a list of them; empty for what has parts.
  private static String type(SchemaNode node) {
    return switch (node.kind()) {
      case TEXT -> "string";
      case BOOLEAN -> "boolean";
      case INT32, INT64 -> "integer";
      case LIST -> node.hasItems() ? type(node.items()) : "";
      case OBJECT, MAP, DOUBLE, BYTES, TIME, MICRO_TIME, QUANTITY, INT_OR_STRING, ANY -> "";
    };
  }
}
