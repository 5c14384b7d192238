package dev.pintle.schema;

import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Descriptors.GenericDescriptor;
import dev.pintle.schema.ModelClass.ModelField;
import dev.pintle.schema.Protos.Place;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// A walk over models and messages side by side, from the kinds that operations answer, which defines every type on the
/// way.
///
/// The model says what JSON looks like; the message says which package a type comes from and the
/// numbers of its fields. Where there is no message, the type belongs to the package it was reached
/// from.
final class TypeWalk {
  private static final String META = "io.k8s.apimachinery.pkg.apis.meta.v1.";
  private static final Map<ValueWord, String> NAMED_VALUES =
      Map.of(
          ValueWord.TIME,
          META + "Time",
          ValueWord.MICRO_TIME,
          META + "MicroTime",
          ValueWord.QUANTITY,
          "io.k8s.apimachinery.pkg.api.resource.Quantity",
          ValueWord.INT_OR_STRING,
          "io.k8s.apimachinery.pkg.util.intstr.IntOrString");

  private static final Map<FieldDescriptor.JavaType, ValueWord> PLAIN =
      Map.of(
          FieldDescriptor.JavaType.STRING, ValueWord.TEXT,
          FieldDescriptor.JavaType.BOOLEAN, ValueWord.BOOLEAN,
          FieldDescriptor.JavaType.INT, ValueWord.INT32,
          FieldDescriptor.JavaType.LONG, ValueWord.INT64);

  private final ClassFiles files;
  private final Protos protos;
  private final ProtoComments comments;
  private final Packages packages;
  private final Map<String, TypeDef> types = new TreeMap<>();
  private final Map<String, String> definitionOfModel = new HashMap<>();

  TypeWalk(ClassFiles files, Protos protos, ProtoComments comments, Packages packages) {
    this.files = files;
    this.protos = protos;
    this.comments = comments;
    this.packages = packages;
  }

  /// Every definition, by name.
  Map<String, TypeDef> types() {
    return types;
  }

  /// Defines a model found in a version of a group, and all it consists of; returns the
  /// definition's name.
  String root(String internalName, GroupFacts home, List<GroupFacts> others) {
    String known = definitionOfModel.get(internalName);
    return known != null
        ? known
        : define(
            internalName,
            message(Packages.simpleName(internalName), home, others),
            home.protoPackage);
  }

  /// Defines a message of options, which travel as parameters: its plain fields and times.
  void options(String simpleName, GroupFacts home) {
    Descriptor message = messageOf(simpleName, home);
    if (message == null) {
      throw new IllegalArgumentException(
          "options: %s (expected: a message of %s)".formatted(simpleName, home.protoPackage));
    }
    TypeDef type =
        new TypeDef(packages.definitionOfMessage(message.getFullName()), ValueWord.OBJECT);
    types.put(type.name, type);
    describe(type, message, "");
    for (FieldDescriptor field : message.getFields()) {
      Shape one = option(field);
      if (one != null) {
        Shape shape = field.isRepeated() ? new Shape.Many(one, "") : one;
        FieldDef made = new FieldDef(field.getName(), shape);
        made.comment = comment(field);
        made.description = CommentText.of(made.comment, "");
        made.protoPath = List.of(field.getNumber());
        type.fields.add(made);
      }
    }
  }

  /// The shape of one value of an option; null for what has parts.
  private @Nullable Shape option(FieldDescriptor field) {
    Descriptor message = messageOf(field);
    if (message != null && message.getName().equals("Time")) {
      return scalar(ValueWord.TIME, message);
    }
    ValueWord word = PLAIN.get(field.getJavaType());
    return word == null ? null : new Shape.Value(word);
  }

  private @Nullable Descriptor message(
      String simpleName, GroupFacts home, List<GroupFacts> others) {
    Descriptor found = messageOf(simpleName, home);
    for (GroupFacts other : others) {
      found = found == null ? messageOf(simpleName, other) : found;
    }
    return found;
  }

