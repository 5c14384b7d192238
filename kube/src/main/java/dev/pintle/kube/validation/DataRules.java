package dev.pintle.kube.validation;

import dev.pintle.kube.format.DataKeys;
import dev.pintle.kube.format.Formats;
import dev.pintle.kube.object.Json;
import dev.pintle.kube.object.JsonArray;
import dev.pintle.kube.object.JsonObject;
import dev.pintle.kube.object.JsonReader;
import dev.pintle.kube.object.JsonSyntaxException;
import dev.pintle.kube.object.JsonWriter;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The validation of config maps, secrets, namespaces, controller revisions and leases.
final class DataRules {
  private static final int DATA_BYTES_MAX = 1024 * 1024;
  private static final String FROZEN = "field is immutable when `immutable` is set";

  private DataRules() {}

  static Map<String, NamedRule> all() {
    return Map.of(
        "configMap", DataRules::configMap,
        "configMapKept", object -> kept(object, List.of("data", "binaryData")),
        "secret", DataRules::secret,
        "secretKept", object -> kept(object, List.of("data")),
        "namespaceFinalizers", DataRules::namespaceFinalizers,
        "namespaceFinalizersOneByOne", DataRules::namespaceFinalizersOneByOne,
        "namespacePhase", DataRules::namespacePhase,
        "revisionData", DataRules::revisionData,
        "revisionKept", DataRules::revisionKept,
        "preferredHolder", DataRules::preferredHolder);
  }

  private static void configMap(ValidatedObject object) {
    JsonObject binary = object.map("binaryData");
    int size = 0;
    for (JsonObject.Field entry : object.map("data")) {
      FieldPath path = object.path("data").key(entry.name());
      checkKey(entry.name(), path, object);
      if (binary.has(entry.name())) {
        String detail = "duplicate of key present in binaryData";
        object.add(FieldError.invalid(path, Json.of(entry.name()), detail));
      }
      size += entry.value() instanceof Json.Text(var text) ? Formats.bytes(text) : 0;
    }
    for (JsonObject.Field entry : binary) {
      checkKey(entry.name(), object.path("binaryData").key(entry.name()), object);
      size += decodedBytes(entry.value());
    }
    if (size > DATA_BYTES_MAX) {
      object.add(FieldError.tooLong(FieldPath.ROOT.key(""), DATA_BYTES_MAX));
    }
  }

  private static void checkKey(String key, FieldPath path, ValidatedObject reporter) {
    for (String complaint : DataKeys.configKey(key)) {
      reporter.add(FieldError.invalid(path, Json.of(key), complaint));
    }
  }

  private static int decodedBytes(Json base64) {
    if (!(base64 instanceof Json.Text(var text)) || text.isEmpty()) {
      return 0;
    }
    int padding = text.endsWith("==") ? 2 : text.endsWith("=") ? 1 : 0;
    return text.length() / 4 * 3 - padding;
  }

  private static void kept(ValidatedObject object, List<String> fields) {
    JsonObject old = object.old();
    if (old == null || !Json.Bool.TRUE.equals(old.get("immutable"))) {
      return;
    }
    if (!object.isTrue("immutable")) {
      object.forbidden("immutable", FROZEN);
    }
    for (String field : fields) {
      if (!Immutable.sameEntries(object.structure().object(field), old.object(field))) {
        object.forbidden(field, FROZEN);
      }
    }
  }

  private static void secret(ValidatedObject object) {
    FieldPath path = object.path("data");
    int size = 0;
    for (JsonObject.Field entry : object.map("data")) {
      checkKey(entry.name(), path.key(entry.name()), object);
      size += decodedBytes(entry.value());
    }
    if (size > DATA_BYTES_MAX) {
      object.add(FieldError.tooLong(path, DATA_BYTES_MAX));
    }
    contentOfType(object);
  }

  private static void contentOfType(ValidatedObject object) {
    switch (object.text("type")) {
      case "kubernetes.io/service-account-token" -> {
        ValidatedObject metadata = object.childOrEmpty("metadata");
        String annotation = "kubernetes.io/service-account.name";
        if (metadata.childOrEmpty("annotations").text(annotation).isEmpty()) {
          object.add(FieldError.required(metadata.path("annotations").key(annotation), ""));
        }
      }
      case "kubernetes.io/dockercfg" -> requireJson(object, ".dockercfg");
      case "kubernetes.io/dockerconfigjson" -> requireJson(object, ".dockerconfigjson");
      case "kubernetes.io/basic-auth" -> {
        JsonObject data = object.map("data");
        if (!data.has("username") && !data.has("password")) {
          requireKeys(object, "username", "password");
        }
      }
      case "kubernetes.io/ssh-auth" -> {
        if (object.childOrEmpty("data").text("ssh-privatekey").isEmpty()) {
          object.add(FieldError.required(object.path("data").key("ssh-privatekey"), ""));
        }
      }
      case "kubernetes.io/tls" -> requireKeys(object, "tls.crt", "tls.key");
      default -> {}
    }
  }

