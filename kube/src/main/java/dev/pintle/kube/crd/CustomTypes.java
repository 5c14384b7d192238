package dev.pintle.kube.crd;

import dev.pintle.kube.discovery.Memoized;
import dev.pintle.kube.jsonpath.JsonPath;
import dev.pintle.kube.object.Json;
import dev.pintle.kube.object.JsonObject;
import dev.pintle.kube.object.JsonWriter;
import dev.pintle.kube.schema.BuiltInTypes;
import dev.pintle.kube.schema.Column;
import dev.pintle.kube.schema.ConversionWebhook;
import dev.pintle.kube.schema.Field;
import dev.pintle.kube.schema.FieldFacts;
import dev.pintle.kube.schema.FieldLabel;
import dev.pintle.kube.schema.FieldTable;
import dev.pintle.kube.schema.GenerationRule;
import dev.pintle.kube.schema.GroupOrder;
import dev.pintle.kube.schema.GroupVersion;
import dev.pintle.kube.schema.GroupVersionKind;
import dev.pintle.kube.schema.Ownership;
import dev.pintle.kube.schema.ResourceNames;
import dev.pintle.kube.schema.ResourceType;
import dev.pintle.kube.schema.ScalePaths;
import dev.pintle.kube.schema.SchemaNode;
import dev.pintle.kube.schema.StorageStrategy;
import dev.pintle.kube.schema.StorageStrategy.StoredVersion;
import dev.pintle.kube.schema.Subresource;
import dev.pintle.kube.schema.ValueKind;
import dev.pintle.kube.schema.Verb;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// The maker of resource types from a definition.
public final class CustomTypes {
  private static final Set<Verb> PART_VERBS = EnumSet.of(Verb.GET, Verb.PATCH, Verb.UPDATE);
  private static final GroupVersionKind SCALE = GroupVersionKind.of("autoscaling/v1", "Scale");
  private static final int HASH_BYTES = 8;
  private static final Set<String> COMMON_FIELDS = Set.of("apiVersion", "kind", "metadata");

  private final SchemaNode objectMeta;
  private final String nameDescription;
  private final String ageDescription;

  CustomTypes(BuiltInTypes builtIn) {
    this.objectMeta = builtIn.definition("io.k8s.apimachinery.pkg.apis.meta.v1.ObjectMeta");
    this.nameDescription = description(objectMeta, "name");
    this.ageDescription = description(objectMeta, "creationTimestamp");
  }

  private static String description(SchemaNode node, String name) {
    Field field = node.field(name);
    return field == null ? "" : field.description();
  }

  /// One resource for each served version.
  List<ResourceType> of(CustomResourceDefinition definition) {
    ConversionWebhook webhook = webhook(definition);
    List<ResourceType> types = new ArrayList<>();
    for (CustomResourceDefinition.Version version : definition.versions()) {
      if (version.served()) {
        types.add(type(definition, version, webhook));
      }
    }
    return types;
  }

  private ResourceType type(
      CustomResourceDefinition definition,
      CustomResourceDefinition.Version version,
      @Nullable ConversionWebhook webhook) {
    GroupVersion groupVersion = new GroupVersion(definition.group(), version.name());
    ResourceNames names = names(definition);
    Supplier<JsonObject> written = written(version);
    ResourceType.Serving serving =
        new ResourceType.Serving(
            EnumSet.allOf(Verb.class),
            subresources(groupVersion.kind(names.kind()), version),
            storing(definition, version, names, webhook),
            columns(version),
            fieldLabels(version),
            scale(version),
            warning(definition, version));
    return ResourceType.custom(
        groupVersion,
        names,
        definition.namespaced(),
        serving,
        root(written),
        new ResourceType.Written(written, new Memoized<>(() -> fingerprint(definition, version))));
  }

  private static Supplier<JsonObject> written(CustomResourceDefinition.Version version) {
    WrittenSchema schema = version.schema();
    return schema == null ? JsonObject::new : schema;
  }

