package dev.pintle.kube.verb;

import dev.pintle.kube.request.ListOptions;
import dev.pintle.kube.schema.FieldLabel;
import dev.pintle.kube.schema.ResourceType;
import dev.pintle.kube.selector.FieldSelector;
import dev.pintle.kube.selector.LabelSelector;
import dev.pintle.kube.status.StatusErrors;
import dev.pintle.kube.store.StoredObject;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/// The label and field selectors of a request, put together: which objects of a collection are meant.
public final class SelectionPredicate {
  /// The fields that every kind is selected by.
  private static final Set<String> NAMES = Set.of("metadata.name", "metadata.namespace");

  /// Kinds that say it in words of their own.
  private static final Map<String, String> UNSUPPORTED =
      Map.of(
          "jobs.batch",
          "field label \"%s\" not supported for Job",
          "resourceslices.resource.k8s.io",
          "field label not supported for resource.k8s.io/v1, Kind=ResourceSlice: %s");

  private final LabelSelector labels;
  private final FieldSelector fields;
  private final String name;
  private final Map<String, FieldLabel> known = new HashMap<>();

  private SelectionPredicate(LabelSelector labels, FieldSelector fields, String name) {
    this.labels = labels;
    this.fields = fields;
    this.name = name;
  }

  /// @param name the one name that is meant by the path, or empty
  public static SelectionPredicate of(ResourceType type, ListOptions options, String name) {
    SelectionPredicate selection = new SelectionPredicate(options.labels(), options.fields(), name);
    for (FieldSelector.Term term : options.fields().terms()) {
      selection.known.put(term.field(), label(type, term.field()));
    }
    return selection;
  }

  private static FieldLabel label(ResourceType type, String field) {
    boolean custom = type.isCustom();
    boolean nowhere = custom && !type.namespaced() && field.equals("metadata.namespace");
    FieldLabel label = nowhere ? null : type.fieldLabel(field);
    if (label != null) {
      return label;
    }
    boolean hasOwn = type.fieldLabels().stream().anyMatch(known -> !NAMES.contains(known.name()));
    if (NAMES.contains(field) && !hasOwn && !custom) {
      return new FieldLabel(field, field, "");
    }
    throw StatusErrors.badRequest(
        custom || hasOwn
            ? UNSUPPORTED
                .getOrDefault(type.groupResource(), "field label not supported: %s")
                .formatted(field)
            : "\"%s\" is not a known field selector: only \"metadata.name\", \"metadata.namespace\""
                .formatted(field));
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
    return labels.isEverything() || labels.matches(object.labels());
  }

  private String value(StoredObject object, String field) {
    FieldLabel label = known.get(field);
    if (label == null) {
      return "";
    }
    for (String path : label.path().split("\\|", -1)) {
      String value = object.text(path);
      if (!value.isEmpty()) {
        return value;
      }
    }
    return label.whenAbsent();
  }
}
