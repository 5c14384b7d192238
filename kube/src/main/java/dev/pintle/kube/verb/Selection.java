package dev.pintle.kube.verb;

import dev.pintle.kube.request.ListOptions;
import dev.pintle.kube.schema.FieldLabel;
import dev.pintle.kube.schema.ResourceType;
import dev.pintle.kube.selector.FieldSelector;
import dev.pintle.kube.selector.LabelSelector;
import dev.pintle.kube.status.Refusals;
import dev.pintle.kube.store.StoredObject;
import java.util.HashMap;
import java.util.Map;

/// Which objects of a collection are meant.
public final class Selection {
  private final LabelSelector labels;
  private final FieldSelector fields;
  private final String name;
  private final Map<String, FieldLabel> known = new HashMap<>();

  private Selection(LabelSelector labels, FieldSelector fields, String name) {
    this.labels = labels;
    this.fields = fields;
    this.name = name;
  }

  /// @param name the one name that is meant by the path, or empty
  public static Selection of(ResourceType type, ListOptions options, String name) {
    Selection selection = new Selection(options.labels(), options.fields(), name);
    for (FieldSelector.Term term : options.fields().terms()) {
      selection.known.put(term.field(), label(type, term.field()));
    }
    return selection;
  }

  private static FieldLabel label(ResourceType type, String field) {
    FieldLabel label = type.fieldLabel(field);
    if (label != null) {
      return label;
    }
    if (field.equals("metadata.name") || field.equals("metadata.namespace")) {
      return new FieldLabel(field, field, "");
    }
    throw Refusals.badRequest(
        type.schema().typeName().isEmpty()
            ? "field label not supported: " + field
            : "field label \"%s\" not supported for %s".formatted(field, kindForMessage(type)));
  }

  private static String kindForMessage(ResourceType type) {
    return type.kind();
  }

  public boolean isEverything() {
    return name.isEmpty() && labels.isEverything() && fields.isEverything();
  }

  public boolean matches(StoredObject object) {
    if (!name.isEmpty() && !name.equals(object.name())) {
      return false;
    }
    if (!fields.isEverything() && !fields.matches(field -> value(object, field))) {
      return false;
    }
    if (labels.isEverything()) {
      return true;
    }
    Map<String, String> own = object.labels();
    return labels.matches(own::get);
  }

  private String value(StoredObject object, String field) {
    FieldLabel label = known.get(field);
    if (label == null) {
      return "";
    }
    for (String path : label.path().split("\\|")) {
      String value = object.text(path);
      if (!value.isEmpty()) {
        return value;
      }
    }
    return label.whenAbsent();
  }
}
