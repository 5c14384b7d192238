package dev.pintle.kube.decode;

import dev.pintle.kube.decode.BodyReader.Expected;
import dev.pintle.kube.object.FieldOrder;
import dev.pintle.kube.object.GoText;
import dev.pintle.kube.object.GoValues;
import dev.pintle.kube.object.Json;
import dev.pintle.kube.object.JsonObject;
import dev.pintle.kube.object.JsonWriter;
import dev.pintle.kube.schema.Field;
import dev.pintle.kube.schema.GroupVersion;
import dev.pintle.kube.schema.GroupVersionKind;
import dev.pintle.kube.schema.SchemaNode;
import dev.pintle.kube.status.StatusErrors;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// The check of what an object says it is against what is expected, which lets it say nothing.
final class KindCheck {
  private static final String SCHEME = "pkg/runtime/scheme.go:111";

  /// Kinds that are in more than one group, and one kind to the server all the same.
  private static final Set<String> MOVED =
      Set.of("DaemonSet", "Deployment", "Event", "Ingress", "NetworkPolicy", "ReplicaSet", "Scale");

  private final Function<GroupVersionKind, @Nullable SchemaNode> schemas;
  private final EarlierForms earlier;

  /// @param schemas of the kinds that are known
  KindCheck(Function<GroupVersionKind, @Nullable SchemaNode> schemas) {
    this.schemas = schemas;
    this.earlier = new EarlierForms(schemas);
  }

  /// Fills in kind and apiVersion where they are missing, as upstream does, and refuses others than expected.
  void require(JsonObject object, Expected expected) {
    GroupVersionKind wanted = expected.kind();
    GroupVersionKind given = given(object, wanted);
    if (given.equals(wanted) || expected.others().contains(given)) {
      object.set("kind", wanted.kind()).set("apiVersion", wanted.groupVersion().text());
      return;
    }
    if (isOtherVersion(given, wanted)) {
      throw StatusErrors.badRequest(otherVersion(given.groupVersion().text(), wanted));
    }
    throw StatusErrors.badRequest(
        "%s in version %s cannot be handled as a %s: %s"
            .formatted(
                given.kind(),
                GoText.quote(given.version()),
                wanted.kind(),
                unlike(object, given, wanted)));
  }

  /// What an object says it is, which is what is expected where it is silent.
  static GroupVersionKind given(JsonObject object, GroupVersionKind expected) {
    return GroupVersionKind.of(
        textOr(object, "apiVersion", expected.groupVersion().text()),
        textOr(object, "kind", expected.kind()));
  }

  private @Nullable SchemaNode schema(GroupVersionKind kind) {
    SchemaNode served = schemas.apply(kind);
    return served == null ? earlier.of(kind) : served;
  }

  /// The schema of a kind that is another version of what is expected; null for others, and for versions whose structure is not
  /// known.
  @Nullable SchemaNode ofOtherVersion(GroupVersionKind given, Expected expected) {
    boolean other = !expected.others().contains(given) && isOtherVersion(given, expected.kind());
    return other ? schema(given) : null;
  }

  /// Checks what a patch made of the words by which an object says what it is.
  ///
  /// @param complaints takes what is told of fields that are not known
  /// @throws Undecodable when it would be something else
  void requirePatched(JsonObject object, Expected expected, List<? super String> complaints) {
    requireWords(object);
    if (expected.node().typeName().isEmpty()) {
      if (object.textOrEmpty("kind").isEmpty()) {
        throw new Undecodable(
            "Object 'Kind' is missing in '%s'"
                .formatted(JsonWriter.text(FieldOrder.byNameThroughout(object))));
      }
      return;
    }
    if (isInternal(object, expected.kind())) {
      internal(object, expected, complaints);
    }
    GroupVersionKind wanted = expected.kind();
    GroupVersionKind given = given(object, wanted);
    // A version that is not served has the same structure or is brought into it.
    boolean converted = isOtherVersion(given, wanted) && schemas.apply(given) == null;
    if (!given.equals(wanted) && !converted) {
      throw new Undecodable(
          isOtherVersion(given, wanted)
              ? otherVersion(given.groupVersion().text(), wanted)
              : unlike(object, given, wanted));
    }
    if (converted) {
      bring(object, given, complaints);
    }
    object.set("kind", wanted.kind()).set("apiVersion", wanted.groupVersion().text());
  }