  private static void requireKeys(ValidatedObject object, String... keys) {
    for (String key : keys) {
      if (!object.map("data").has(key)) {
        object.add(FieldError.required(object.path("data").key(key), ""));
      }
    }
  }

  private static void requireJson(ValidatedObject object, String key) {
    FieldPath path = object.path("data").key(key);
    if (!(object.map("data").get(key) instanceof Json.Text(var base64))) {
      object.add(FieldError.required(path, ""));
      return;
    }
    String complaint = notAnObject(Base64.getDecoder().decode(base64));
    if (!complaint.isEmpty()) {
      object.add(FieldError.invalid(path, Json.of("<secret contents redacted>"), complaint));
    }
  }

  private static String notAnObject(byte[] content) {
    try {
      return switch (JsonReader.read(content)) {
        case JsonObject _, Json.Null _ -> "";
        case JsonArray _ -> cannotUnmarshal("array");
        case Json.Text _ -> cannotUnmarshal("string");
        case Json.Whole _, Json.Decimal _ -> cannotUnmarshal("number");
        case Json.Bool _ -> cannotUnmarshal("bool");
      };
    } catch (JsonSyntaxException malformed) {
      return String.valueOf(malformed.getMessage());
    }
  }

  private static String cannotUnmarshal(String what) {
    return "json: cannot unmarshal %s into Go value of type map[string]interface {}"
        .formatted(what);
  }

  private static void namespaceFinalizers(ValidatedObject object) {
    FieldPath path = FieldPath.of("spec.finalizers");
    for (String finalizer : object.childOrEmpty("spec").texts("finalizers")) {
      checkFinalizer(finalizer, path, object);
    }
  }

  private static void namespaceFinalizersOneByOne(ValidatedObject object) {
    List<String> finalizers = object.childOrEmpty("spec").texts("finalizers");
    for (int i = 0; i < finalizers.size(); i++) {
      checkFinalizer(finalizers.get(i), FieldPath.of("spec.finalizers").index(i), object);
    }
  }

  private static void checkFinalizer(String finalizer, FieldPath path, ValidatedObject reporter) {
    Finalizers.checkName(finalizer, path, reporter);
    Finalizers.requireKnown(finalizer, path, reporter);
  }

  private static void namespacePhase(ValidatedObject object) {
    boolean deleting = object.childOrEmpty("metadata").has("deletionTimestamp");
    String phase = object.childOrEmpty("status").text("phase");
    if (!deleting && !phase.equals("Active")) {
      wrongPhase(object, phase, "may only be 'Active' if `deletionTimestamp` is empty");
    } else if (deleting && !phase.equals("Terminating")) {
      wrongPhase(object, phase, "may only be 'Terminating' if `deletionTimestamp` is not empty");
    }
  }

  private static void wrongPhase(ValidatedObject object, String phase, String detail) {
    object.add(FieldError.invalid(FieldPath.of("status.Phase"), Json.of(phase), detail));
  }

  private static void preferredHolder(ValidatedObject lease) {
    if (!lease.text("preferredHolder").isEmpty() && lease.text("strategy").isEmpty()) {
      lease.forbidden("preferredHolder", "may only be specified if `strategy` is defined");
    }
  }

  /// Bytes are compared: spaces and the order of fields count.
  private static void revisionKept(ValidatedObject object) {
    JsonObject old = object.old();
    Json data = object.structure().get("data");
    if (old == null
        || JsonWriter.textAsWritten(given(data))
            .equals(JsonWriter.textAsWritten(given(old.get("data"))))) {
      return;
    }
    Json shown = given(data).copy();
    if (shown instanceof JsonObject written) {
      written.forgetText();
    }
    // Numbers as they were written, too.
    String text = JsonWriter.textAsWritten(shown) + ": " + Immutable.MESSAGE;
    object.add(FieldError.invalid(object.path("data"), null, text));
  }

  private static Json given(@Nullable Json data) {
    return data == null ? Json.NULL : data;
  }

  private static void revisionData(ValidatedObject object) {
    if (!object.has("data")) {
      object.required("data", "data is mandatory");
    } else if (!(object.value("data") instanceof JsonObject)) {
      object.required("data", "data must be a valid JSON object");
    }
  }
}