  private static String fingerprint(
      CustomResourceDefinition definition, CustomResourceDefinition.Version version) {
    JsonObject said =
        new JsonObject()
            .set("group", definition.group())
            .set("names", definition.names())
            .set("namespaced", Json.of(definition.namespaced()))
            .set("version", version.object());
    WrittenSchema schema = version.schema();
    if (schema != null) {
      said.set("schema", Base64.getEncoder().encodeToString(schema.digest()));
    }
    return Base64.getEncoder().encodeToString(WrittenSchema.sha256(JsonWriter.bytes(said)));
  }

  private Supplier<SchemaNode> root(Supplier<JsonObject> written) {
    return new Memoized<>(() -> root(written.get(), objectMeta));
  }

  /// The definition's own, or one that names the best version that is served and is better.
  private static String warning(
      CustomResourceDefinition definition, CustomResourceDefinition.Version version) {
    if (!version.deprecated()) {
      return "";
    }
    String own = version.object().text("deprecationWarning");
    if (own != null) {
      return own;
    }
    String kind = definition.names().textOrEmpty("kind");
    String better =
        definition.versions().stream()
            .filter(other -> other.served() && !other.deprecated())
            .map(CustomResourceDefinition.Version::name)
            .filter(name -> GroupOrder.BY_MATURITY.compare(name, version.name()) < 0)
            .min(GroupOrder.BY_MATURITY)
            .map(name -> "; use %s/%s %s".formatted(definition.group(), name, kind))
            .orElse("");
    return "%s/%s %s is deprecated%s".formatted(definition.group(), version.name(), kind, better);
  }

  private static ResourceNames names(CustomResourceDefinition definition) {
    JsonObject names = definition.names();
    return new ResourceNames(
        names.textOrEmpty("plural"),
        names.textOrEmpty("singular"),
        names.textOrEmpty("kind"),
        names.textOrEmpty("listKind"),
        SchemaReader.texts(names.array("shortNames")),
        SchemaReader.texts(names.array("categories")));
  }

  /// The schema with the three fields that every object has. What the definition says of metadata is not looked at.
  private static SchemaNode root(JsonObject schema, SchemaNode objectMeta) {
    SchemaNode own = SchemaReader.read(schema);
    List<Field> fields = new ArrayList<>();
    fields.add(common("apiVersion", textOf(own, "apiVersion")));
    fields.add(common("kind", textOf(own, "kind")));
    fields.add(common("metadata", objectMeta));
    for (Field field : own.fields()) {
      if (!COMMON_FIELDS.contains(field.name())) {
        fields.add(field);
      }
    }
    SchemaNode.Head head =
        new SchemaNode.Head(ValueKind.OBJECT, "", Ownership.DEFAULT, own.rules());
    SchemaNode.Parts parts = new SchemaNode.Parts(new FieldTable(fields), null, own::description);
    return new SchemaNode(head, () -> parts);
  }

  private static SchemaNode textOf(SchemaNode own, String name) {
    Field declared = own.field(name);
    return declared == null ? SchemaNode.of(ValueKind.TEXT) : declared.node();
  }

  private static Field common(String name, SchemaNode node) {
    return new Field(name, () -> node, FieldFacts.PLAIN);
  }

  private static List<Subresource> subresources(
      GroupVersionKind kind, CustomResourceDefinition.Version version) {
    List<Subresource> subresources = new ArrayList<>();
    if (version.hasStatus()) {
      subresources.add(new Subresource("status", kind, PART_VERBS));
    }
    if (version.scale() != null) {
      subresources.add(new Subresource("scale", SCALE, PART_VERBS));
    }
    return subresources;
  }

  private static @Nullable ScalePaths scale(CustomResourceDefinition.Version version) {
    JsonObject scale = version.scale();
    return scale == null
        ? null
        : new ScalePaths(
            scale.textOrEmpty("specReplicasPath"),
            scale.textOrEmpty("statusReplicasPath"),
            scale.textOrEmpty("labelSelectorPath"));
  }