  private @Nullable Descriptor messageOf(String simpleName, GroupFacts table) {
    Descriptor found = protos.message(table.protoPackage + "." + simpleName);
    for (String older : table.borrowed) {
      found = found == null ? protos.message(older + "." + simpleName) : found;
    }
    return found;
  }

  private String define(String internalName, @Nullable Descriptor message, String fromPackage) {
    String known = message == null ? definitionOfModel.get(internalName) : null;
    if (known != null) {
      return known;
    }
    String name =
        message == null
            ? packages.definition(fromPackage, Packages.simpleName(internalName))
            : packages.definitionOfMessage(message.getFullName());
    definitionOfModel.putIfAbsent(internalName, name);
    if (!types.containsKey(name)) {
      TypeDef type = new TypeDef(name, ValueWord.OBJECT);
      types.put(name, type);
      fill(type, ModelClass.read(files.read(internalName)), message, fromPackage);
    }
    return name;
  }

  private void fill(
      TypeDef type, ModelClass model, @Nullable Descriptor message, String fromPackage) {
    describe(type, message, model.description());
    Set<String> names =
        model.fields().stream().map(ModelField::name).collect(Collectors.toUnmodifiableSet());
    String home = message == null ? fromPackage : message.getFile().getPackage();
    for (ModelField field : model.fields()) {
      Place place = message == null ? null : protos.find(message, field.name(), names);
      FieldDef made =
          new FieldDef(
              field.name(), shape(field.type(), place == null ? null : place.field(), home));
      made.required = field.required();
      made.comment = comment(place == null ? null : place.field());
      made.description = CommentText.of(made.comment, field.description());
      made.protoPath = place == null ? List.of() : place.path();
      type.fields.add(made);
    }
  }

  private void describe(TypeDef type, @Nullable Descriptor message, String flattened) {
    type.comment = comment(message);
    type.description = CommentText.of(type.comment, flattened);
  }

  private List<String> comment(@Nullable GenericDescriptor declared) {
    return declared == null
        ? List.of()
        : CommentText.published(comments.of(declared.getFullName()));
  }

  private Shape shape(ModelType type, @Nullable FieldDescriptor field, String home) {
    return switch (type) {
      case ModelType.Scalar(var word) -> scalar(word, messageOf(field));
      case ModelType.ListOf(var items) -> list(items, field, home);
      case ModelType.MapOf(var values) ->
          new Shape.Named(
              shape(
                  values,
                  field == null ? null : field.getMessageType().findFieldByNumber(2),
                  home));
      case ModelType.Model(var name) -> new Shape.Ref(define(name, messageOf(field), home));
    };
  }

  /// A message around a repeated field is how Go writes a list with a name of its own.
  private Shape list(ModelType items, @Nullable FieldDescriptor field, String home) {
    if (field == null || field.isRepeated()) {
      return new Shape.Many(shape(items, field, home), "");
    }
    Descriptor wrapper = field.getMessageType();
    return new Shape.Many(
        shape(items, wrapper.findFieldByNumber(1), home),
        packages.definitionOfMessage(wrapper.getFullName()));
  }

  private Shape scalar(ValueWord word, @Nullable Descriptor message) {
    boolean micro =
        word == ValueWord.TIME && message != null && message.getName().equals("MicroTime");
    ValueWord exact = micro ? ValueWord.MICRO_TIME : word;
    String known = NAMED_VALUES.get(exact);
    if (known == null && (message == null || word != ValueWord.ANY)) {
      return new Shape.Value(word);
    }
    String name =
        known == null && message != null
            ? packages.definitionOfMessage(message.getFullName())
            : String.valueOf(known);
    if (!types.containsKey(name)) {
      TypeDef type = new TypeDef(name, exact);
      types.put(name, type);
      describe(type, message, "");
    }
    return new Shape.Ref(name);
  }

  private static @Nullable Descriptor messageOf(@Nullable FieldDescriptor field) {
    return field != null && field.getJavaType() == FieldDescriptor.JavaType.MESSAGE
        ? field.getMessageType()
        : null;
  }
}
