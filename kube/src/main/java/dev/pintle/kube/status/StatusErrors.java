package dev.pintle.kube.status;

import dev.pintle.kube.object.GoText;
import dev.pintle.kube.object.JsonObject;
import dev.pintle.kube.schema.GroupVersionKind;
import dev.pintle.kube.schema.ResourceType;
import dev.pintle.wire.SharedLimit;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/// The refusals of the API in upstream's words.
public final class StatusErrors {
  private static final long CAUSES_CHARACTERS_MAX = 1_000_000;

  private StatusErrors() {}

  public static StatusError notFound(ResourceType type, String name) {
    String message = "%s \"%s\" not found".formatted(type.groupResource(), name);
    return new StatusError(
        new Status(404, "NotFound", message, Details.of(type.group(), type.plural(), name)));
  }

  /// No resource is served at this path.
  public static StatusError nothingHere() {
    return new StatusError(
        new Status(
            404, "NotFound", "the server could not find the requested resource", Details.EMPTY));
  }

  /// Nothing at all is served at this path.
  public static StatusError noPage() {
    return new StatusError(Status.NO_PAGE);
  }

  public static StatusError noServer() {
    return new StatusError(Status.NO_SERVER);
  }

  public static StatusError alreadyExists(ResourceType type, String name) {
    String message = "%s \"%s\" already exists".formatted(type.groupResource(), name);
    return new StatusError(
        new Status(409, "AlreadyExists", message, Details.of(type.group(), type.plural(), name)));
  }

  public static StatusError noUniqueName(ResourceType type, String name) {
    String message =
        "%s \"%s\" already exists, the server was not able to generate a unique name for the object"
            .formatted(type.groupResource(), name);
    Details details = Details.of(type.group(), type.plural(), name).retryAfter(1);
    return new StatusError(new Status(409, "AlreadyExists", message, details));
  }

  /// As `taken`, of a name that an object has which is on its way out.
  public static StatusError beingDeleted(StatusError taken) {
    Status status = taken.status();
    String message = "object is being deleted: " + status.message();
    return new StatusError(new Status(status.code(), status.reason(), message, status.details()));
  }

  public static StatusError conflict(ResourceType type, String name, String why) {
    String message =
        "Operation cannot be fulfilled on %s \"%s\": %s".formatted(type.groupResource(), name, why);
    return new StatusError(
        new Status(409, "Conflict", message, Details.of(type.group(), type.plural(), name)));
  }

  /// A conflict about a part of an object.
  public static StatusError conflict(ResourceType type, String part, String name, String why) {
    String plural = type.plural() + "/" + part;
    String qualified = type.group().isEmpty() ? plural : plural + "." + type.group();
    String message =
        "Operation cannot be fulfilled on %s \"%s\": %s".formatted(qualified, name, why);
    return new StatusError(
        new Status(409, "Conflict", message, Details.of(type.group(), plural, name)));
  }

  /// What a deletion requires of the object does not hold; upstream names the kind here, not the resource, and of events the
  /// kind in which they are stored.
  public static StatusError preconditionFailed(ResourceType type, String name, String why) {
    String group = type.groupResource().equals("events.events.k8s.io") ? "" : type.group();
    String qualified = group.isEmpty() ? type.kind() : type.kind() + "." + group;
    String message =
        "Operation cannot be fulfilled on %s \"%s\": %s".formatted(qualified, name, why);
    return new StatusError(
        new Status(409, "Conflict", message, Details.of(group, type.kind(), name)));
  }

  public static StatusError objectModified(ResourceType type, String name) {
    return conflict(
        type,
        name,
        "the object has been modified; please apply your changes to the latest version and try again");
  }

  public static StatusError badRequest(String message) {
    return new StatusError(new Status(400, "BadRequest", message, Details.NONE));
  }

  public static StatusError unauthorized() {
    return new StatusError(new Status(401, "Unauthorized", "Unauthorized", Details.NONE));
  }

  public static StatusError forbidden(ResourceType type, String name, String why) {
    String what =
        name.isEmpty() ? type.groupResource() : "%s \"%s\"".formatted(type.groupResource(), name);
    String message = "%s is forbidden: %s".formatted(what, why);
    return new StatusError(
        new Status(403, "Forbidden", message, Details.of(type.group(), type.plural(), name)));
  }