  private StorageStrategy storing(
      CustomResourceDefinition definition,
      CustomResourceDefinition.Version version,
      ResourceNames names,
      @Nullable ConversionWebhook webhook) {
    Optional<CustomResourceDefinition.Version> stored = definition.storageVersion();
    boolean other = stored.isPresent() && !stored.get().name().equals(version.name());
    return new StorageStrategy(
        definition.instancePrefix(),
        hash(
            "%s/%s/%s"
                .formatted(
                    definition.group(),
                    stored.map(CustomResourceDefinition.Version::name).orElse(""),
                    names.kind())),
        false,
        !version.hasStatus(),
        GenerationRule.SPEC,
        other ? stored(definition, stored.get(), names) : null,
        new Memoized<>(() -> definition.generation() != 1 || fillsInStatus(version)),
        webhook);
  }

  /// Null where objects are converted by their `apiVersion` alone.
  private @Nullable ConversionWebhook webhook(CustomResourceDefinition definition) {
    JsonObject conversion = definition.spec().objectOrEmpty("conversion");
    if (!conversion.textOrEmpty("strategy").equals("Webhook")) {
      return null;
    }
    Map<String, Supplier<SchemaNode>> schemas = new HashMap<>();
    for (CustomResourceDefinition.Version version : definition.versions()) {
      GroupVersion groupVersion = new GroupVersion(definition.group(), version.name());
      schemas.put(groupVersion.text(), root(written(version)));
    }
    JsonObject webhook = conversion.objectOrEmpty("webhook");
    return new ConversionWebhook(
        definition.name(),
        SchemaReader.texts(webhook.array("conversionReviewVersions")),
        webhook.objectOrEmpty("clientConfig"),
        schemas);
  }

  private StoredVersion stored(
      CustomResourceDefinition definition,
      CustomResourceDefinition.Version version,
      ResourceNames names) {
    GroupVersion groupVersion = new GroupVersion(definition.group(), version.name());
    return new StoredVersion(groupVersion.kind(names.kind()), root(written(version)));
  }

  /// Whether reading fills in what a new object is stored without: its status, which is not taken from who creates it. All
  /// else is there in objects that were stored while the definition was as it is.
  private static boolean fillsInStatus(CustomResourceDefinition.Version version) {
    WrittenSchema schema = version.schema();
    return version.hasStatus() && schema != null && schema.mayFillInStatus();
  }

  /// `storageVersionHash` of discovery: the first bytes of the digest of group, version and kind.
  private static String hash(String name) {
    byte[] digest = WrittenSchema.sha256(name.getBytes(StandardCharsets.UTF_8));
    return Base64.getEncoder().encodeToString(Arrays.copyOf(digest, HASH_BYTES));
  }

  private List<Column> columns(CustomResourceDefinition.Version version) {
    List<Column> columns = new ArrayList<>();
    columns.add(new Column("Name", "string", "name", nameDescription, 0, ".metadata.name"));
    List<JsonObject> declared = version.object().objects("additionalPrinterColumns");
    for (JsonObject column : declared) {
      if (!JsonPath.isPath(column.textOrEmpty("jsonPath"))) {
        // As upstream: it and what comes behind it are not shown.
        return columns;
      }
      columns.add(column(column));
    }
    if (declared.isEmpty()) {
      columns.add(
          column(
              new JsonObject()
                  .set("name", "Age")
                  .set("type", "date")
                  .set("description", ageDescription)
                  .set("jsonPath", ".metadata.creationTimestamp")));
    }
    return columns;
  }

  private static Column column(JsonObject column) {
    String path = column.textOrEmpty("jsonPath");
    String description = column.textOrEmpty("description");
    return new Column(
        column.textOrEmpty("name"),
        column.textOrEmpty("type"),
        column.textOrEmpty("format"),
        description.isEmpty()
            ? "Custom resource definition column (in JSONPath format): " + path
            : description,
        (int) column.wholeOrZero("priority"),
        path);
  }

  private static List<FieldLabel> fieldLabels(CustomResourceDefinition.Version version) {
    List<FieldLabel> labels = new ArrayList<>();
    labels.add(new FieldLabel("metadata.name", "metadata.name", ""));
    labels.add(new FieldLabel("metadata.namespace", "metadata.namespace", ""));
    for (JsonObject field : version.object().objects("selectableFields")) {
      String path = field.textOrEmpty("jsonPath");
      String name = path.startsWith(".") ? path.substring(1) : path;
      labels.add(new FieldLabel(name, name, ""));
    }
    return labels;
  }
}