  private void bring(JsonObject object, GroupVersionKind given, List<? super String> complaints) {
    SchemaNode form = earlier.isOtherForm(given) ? earlier.of(given) : null;
    if (form != null) {
      StrictDecodingErrors errors = new StrictDecodingErrors();
      JsonObject shaped = Canonicalizer.shape(form, object.copy(), errors.unknown());
      complaints.addAll(errors.fields(object));
      earlier.rename(given, shaped);
      object.removeIf((_, _) -> true);
      shaped.forEach(field -> object.set(field.name(), field.value()));
    }
    earlier.fillIn(given, object);
  }

  private static boolean isInternal(JsonObject object, GroupVersionKind wanted) {
    GroupVersionKind given = given(object, wanted);
    return object.textOrEmpty("apiVersion").isEmpty()
        || (given.version().equals(KindScheme.INTERNAL)
            && given.kind().equals(wanted.kind())
            && goType(given, wanted) instanceof String type
            && type.equals(KindScheme.internalType(wanted)));
  }

  /// Upstream takes what says no version for one of its internal objects, whose fields have the names that they have in Go; the
  /// fields of its metadata stand beside them, under the names that they have everywhere.
  private void internal(JsonObject object, Expected expected, List<? super String> complaints) {
    GroupVersionKind wanted = expected.kind();
    String kind = textOr(object, "kind", wanted.kind());
    if (!kind.equals(wanted.kind())) {
      GroupVersion internal = new GroupVersion(wanted.group(), KindScheme.INTERNAL);
      throw new Undecodable(unlike(object, internal.kind(kind), wanted));
    }
    List<String> unknown = new ArrayList<>();
    JsonObject metadata = new JsonObject();
    JsonObject read = new JsonObject();
    Field place = expected.node().field("metadata");
    for (JsonObject.Field field : object) {
      Field known = goNamed(expected.node(), field.name());
      if (place != null && place.node().field(field.name()) != null) {
        metadata.set(field.name(), field.value());
      } else if (known != null && !holdsStructures(known.node())) {
        read.set(known.name(), field.value());
      } else if (known == null
          && !field.name().equals("kind")
          && !field.name().equals("apiVersion")) {
        unknown.add("unknown field \"%s\"".formatted(field.name()));
      }
    }
    object.removeIf((_, _) -> true);
    read.forEach(field -> object.set(field.name(), field.value()));
    if (!metadata.isEmpty()) {
      object.set("metadata", metadata);
    }
    unknown.stream().sorted().forEach(complaints::add);
  }

  /// Whose own fields have names in Go, too.
  private static boolean holdsStructures(SchemaNode node) {
    return switch (node.kind()) {
      case OBJECT -> true;
      case LIST, MAP -> holdsStructures(node.items());
      case ANY,
          TEXT,
          INT32,
          INT64,
          DOUBLE,
          BOOLEAN,
          BYTES,
          TIME,
          MICRO_TIME,
          QUANTITY,
          INT_OR_STRING ->
          false;
    };
  }

  private static @Nullable Field goNamed(SchemaNode node, String name) {
    for (Field field : node.fields()) {
      String json = field.name();
      boolean own = !json.equals("metadata") && !json.equals("kind") && !json.equals("apiVersion");
      if (own && name.equals(Character.toUpperCase(json.charAt(0)) + json.substring(1))) {
        return field;
      }
    }
    return null;
  }