  /// A path that is no resource, refused to this caller.
  public static StatusError forbiddenPath(String why) {
    return new StatusError(new Status(403, "Forbidden", "forbidden: " + why, Details.EMPTY));
  }

  public static StatusError forbiddenResource(
      String group, String resource, String name, String why) {
    String qualified = group.isEmpty() ? resource : resource + "." + group;
    String what = name.isEmpty() ? qualified : "%s \"%s\"".formatted(qualified, name);
    String message =
        qualified.isEmpty() ? "forbidden: " + why : "%s is forbidden: %s".formatted(what, why);
    return new StatusError(
        new Status(403, "Forbidden", message, Details.of(group, resource, name)));
  }

  /// @param causes at least one; their messages are the text, each once
  public static StatusError invalid(ResourceType type, String name, List<Cause> causes) {
    // Events of both groups are events of the core group to the API server.
    String group = type.group().equals("events.k8s.io") ? "" : type.group();
    return invalidKind(group, type.kind(), name, causes);
  }

  /// As above, for an object that may say that it is of another kind: it is named by its own words.
  public static StatusError invalid(
      ResourceType type, JsonObject object, String name, List<Cause> causes) {
    GroupVersionKind own =
        GroupVersionKind.of(
            Objects.requireNonNullElse(object.text("apiVersion"), ""),
            Objects.requireNonNullElse(object.text("kind"), ""));
    boolean custom = type.isCustom();
    return !custom || own.kind().isEmpty() || own.equals(type.groupVersionKind())
        ? invalid(type, name, causes)
        : invalidKind(own.group(), own.kind(), name, causes);
  }

  public static StatusError invalidKind(String group, String kind, String name, List<Cause> all) {
    List<Cause> causes = told(all);
    Set<String> texts = new LinkedHashSet<>();
    causes.forEach(cause -> texts.add(cause.field() + ": " + cause.message()));
    String joined =
        texts.size() == 1 ? texts.iterator().next() : "[" + String.join(", ", texts) + "]";
    String qualified = group.isEmpty() ? kind : kind + "." + group;
    String message = qualified + " " + GoText.quote(name) + " is invalid: " + joined;
    return new StatusError(
        new Status(422, "Invalid", message, Details.of(group, kind, name).because(causes)));
  }

  /// As many as make an answer that somebody might read; the first one always.
  private static List<Cause> told(List<Cause> causes) {
    long characters = 0;
    for (int i = 0; i < causes.size(); i++) {
      characters += causes.get(i).message().length();
      if (characters > CAUSES_CHARACTERS_MAX) {
        return causes.subList(0, i + 1);
      }
    }
    return causes;
  }

  public static StatusError methodNotAllowed() {
    return new StatusError(
        new Status(
            405,
            "MethodNotAllowed",
            "the server does not allow this method on the requested resource",
            Details.EMPTY));
  }

  /// What is done to a resource by this word is not done to this one.
  public static StatusError verbNotSupported(ResourceType type, String verb) {
    String message =
        "%s is not supported on resources of kind \"%s\"".formatted(verb, type.groupResource());
    return new StatusError(
        new Status(405, "MethodNotAllowed", message, Details.of(type.group(), type.plural(), "")));
  }

  /// A subresource that needs what this server does not have, such as nodes.
  public static StatusError unserved(ResourceType type, String subresource) {
    String message = "%s/%s is not served here".formatted(type.groupResource(), subresource);
    return new StatusError(
        new Status(501, "NotImplemented", message, Details.of(type.group(), type.plural(), "")));
  }

  /// Upstream answers some mistakes with nothing but a number and a text.
  public static StatusError bare(int code, String message) {
    return new StatusError(new Status(code, "", message, Details.NONE));
  }

  /// None of the media types that the client names is spoken at all.
  public static StatusError nothingAcceptable(String offered) {
    String message = "406: Not Acceptable\n\nAvailable representations: " + offered;
    return new StatusError(new Status(406, "NotAcceptable", message, Details.EMPTY));
  }

