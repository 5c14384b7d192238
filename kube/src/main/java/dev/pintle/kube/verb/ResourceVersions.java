package dev.pintle.kube.verb;

import dev.pintle.kube.object.GoNumbers;
import dev.pintle.kube.object.GoText;
import dev.pintle.kube.object.JsonObject;
import dev.pintle.kube.schema.ResourceType;
import dev.pintle.kube.status.StatusError;
import dev.pintle.kube.status.StatusErrors;
import dev.pintle.kube.store.Keys;
import dev.pintle.kube.store.StoredObject;

/// The reader of resource versions as clients write them.
public final class ResourceVersions {
  /// Stands before every key, and upstream's messages leave it out.
  private static final String PREFIX = "/registry";

  private ResourceVersions() {}

  /// The version that a list asks for; 0 for an empty text.
  static long parse(String text) {
    try {
      return number(text);
    } catch (NumberFormatException _) {
      throw StatusErrors.badRequest(
          "invalid resource version: resourceVersion: Invalid value: \"%s\": %s"
              .formatted(text, go(text)));
    }
  }

  /// The version in the metadata of an object that was sent.
  static long ofObject(String text) {
    try {
      return number(text);
    } catch (NumberFormatException _) {
      throw StatusErrors.bare(500, go(text));
    }
  }

  /// The version in the metadata of an object that was sent to be made; 0 for none, and for what is none.
  static long ofNewObject(String text) {
    try {
      return number(text);
    } catch (NumberFormatException _) {
      return 0;
    }
  }

  /// An update that makes its object must name a version that is one, and it is not asked which: it is shown where nothing is
  /// stored.
  static void settleForNew(JsonObject object, boolean dryRun) {
    ofObject(Metadata.text(object, "resourceVersion"));
    if (!dryRun) {
      Metadata.of(object).remove("resourceVersion");
    }
  }

  /// The version that an object, or a watch, may not be older than; 0 for an empty text.
  public static long ofRead(String text) {
    try {
      return number(text);
    } catch (NumberFormatException _) {
      throw StatusErrors.bare(
          500, "resourceVersion: Invalid value: \"%s\": %s".formatted(text, go(text)));
    }
  }

  /// What another writer of the same name made is not what the request is about.
  static StatusError otherUid(
      ResourceType type, StoredObject stored, String wanted, boolean dryRun) {
    return precondition(
        type, stored.name(), stored.key().utf8(), "UID", wanted, stored.uid(), dryRun);
  }

  /// What is not there has no uid.
  static StatusError absentUid(ApiRequest request, String wanted, boolean dryRun) {
    String key = Keys.object(request.type(), request.namespace(), request.name()).utf8();
    return precondition(request.type(), request.name(), key, "UID", wanted, "", dryRun);
  }

  /// What is written through a part of an object is about another one, which is found before the store is asked.
  static StatusError otherUid(ApiRequest request, String wanted, String there) {
    return StatusErrors.conflict(
        request.type(),
        request.subresource(),
        request.name(),
        "Precondition failed: UID in precondition: %s, UID in object meta: %s"
            .formatted(wanted, there));
  }

  static StatusError otherVersion(
      ResourceType type, StoredObject stored, String wanted, boolean dryRun) {
    return precondition(
        type,
        stored.name(),
        stored.key().utf8(),
        "ResourceVersion",
        wanted,
        Long.toString(stored.version()),
        dryRun);
  }

  /// Upstream's store, which is not asked in a dry run, tells the key with what all keys start with.
  private static StatusError precondition(
      ResourceType type,
      String name,
      String key,
      String what,
      String wanted,
      String there,
      boolean dryRun) {
    return StatusErrors.conflict(
        type,
        name,
        ("StorageError: invalid object, Code: 4, Key: %s, ResourceVersion: 0, AdditionalErrorMsg: Precondition failed:"
                + " %s in precondition: %s, %s in object meta: %s")
            .formatted(dryRun ? key.substring(PREFIX.length()) : key, what, wanted, what, there));
  }

  private static long number(String text) {
    return text.isEmpty() ? 0 : GoNumbers.parseUint(text);
  }

  private static String go(String text) {
    boolean digits = text.chars().allMatch(c -> c >= '0' && c <= '9');
    return "strconv.ParseUint: parsing %s: %s"
        .formatted(GoText.quote(text), digits ? "value out of range" : "invalid syntax");
  }
}
