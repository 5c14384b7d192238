package dev.pintle.schema;

import java.lang.classfile.Annotation;
import java.lang.classfile.AnnotationElement;
import java.lang.classfile.AnnotationValue;
import java.lang.classfile.AttributedElement;
import java.lang.classfile.Attributes;
import java.lang.classfile.ClassModel;
import java.lang.classfile.FieldModel;
import java.lang.classfile.MethodModel;
import java.lang.classfile.Signature;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// A model of the client library: an object's fields as its class declares them.
record ModelClass(String internalName, String description, List<ModelField> fields) {
  private static final String SERIALIZED_NAME = "Lcom/google/gson/annotations/SerializedName;";
  private static final String PROPERTY = "Lio/swagger/annotations/ApiModelProperty;";
  private static final String MODEL = "Lio/swagger/annotations/ApiModel;";

  /// The library runs paragraphs together. The one that begins with these words is shown in every table.
  private static final String OWN_PARAGRAPH = "Populated by the system.";

  record ModelField(String name, ModelType type, boolean required, String description) {}

  static ModelClass read(ClassModel model) {
    Map<String, MethodModel> getters = getters(model);
    List<ModelField> fields = new ArrayList<>();
    for (FieldModel field : model.fields()) {
      annotation(field, SERIALIZED_NAME)
          .ifPresent(name -> fields.add(field(field, text(name, "value"), getters)));
    }
    String description = annotation(model, MODEL).map(a -> text(a, "description")).orElse("");
    return new ModelClass(model.thisClass().asInternalName(), description, List.copyOf(fields));
  }

  private static ModelField field(FieldModel field, String name, Map<String, MethodModel> getters) {
    Signature type =
        field
            .findAttribute(Attributes.signature())
            .map(a -> a.asTypeSignature())
            .orElseGet(() -> Signature.parseFrom(field.fieldType().stringValue()));
    String javaName = field.fieldName().stringValue();
    // A word of Java's has a line before it, and one small letter before a capital stays small.
    String plain = javaName.startsWith("_") ? javaName.substring(1) : javaName;
    MethodModel getter =
        getters.getOrDefault(
            "get" + Character.toUpperCase(plain.charAt(0)) + plain.substring(1),
            getters.get("get" + plain));
    Optional<Annotation> property =
        getter == null ? Optional.empty() : annotation(getter, PROPERTY);
    boolean required = property.flatMap(a -> element(a, "required")).isPresent();
    return new ModelField(
        name, ModelType.of(type), required, property.map(a -> text(a, "value")).orElse(""));
  }

  private static Map<String, MethodModel> getters(ClassModel model) {
    Map<String, MethodModel> getters = new HashMap<>();
    for (MethodModel method : model.methods()) {
      if (method.methodTypeSymbol().parameterCount() == 0) {
        getters.put(method.methodName().stringValue(), method);
      }
    }
    return getters;
  }

  private static Optional<Annotation> annotation(AttributedElement element, String descriptor) {
    return element.findAttribute(Attributes.runtimeVisibleAnnotations()).stream()
        .flatMap(a -> a.annotations().stream())
        .filter(a -> a.className().stringValue().equals(descriptor))
        .findFirst();
  }

  private static Optional<AnnotationValue> element(Annotation annotation, String name) {
    return annotation.elements().stream()
        .filter(e -> e.name().stringValue().equals(name))
        .map(AnnotationElement::value)
        .findFirst();
  }

  private static String text(Annotation annotation, String name) {
    return element(annotation, name).orElse(null) instanceof AnnotationValue.OfString text
        ? text.stringValue().replace("  " + OWN_PARAGRAPH, "\n\n" + OWN_PARAGRAPH)
        : "";
  }
}