  /// The form of a patch that nobody knows.
  public static StatusError unknownPatch() {
    return new StatusError(
        new Status(415, "UnsupportedMediaType", "415: Unsupported Media Type", Details.EMPTY));
  }

  public static StatusError notAcceptable(String accepted) {
    String message = "only the following media types are accepted: " + accepted;
    return new StatusError(new Status(406, "NotAcceptable", message, Details.NONE));
  }

  /// What is asked for cannot be shown in the form that is wanted.
  public static StatusError unlikeForm(String message) {
    return new StatusError(new Status(406, "NotAcceptable", message, Details.NONE));
  }

  public static StatusError unsupportedMediaType(String accepted) {
    String message =
        "the body of the request was in an unknown format - accepted media types include: "
            + accepted;
    return new StatusError(new Status(415, "UnsupportedMediaType", message, Details.NONE));
  }

  public static StatusError tooLarge(long bytesMax) {
    String message = "Request entity too large: limit is " + bytesMax;
    return new StatusError(new Status(413, "RequestEntityTooLarge", message, Details.NONE));
  }

  /// The history that was asked for is gone.
  public static StatusError expired(String message) {
    return new StatusError(new Status(410, "Expired", message, Details.NONE));
  }

  /// The revision that was asked for is not there yet.
  ///
  /// @param requested unsigned
  public static StatusError futureVersion(long requested, long current) {
    String message =
        "Timeout: Too large resource version: %s, current: %d"
            .formatted(Long.toUnsignedString(requested), current);
    Cause cause = new Cause("ResourceVersionTooLarge", "Too large resource version", "");
    Details details = Details.NONE.because(List.of(cause)).retryAfter(1);
    return new StatusError(new Status(504, "Timeout", message, details));
  }

  public static StatusError internal(String why) {
    Details details = Details.NONE.because(List.of(new Cause("", why, "")));
    return new StatusError(
        new Status(500, "InternalError", "Internal error occurred: " + why, details));
  }

  private static final String REGISTRY = "/registry";

  /// A stored object that cannot be shown.
  ///
  /// @param key of the store
  public static StatusError unreadable(String key, long revision, String why) {
    return internal(undecodable(key.substring(REGISTRY.length()), revision, why));
  }

  /// Stored objects of a collection that cannot be shown.
  ///
  /// @param causes one for each, of [#unreadableItem]
  public static StatusError unreadable(ResourceType type, List<Cause> causes) {
    String first =
        "failed to read one or more %s from the storage: %s"
            .formatted(type.groupResource(), causes.getFirst().message());
    String message =
        causes.size() == 1 ? first : "%s (and %d more)".formatted(first, causes.size() - 1);
    Details details = Details.of(type.group(), type.plural(), "list").because(causes);
    return new StatusError(new Status(500, "StorageReadError", message, details));
  }

  public static Cause unreadableItem(String key, long revision, String why) {
    return new Cause("UnexpectedServerResponse", undecodable(key, revision, why), key);
  }

  /// Upstream's words for an object that is stored and cannot be decoded.
  private static String undecodable(String key, long revision, String why) {
    return ("StorageError: corrupt object, Code: 7, Key: %s, ResourceVersion: 0, AdditionalErrorMsg: object not decodable"
            + " revision=%d: %s")
        .formatted(key, revision, why);
  }

  public static StatusError tooManyRequests(String message) {
    return new StatusError(new Status(429, "TooManyRequests", message, Details.NONE.retryAfter(1)));
  }

  /// Others take what a limit of the server allows: the same may be asked for later.
  public static StatusError shed(SharedLimit limit) {
    return shed(
        limit, "the server has received too many requests and has asked us to try again later");
  }

  /// As [#shed(SharedLimit)], in other words.
  public static StatusError shed(SharedLimit limit, String message) {
    return tooManyRequests("%s (limit: %s)".formatted(message, limit.text())).by(limit);
  }

  /// There was not enough time.
  public static StatusError timeout(String message) {
    return new StatusError(new Status(504, "Timeout", "Timeout: " + message, Details.EMPTY));
  }

  public static StatusError unavailable(String message) {
    return new StatusError(new Status(503, "ServiceUnavailable", message, Details.NONE));
  }
}
