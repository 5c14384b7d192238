package dev.pintle.kube.decode;

import dev.pintle.kube.decode.BodyReader.Expected;
import dev.pintle.kube.object.FieldOrder;
import dev.pintle.kube.object.GoText;
import dev.pintle.kube.object.GoValues;
import dev.pintle.kube.object.Json;
import dev.pintle.kube.object.JsonObject;
import dev.pintle.kube.object.JsonWriter;
import dev.pintle.kube.schema.GroupVersion;
import dev.pintle.kube.schema.GroupVersionKind;
import dev.pintle.kube.schema.SchemaNode;
import dev.pintle.kube.status.StatusErrors;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// The check of what an object says it is against what is expected, which lets it say nothing.
final class KindCheck {
  private static final String SCHEME = "pkg/runtime/scheme.go:111";

  private final Function<GroupVersionKind, @Nullable SchemaNode> schemas;

  /// @param schemas of the kinds that are known
  KindCheck(Function<GroupVersionKind, @Nullable SchemaNode> schemas) {
    this.schemas = schemas;
  }

  /// Fills in kind and apiVersion where they are missing, as upstream does, and refuses others than expected.
  void require(JsonObject object, Expected expected) {
    GroupVersionKind wanted = expected.kind();
    String kind = textOr(object, "kind", wanted.kind());
    String apiVersion = textOr(object, "apiVersion", wanted.groupVersion().text());
    GroupVersionKind given = GroupVersionKind.of(apiVersion, kind);
    if (given.equals(wanted) || expected.others().contains(given)) {
      object.set("kind", wanted.kind()).set("apiVersion", wanted.groupVersion().text());
      return;
    }
    if (isOtherVersion(given, wanted)) {
      throw StatusErrors.badRequest(otherVersion(apiVersion, wanted));
    }
    throw StatusErrors.badRequest(
        "%s in version %s cannot be handled as a %s: %s"
            .formatted(
                kind, GoText.quote(given.version()), wanted.kind(), unlike(object, given, wanted)));
  }

  /// Checks what a patch made of the words by which an object says what it is.
  ///
  /// @throws Undecodable when it would be something else
  void requirePatched(JsonObject object, Expected expected) {
    requireWords(object);
    if (expected.node().typeName().isEmpty()) {
      if (object.textOrEmpty("kind").isEmpty()) {
        throw new Undecodable(
            "Object 'Kind' is missing in '%s'"
                .formatted(JsonWriter.text(FieldOrder.byNameThroughout(object))));
      }
      return;
    }
    if (object.textOrEmpty("apiVersion").isEmpty()) {
      // Upstream takes it for one of its internal objects, of which no field has a name in JSON.
      while (!object.isEmpty()) {
        object.remove(object.nameAt(object.size() - 1));
      }
    }
    GroupVersionKind wanted = expected.kind();
    GroupVersionKind given =
        GroupVersionKind.of(
            textOr(object, "apiVersion", wanted.groupVersion().text()),
            textOr(object, "kind", wanted.kind()));
    if (!given.equals(wanted)) {
      throw new Undecodable(
          isOtherVersion(given, wanted)
              ? otherVersion(given.groupVersion().text(), wanted)
              : unlike(object, given, wanted));
    }
    object.set("kind", wanted.kind()).set("apiVersion", wanted.groupVersion().text());
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
    String apiVersion = object.textOrEmpty("apiVersion");
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
    boolean same = given.kind().equals(wanted.kind()) && given.group().equals(wanted.group());
    return same && schemas.apply(given) != null;
  }

  private static String otherVersion(String given, GroupVersionKind wanted) {
    return "the API version in the data (%s) does not match the expected API version (%s)"
        .formatted(given, wanted.groupVersion().text());
  }

  /// Why one kind is not read as another.
  private String unlike(JsonObject object, GroupVersionKind given, GroupVersionKind wanted) {
    SchemaNode known = schemas.apply(given);
    return known == null ? unregistered(given) : asItself(known, object, given, wanted);
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
    String kind = textOr(object, "kind", wanted.kind());
    String apiVersion = textOr(object, "apiVersion", wanted.groupVersion().text());
    if (!kind.equals(wanted.kind())) {
      throw StatusErrors.badRequest(unregistered(GroupVersionKind.of(apiVersion, kind)));
    }
  }

  /// An object is read as what it says it is before it is found to be something else.
  private static String asItself(
      SchemaNode schema, JsonObject object, GroupVersionKind given, GroupVersionKind wanted) {
    try {
      Canonicalizer.canonical(schema, object.copy());
      return unconvertible(given, wanted);
    } catch (Undecodable wrong) {
      return wrong.getMessage();
    }
  }

  private static String unconvertible(GroupVersionKind given, GroupVersionKind wanted) {
    return "converting (%s.%s) to (%s.%s): unknown conversion"
        .formatted(
            given.version(), given.kind(), internalPackage(wanted.groupVersion()), wanted.kind());
  }

  private static String unregistered(GroupVersionKind given) {
    return "no kind %s is registered for version %s in scheme \"%s\""
        .formatted(GoText.quote(given.kind()), GoText.quote(given.groupVersion().text()), SCHEME);
  }

  private static String internalPackage(GroupVersion groupVersion) {
    String group = groupVersion.group();
    int dot = group.indexOf('.');
    return group.isEmpty() ? "core" : dot < 0 ? group : group.substring(0, dot);
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