  /// Checks that the words by which an object says what it is are words.
  ///
  /// @throws Undecodable when they are not
  static void requireWords(JsonObject object) {
    for (String name : List.of("apiVersion", "kind")) {
      Json word = wrongWord(object, name);
      if (word != null) {
        throw new Undecodable(
            "couldn't get version/kind; json parse error: json: cannot unmarshal %s into Go struct field .%s of type string"
                .formatted(GoValues.kind(word), name));
      }
    }
    String apiVersion = textOr(object, "apiVersion", "");
    if (apiVersion.indexOf('/') != apiVersion.lastIndexOf('/')) {
      throw new Undecodable("unexpected GroupVersion string: " + apiVersion);
    }
  }

  /// The first that is no text, null when there is none.
  private static @Nullable Json wrongWord(JsonObject object, String name) {
    for (JsonObject.Field field : object) {
      boolean fits = field.value() instanceof Json.Text || field.value() instanceof Json.Null;
      if (!fits && field.name().equalsIgnoreCase(name)) {
        return field.value();
      }
    }
    return null;
  }

  private boolean isOtherVersion(GroupVersionKind given, GroupVersionKind wanted) {
    boolean same =
        given.group().equals(wanted.group())
            || (MOVED.contains(given.kind()) && KindScheme.of(given) == KindScheme.of(wanted));
    return same && given.kind().equals(wanted.kind()) && goType(given, wanted) != null;
  }

  private static @Nullable String goType(GroupVersionKind given, GroupVersionKind wanted) {
    return KindScheme.of(wanted).goType(given);
  }

  private static String otherVersion(String given, GroupVersionKind wanted) {
    return "the API version in the data (%s) does not match the expected API version (%s)"
        .formatted(given, wanted.groupVersion().text());
  }

  /// Why one kind is not read as another. An object is read as what it says it is before it is found to be something else.
  private String unlike(JsonObject object, GroupVersionKind given, GroupVersionKind wanted) {
    String type = goType(given, wanted);
    if (type == null) {
      return unregistered(given);
    }
    SchemaNode schema = schema(given);
    if (schema != null) {
      try {
        Canonicalizer.canonical(schema, object.copy());
      } catch (Undecodable wrong) {
        return wrong.getMessage();
      }
    }
    return "converting (%s) to (%s): unknown conversion"
        .formatted(type, KindScheme.internalType(wanted));
  }

  /// What a custom resource says of itself is never filled in. Another kind of the same version is let through: what is
  /// wrong with it is for validation to tell.
  static void requireCustom(JsonObject object, GroupVersionKind wanted) {
    String apiVersion = object.textOrEmpty("apiVersion");
    if (!apiVersion.equals(wanted.groupVersion().text())) {
      throw StatusErrors.badRequest(otherVersion(apiVersion, wanted));
    }
  }

  /// Options are known in the version of every group.
  void requireOptions(JsonObject object, GroupVersionKind wanted) {
    requireWords(object);
    String kind = textOr(object, "kind", wanted.kind());
    String apiVersion = textOr(object, "apiVersion", wanted.groupVersion().text());
    if (!kind.equals(wanted.kind())) {
      throw StatusErrors.badRequest(unlike(object, GroupVersionKind.of(apiVersion, kind), wanted));
    }
  }

  private static String unregistered(GroupVersionKind given) {
    String version =
        given.version().equals(KindScheme.INTERNAL)
            ? "the internal version of group " + GoText.quote(given.group())
            : "version " + GoText.quote(given.groupVersion().text());
    return "no kind %s is registered for %s in scheme \"%s\""
        .formatted(GoText.quote(given.kind()), version, SCHEME);
  }

  private static String textOr(JsonObject object, String name, String missing) {
    return word(object, name) instanceof Json.Text(var text) && !text.isEmpty() ? text : missing;
  }

  /// What stands under a name, however it is written: upstream looks for these two without regard to case, and takes the last. Null
  /// says nothing.
  private static Json word(JsonObject object, String name) {
    Json word = Json.NULL;
    for (JsonObject.Field field : object) {
      if (field.name().equalsIgnoreCase(name) && !(field.value() instanceof Json.Null)) {
        word = field.value();
      }
    }
    return word;
  }
}
