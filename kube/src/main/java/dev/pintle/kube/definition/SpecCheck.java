package dev.pintle.kube.definition;

import dev.pintle.kube.format.Formats;
import dev.pintle.kube.object.Json;
import dev.pintle.kube.schema.ResourceType;
import dev.pintle.kube.validation.FieldPath;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The check of the spec of a definition, in upstream's order.
final class SpecCheck {
  private static final List<String> SCOPES = List.of("Cluster", "Namespaced");
  private static final String PRESERVE = "preserveUnknownFields";

  private final ResourceType type;
  private final DefinitionSpec spec;
  private final Map<String, Json> oldSelectable;
  private final Set<String> unchanged;
  private final DefinitionErrors found;

  /// @param type of definitions
  /// @param oldSelectable by version: the selectable fields before an update
  /// @param unchanged the versions whose schema an update leaves as it was
  SpecCheck(
      ResourceType type,
      DefinitionSpec spec,
      Map<String, Json> oldSelectable,
      Set<String> unchanged,
      DefinitionErrors found) {
    this.type = type;
    this.spec = spec;
    this.oldSelectable = oldSelectable;
    this.unchanged = unchanged;
    this.found = found;
  }

  void check() {
    group();
    scope();
    missingSchemas();
    if (spec.schemas().stream()
            .anyMatch(schema -> SchemaWalk.any(schema, JsonSchemaProps::hasDefault))
        && spec.props().isTrue(PRESERVE)) {
      found.invalid(
          DefinitionSpec.PATH.child(PRESERVE),
          Json.of(true),
          "must be false in order to use defaults in the schema");
    }
    versions();
    new NamesCheck(spec.names(), DefinitionSpec.PATH.child("names"), found).check();
    shared();
    ConversionCheck.check(spec, found);
  }

  private void group() {
    FieldPath path = DefinitionSpec.PATH.child("group");
    String group = spec.group();
    if (group.isEmpty()) {
      found.required(path, "");
    } else if (!Formats.dns1123Subdomain(group).isEmpty()) {
      found.invalid(path, group, Formats.dns1123Subdomain(group));
    } else if (group.indexOf('.') < 0) {
      found.invalid(path, group, "should be a domain with at least one dot");
    }
  }

  private void scope() {
    String scope = spec.props().text("scope");
    if (scope.isEmpty()) {
      found.required(DefinitionSpec.PATH.child("scope"), "");
    } else if (!SCOPES.contains(scope)) {
      found.notSupported(DefinitionSpec.PATH.child("scope"), scope, SCOPES);
    }
  }

  private void missingSchemas() {
    for (int i = 0; i < spec.versions().size(); i++) {
      if (DefinitionSpec.schemaIn(spec.versions().get(i).json().get("schema")) == null) {
        found.required(DefinitionSpec.versionPath(i).child("schema").child("openAPIV3Schema"), "");
      }
    }
  }

  private void versions() {
    int storing = 0;
    Set<String> names = new HashSet<>();
    boolean unique = true;
    for (int i = 0; i < spec.versions().size(); i++) {
      JsonSchemaProps version = spec.versions().get(i);
      storing += version.isTrue("storage") ? 1 : 0;
      unique &= names.add(version.text("name"));
      version(version, DefinitionSpec.versionPath(i));
    }
    FieldPath path = DefinitionSpec.PATH.child("versions");
    if (!unique) {
      found.invalid(path, InternalForm.versions(spec), "must contain unique version names");
    }
    if (storing != 1) {
      found.invalid(
          path,
          InternalForm.versions(spec),
          "must have exactly one version marked as storage version");
    }
    if (!spec.versions().isEmpty()) {
      String first = spec.versions().getFirst().text("name");
      if (!first.isEmpty()) {
        found.invalid(DefinitionSpec.PATH.child("version"), first, Formats.dns1035Label(first));
      }
    }
  }

  private void version(JsonSchemaProps version, FieldPath path) {
    String name = version.text("name");
    found.invalid(path.child("name"), name, Formats.dns1035Label(name));
    Deprecation.check(version, path, found);
    boolean status = DefinitionSpec.hasStatus(version.json().get("subresources"));
    parts(new Parts(version, spec, path, "schema"), status, name);
  }

  /// The words of one version for itself, or of all alike.
  private record Parts(
      @Nullable JsonSchemaProps version, DefinitionSpec spec, FieldPath path, String schemaField) {
    @Nullable Json get(String field) {
      return version == null ? spec.shared(field) : spec.own(version, field);
    }
  }

  private void shared() {
    parts(new Parts(null, spec, DefinitionSpec.PATH, "validation"), spec.anyHasStatus(), "");
  }

  private void parts(Parts parts, boolean status, String version) {
    JsonSchemaProps schema = DefinitionSpec.schemaIn(parts.get("schema"));
    FieldPath path = parts.path();
    if (schema != null) {
      String holder = version.isEmpty() ? spec.versions().getFirst().text("name") : version;
      SchemaCheck.check(
          type, schema, status, unchanged.contains(holder), path.child(parts.schemaField()), found);
    }
    SubresourceCheck.check(parts.get("subresources"), path.child("subresources"), found);
    ColumnCheck.check(
        parts.get("additionalPrinterColumns"), path.child("additionalPrinterColumns"), found);
    Json selectable = parts.get("selectableFields");
    if (selectable != null) {
      selectable(parts, selectable, schema, version);
    }
  }

  /// They are looked for where they stand: fields that all versions have alike in a schema that all have alike.
  private void selectable(
      Parts parts, Json selectable, @Nullable JsonSchemaProps schema, String version) {
    FieldPath path = parts.path().child("selectableFields");
    if (schema != null) {
      new SelectableFieldsCheck(schema, path, found)
          .check(selectable, selectable.equals(before(version)));
    } else if (!version.isEmpty()) {
      found.invalid(
          path, "", "may only be set when `version.schema.openAPIV3Schema` is not included");
    } else if (parts.get("schema") == null) {
      found.invalid(path, "", "may only be set when validations.schema is included");
    }
  }

  private @Nullable Json before(String version) {
    return version.isEmpty()
        ? oldSelectable.values().stream().findFirst().orElse(null)
        : oldSelectable.get(version);
  }
}
