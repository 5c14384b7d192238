package dev.pintle.kube.validation;

import dev.pintle.kube.format.Formats;
import dev.pintle.kube.object.JsonObject;
import dev.pintle.kube.rule.RuleTable;
import dev.pintle.kube.rule.TableFile;
import dev.pintle.kube.schema.ResourceType;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The check of an object that is about to be written, after it got its defaults.
public final class ObjectValidation {
  private static final String TABLE = "validation.txt";
  private static final String SERVICES = "apiregistration.k8s.io";
  private static final String DEFINITIONS = "apiextensions.k8s.io";
  private static final MetadataOnCreate ANY_KIND =
      new MetadataOnCreate(Formats::pathSegment, Formats::pathSegmentBeginning);
  private static final MetadataOnCreate CUSTOM = new MetadataOnCreate(Formats::dns1123Subdomain);

  private final Rules rules;

  ObjectValidation(Rules rules) {
    this.rules = rules;
  }

  /// The rules of the built-in kinds; other kinds are held to what every object must be.
  ///
  /// @param allowPrivileged whether containers may have all that their node has
  public static ObjectValidation builtIn(boolean allowPrivileged) {
    Rules rules = new Rules(table());
    return new ObjectValidation(allowPrivileged ? rules.allowingPrivileged() : rules);
  }

  static RuleTable<Rules.Rule> table() {
    return RuleReader.readLater(
        TableFile.beside(ObjectValidation.class, TABLE), new CodedRules()::find);
  }

  /// @return nothing when `object` may be created
  public List<FieldError> onCreate(ResourceType type, JsonObject object) {
    FieldErrorList findings = new FieldErrorList();
    ValidationContext context = new ValidationContext(type, object, null, rules, findings);
    String heading = "create " + type.kind() + suffix(type.group());
    return findings.of(() -> {
      if (rules.has(heading)) {
        rules.check(heading, context.root());
      }
      if (type.isCustom()) {
        CUSTOM.check(context.root());
      } else if (findings.isEmpty() && rules.checkMetadata(heading)) {
        ANY_KIND.checkNames(context.root().childOrEmpty("metadata"));
      } else if (findings.isEmpty()) {
        ANY_KIND.check(context.root());
      }
    });
  }

  /// What is wrong with the metadata of an object that stands inside one of `type`; it needs no name.
  public static List<FieldError> ofEmbedded(
      ResourceType type, JsonObject metadata, FieldPath path) {
    FieldErrorList findings = new FieldErrorList();
    JsonObject named = metadata.copy();
    if (metadata.text("name") == null || String.valueOf(metadata.text("name")).isEmpty()) {
      named.set("name", "unnamed");
    }
    boolean namespaced =
        metadata.text("namespace") instanceof String namespace && !namespace.isEmpty();
    ValidationContext context = new ValidationContext(type, named, null, Rules.NONE, findings);
    return findings.of(
        () -> ANY_KIND.check(new ValidatedObject(context, path, named, null), namespaced));
  }

  /// @param subresource what of the object is updated, `status` or another; empty for the object itself
  /// @return nothing when `object` may take the place of `old`
  public List<FieldError> onUpdate(
      ResourceType type, JsonObject object, JsonObject old, String subresource) {
    FieldErrorList findings = new FieldErrorList();
    ValidationContext context = new ValidationContext(type, object, old, rules, findings);
    String part = subresource.isEmpty() ? "" : "/" + subresource;
    String heading = "update " + type.kind() + suffix(type.group()) + part;
    return findings.of(() -> {
      ANY_KIND.check(context.root());
      List<FieldError> any = findings.soFar();
      MetadataOnUpdate.check(context.root());
      repeat(type, findings, any);
      if (rules.has(heading)) {
        rules.check(heading, context.root());
      }
    });
  }

  /// Tells what is wrong with metadata as often as upstream looks at them, where it does not put together what it finds.
  ///
  /// @param any what was found that is wrong with new objects too
  private static void repeat(ResourceType type, FieldErrorList findings, List<FieldError> any) {
    if (type.isCustom() || type.group().equals(SERVICES) || type.group().equals(DEFINITIONS)) {
      findings.repeat(withoutFinalizers(findings.soFar()));
      findings.repeat(withoutFinalizers(any));
    }
  }

  /// Tells what is wrong with metadata once more.
  static void metadataAgain(ValidatedObject object) {
    ValidationContext context = object.context();
    FieldErrorList apart = new FieldErrorList();
    ValidationContext again =
        new ValidationContext(context.type(), context.object(), null, Rules.NONE, apart);
    context.findings().repeat(apart.of(() -> ANY_KIND.check(again.root())));
  }

  private static List<FieldError> withoutFinalizers(List<FieldError> errors) {
    return errors.stream().filter(error -> !error.field().equals("metadata.finalizers")).toList();
  }

  /// What is wrong with the addresses and families of a service, for those who allocate them.
  public static List<FieldError> addressesOfService(
      ResourceType type, JsonObject spec, @Nullable JsonObject oldSpec) {
    FieldErrorList findings = new FieldErrorList();
    ValidationContext context = new ValidationContext(type, spec, oldSpec, Rules.NONE, findings);
    return findings.of(() ->
        ServiceAddresses.check(new ValidatedObject(context, FieldPath.of("spec"), spec, oldSpec)));
  }

  private static String suffix(@Nullable String group) {
    return group == null || group.isEmpty() ? "" : "." + group;
  }
}
