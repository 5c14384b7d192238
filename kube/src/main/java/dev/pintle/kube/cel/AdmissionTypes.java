package dev.pintle.kube.cel;

import java.util.HashMap;
import java.util.Map;
import java.util.Map.Entry;
import org.jspecify.annotations.Nullable;

/// The types of what an expression of admission may speak of: the request, the namespace, the named values of its policy, and, where
/// patches are made, the objects and operations that these consist of.
final class AdmissionTypes implements StructTypes {
  static final CelType REQUEST = CelType.struct("kubernetes.AdmissionRequest");
  static final CelType NAMESPACE = CelType.struct("kubernetes.Namespace");
  static final CelType VARIABLES = CelType.struct("kubernetes.variables");
  static final CelType AUTHORIZER = CelType.struct("kubernetes.authorization.Authorizer");
  static final CelType RESOURCE_CHECK = CelType.struct("kubernetes.authorization.ResourceCheck");
  static final CelType APPLIED = CelType.struct("Object");
  static final CelType OPERATION = CelType.struct("JSONPatch");

  /// The type of a field that an operation does not have: nothing but what is known later is one.
  private static final CelType UNNAMED = CelType.struct("");

  private static final CelType KIND = CelType.struct("kubernetes.GroupVersionKind");
  private static final CelType RESOURCE = CelType.struct("kubernetes.GroupVersionResource");
  private static final CelType USER = CelType.struct("kubernetes.UserInfo");
  private static final CelType METADATA = CelType.struct("kubernetes.NamespaceMetadata");
  private static final CelType SPEC = CelType.struct("kubernetes.NamespaceSpec");
  private static final CelType STATUS = CelType.struct("kubernetes.NamespaceStatus");
  private static final CelType CONDITION = CelType.struct("kubernetes.NamespaceCondition");
  private static final CelType TEXTS = CelType.list(CelType.STRING);
  private static final CelType LABELS = CelType.map(CelType.STRING, CelType.STRING);

  private static final Map<String, Map<String, CelType>> FIELDS =
      Map.ofEntries(
          of(
              REQUEST,
              Map.ofEntries(
                  field("kind", KIND),
                  field("resource", RESOURCE),
                  field("subResource", CelType.STRING),
                  field("requestKind", KIND),
                  field("requestResource", RESOURCE),
                  field("requestSubResource", CelType.STRING),
                  field("name", CelType.STRING),
                  field("namespace", CelType.STRING),
                  field("operation", CelType.STRING),
                  field("userInfo", USER),
                  field("dryRun", CelType.BOOL),
                  field("options", CelType.DYN))),
          of(
              KIND,
              Map.of("group", CelType.STRING, "version", CelType.STRING, "kind", CelType.STRING)),
          of(
              RESOURCE,
              Map.of(
                  "group", CelType.STRING, "version", CelType.STRING, "resource", CelType.STRING)),
          of(
              USER,
              Map.of(
                  "username",
                  CelType.STRING,
                  "uid",
                  CelType.STRING,
                  "groups",
                  TEXTS,
                  "extra",
                  CelType.map(CelType.STRING, TEXTS))),
          of(NAMESPACE, Map.of("metadata", METADATA, "spec", SPEC, "status", STATUS)),
          of(
              METADATA,
              Map.ofEntries(
                  field("name", CelType.STRING),
                  field("generateName", CelType.STRING),
                  field("namespace", CelType.STRING),
                  field("labels", LABELS),
                  field("annotations", LABELS),
                  field("UID", CelType.STRING),
                  field("creationTimestamp", CelType.TIMESTAMP),
                  field("deletionGracePeriodSeconds", CelType.INT),
                  field("deletionTimestamp", CelType.TIMESTAMP),
                  field("generation", CelType.INT),
                  field("resourceVersion", CelType.STRING),
                  field("finalizers", TEXTS))),
          of(SPEC, Map.of("finalizers", TEXTS)),
          of(STATUS, Map.of("conditions", CelType.list(CONDITION), "phase", CelType.STRING)),
          of(
              CONDITION,
              Map.of(
                  "status", CelType.STRING,
                  "type", CelType.STRING,
                  "lastTransitionTime", CelType.TIMESTAMP,
                  "message", CelType.STRING,
                  "reason", CelType.STRING)),
          of(
              OPERATION,
              Map.of(
                  "op", CelType.STRING,
                  "path", CelType.STRING,
                  "from", CelType.STRING,
                  "value", CelType.DYN)));

  private final Map<String, CelType> variables;
  private final boolean patches;

  private AdmissionTypes(Map<String, CelType> variables, boolean patches) {
    this.variables = variables;
    this.patches = patches;
  }

  /// @param variables the named values of the policy so far; may gain more
  /// @param patches whether objects and operations can be made
  static AdmissionTypes of(Map<String, CelType> variables, boolean patches) {
    return new AdmissionTypes(variables, patches);
  }

  private static Entry<String, Map<String, CelType>> of(CelType type, Map<String, CelType> fields) {
    return Map.entry(type.name(), new HashMap<>(fields));
  }

  private static Entry<String, CelType> field(String name, CelType type) {
    return Map.entry(name, type);
  }

  @Override
  public @Nullable CelType field(CelType struct, String name) {
    if (struct.equals(VARIABLES)) {
      return variables.get(name);
    }
    if (isApplied(struct.name())) {
      return CelType.DYN;
    }
    CelType known = FIELDS.getOrDefault(struct.name(), Map.of()).get(name);
    return known == null && struct.equals(OPERATION) ? UNNAMED : known;
  }

  @Override
  public boolean describes(CelType struct) {
    return struct.equals(VARIABLES)
        || isApplied(struct.name())
        || FIELDS.containsKey(struct.name());
  }

  @Override
  public @Nullable CelType made(String name) {
    if (patches && (isApplied(name) || name.equals(OPERATION.name()))) {
      return CelType.struct(name);
    }
    boolean declared = FIELDS.containsKey(name) && !name.equals(OPERATION.name());
    return declared ? CelType.struct(name) : null;
  }

  /// Whether objects of this type are made to be merged into others.
  static boolean isApplied(String name) {
    return name.equals(APPLIED.name()) || name.startsWith(APPLIED.name() + ".");
  }
}
