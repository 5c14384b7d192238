package dev.pintle.kube.verb;

import dev.pintle.kube.admission.AdmissionRequest;
import dev.pintle.kube.decode.BodyReader.Expected;
import dev.pintle.kube.encode.Answer;
import dev.pintle.kube.object.Json;
import dev.pintle.kube.object.JsonArray;
import dev.pintle.kube.object.JsonObject;
import dev.pintle.kube.request.WriteOptions;
import dev.pintle.kube.schema.GroupVersion;
import dev.pintle.kube.schema.GroupVersionKind;
import dev.pintle.kube.schema.ResourceType;
import dev.pintle.kube.schema.SchemaNode;
import dev.pintle.kube.schema.TypeRegistry;
import dev.pintle.kube.status.Cause;
import dev.pintle.kube.status.Details;
import dev.pintle.kube.status.Status;
import dev.pintle.kube.status.StatusError;
import dev.pintle.kube.status.StatusErrors;
import dev.pintle.kube.store.ObjectView;
import dev.pintle.kube.store.StoredObject;
import dev.pintle.kube.token.BoundObjectReference;
import dev.pintle.kube.token.ServiceAccountTokens;
import dev.pintle.kube.token.TokenSubject;
import dev.pintle.kube.transaction.ObjectTransaction;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// The handler of `serviceaccounts/token`: a token for an account, which may be bound to a pod, a node or a secret and dies
/// with it.
public final class TokenRequests {
  private static final String ISSUED = "authentication.kubernetes.io/issued-credential-id";

  private static final GroupVersion CORE = new GroupVersion("", "v1");
  private static final GroupVersionKind KIND =
      GroupVersionKind.of("authentication.k8s.io/v1", "TokenRequest");
  private static final Duration LIFE_DEFAULT = Duration.ofHours(1);
  private static final Duration LIFE_MIN = Duration.ofMinutes(10);
  private static final long LIFE_SECONDS_MAX = 1L << 32;

  private final VerbContext context;
  private final TypeRegistry types;
  private final ServiceAccountTokens tokens;
  private final SchemaNode schema;

  /// @param schema of TokenRequest
  public TokenRequests(
      VerbContext context, TypeRegistry types, ServiceAccountTokens tokens, SchemaNode schema) {
    this.context = context;
    this.types = types;
    this.tokens = tokens;
    this.schema = schema;
  }

  /// Takes a while, and the key may have to be made first.
  public Answer create(ApiRequest request, ObjectView view, Consumer<String> warnings) {
    WriteOptions options = WriteOptions.parse(request.query(), "CreateOptions");
    Expected expected = new Expected(KIND, schema, options.validation());
    JsonObject sent =
        RequestBodies.read(context, request, expected, TokenRequests::fillIn, warnings);
    Metadata.requireNamespace(request.type(), sent, request.namespace());
    return answer(request, sent, admit(request, options, sent, view));
  }

  private static void fillIn(JsonObject sent) {
    JsonObject spec = sent.objectAt("spec");
    if (!(spec.get("expirationSeconds") instanceof Json.Whole)) {
      spec.set("expirationSeconds", Json.of(LIFE_DEFAULT.toSeconds()));
    }
  }

  /// Answers the store as what follows is to see it.
  private ObjectView admit(
      ApiRequest request, WriteOptions options, JsonObject sent, ObjectView view) {
    try (ObjectTransaction nothing = new ObjectTransaction()) {
      AdmissionRequest admission =
          request
              .admission(
                  AdmissionRequest.Action.CREATE,
                  request.name(),
                  "token",
                  sent,
                  null,
                  options,
                  nothing)
              .withOwners(
                  FieldManagers.later(context, FieldManagers.ofPart(request, KIND, schema), sent));
      ObjectView now = context.admission().mutate(admission, view, context::view);
      return context.admission().validate(admission, now, context::view);
    }
  }

  private Answer answer(ApiRequest request, JsonObject sent, ObjectView view) {
    JsonObject metadata = sent.objectAt("metadata");
    Metadata.requireNamespace(request.type(), sent, request.namespace());
    requireName(request, metadata);
    StoredObject account = view.require(request.type(), request.namespace(), request.name());
    String uid = metadata.text("uid");
    if (uid != null && !uid.isEmpty() && !uid.equals(account.uid())) {
      throw conflict(
          "TokenRequest",
          KIND.group(),
          request.name(),
          "the UID in the token request (%s) does not match the UID of the service account (%s)"
              .formatted(uid, account.uid()));
    }
    JsonObject spec = sent.objectAt("spec");
    List<Cause> unattested = TokenAttestations.check(spec);
    if (!TokenAttestations.isOfWebhook(spec) && !unattested.isEmpty()) {
      throw invalid("", unattested);
    }
    Duration life = life(spec);
    if (!unattested.isEmpty()) {
      throw invalid("", unattested);
    }
    FieldManagers.sign(context, FieldManagers.ofPart(request, KIND, schema), sent);
    List<String> audiences = audiences(spec);
    TokenSubject bearer = bearer(account, spec.object("boundObjectRef"), view);
    Instant now = context.clock().instant().truncatedTo(ChronoUnit.SECONDS);
    String token = tokens.issue(bearer, audiences, now, life);
    request.notes().annotate(ISSUED, ServiceAccountTokens.credentialId(token));
    return new Answer.Tree(
        201,
        shown(
            account,
            now,
            sent,
            new JsonObject()
                .set("token", token)
                .set("expirationTimestamp", DateTimeFormatter.ISO_INSTANT.format(now.plus(life)))));
  }

  private static JsonObject shown(
      StoredObject account, Instant now, JsonObject sent, JsonObject status) {
    JsonObject spec = sent.objectAt("spec");
    JsonObject metadata =
        new JsonObject()
            .set("name", account.name())
            .set("namespace", account.namespace())
            .set("uid", account.uid())
            .set("creationTimestamp", DateTimeFormatter.ISO_INSTANT.format(now));
    JsonArray owners = sent.objectAt("metadata").array("managedFields");
    if (owners != null) {
      metadata.set("managedFields", owners);
    }
    return new JsonObject()
        .set("kind", KIND.kind())
        .set("apiVersion", KIND.groupVersion().text())
        .set("metadata", metadata)
        .set("spec", spec)
        .set("status", status);
  }

  private static void requireName(ApiRequest request, JsonObject metadata) {
    String sent = metadata.textOrEmpty("name");
    if (!sent.isEmpty() && !sent.equals(request.name())) {
      String message =
          "Invalid value: \"%s\": must match the service account name if specified".formatted(sent);
      throw invalid(request.name(), new Cause("FieldValueInvalid", message, "metadata.name"));
    }
  }

  private static StatusError invalid(String name, Cause cause) {
    return invalid(name, List.of(cause));
  }

  private static StatusError invalid(String name, List<Cause> causes) {
    return StatusErrors.invalidKind(KIND.group(), KIND.kind(), name, causes);
  }

  private static StatusError conflict(String kind, String group, String name, String why) {
    String qualified = group.isEmpty() ? kind : kind + "." + group;
    String message =
        "Operation cannot be fulfilled on %s \"%s\": %s".formatted(qualified, name, why);
    return new StatusError(new Status(409, "Conflict", message, Details.of(group, kind, name)));
  }

  private static Duration life(JsonObject spec) {
    long seconds =
        spec.get("expirationSeconds") instanceof Json.Whole(var asked)
            ? asked
            : LIFE_DEFAULT.toSeconds();
    String wrong =
        seconds < LIFE_MIN.toSeconds()
            ? "may not specify a duration less than 10 minutes"
            : seconds > LIFE_SECONDS_MAX
                ? "may not specify a duration larger than 2^32 seconds"
                : "";
    if (!wrong.isEmpty()) {
      String message = "Invalid value: %d: %s".formatted(seconds, wrong);
      throw invalid("", new Cause("FieldValueInvalid", message, "spec.expirationSeconds"));
    }
    spec.set("expirationSeconds", Json.of(seconds));
    return Duration.ofSeconds(seconds);
  }

  private List<String> audiences(JsonObject spec) {
    JsonArray asked = spec.array("audiences");
    if (asked == null || asked.isEmpty()) {
      JsonArray own = new JsonArray();
      tokens.audiences().forEach(one -> own.add(Json.of(one)));
      spec.set("audiences", own);
      return tokens.audiences();
    }
    List<String> audiences = new ArrayList<>();
    for (Json one : asked) {
      if (one instanceof Json.Text(var text)) {
        audiences.add(text);
      }
    }
    return audiences;
  }

  private TokenSubject bearer(StoredObject account, @Nullable JsonObject bound, ObjectView view) {
    BoundObjectReference self = new BoundObjectReference(account.name(), account.uid());
    if (bound == null) {
      return new TokenSubject(account.namespace(), self, null, null, null);
    }
    String kind = Objects.requireNonNullElse(bound.text("kind"), "");
    String apiVersion = Objects.requireNonNullElse(bound.text("apiVersion"), "");
    String name = Objects.requireNonNullElse(bound.text("name"), "");
    String uid = Objects.requireNonNullElse(bound.text("uid"), "");
    return switch (apiVersion.contains("/") ? "" : kind) {
      case "Pod" -> {
        StoredObject pod = found("pods", account.namespace(), name, uid, view);
        requireRunBy(account, pod);
        yield new TokenSubject(account.namespace(), self, reference(pod), node(pod, view), null);
      }
      case "Node" -> {
        StoredObject node = found("nodes", "", name, uid, view);
        yield new TokenSubject(account.namespace(), self, null, reference(node), null);
      }
      case "Secret" -> {
        StoredObject secret = found("secrets", account.namespace(), name, uid, view);
        yield new TokenSubject(account.namespace(), self, null, null, reference(secret));
      }
      default ->
          throw StatusErrors.badRequest(
              "cannot bind token to object of type %s, Kind=%s%s"
                  .formatted(
                      apiVersion.contains("/") ? apiVersion : "/" + apiVersion,
                      kind,
                      TokenAttestations.isWebhook(apiVersion, kind)
                          ? " (feature gate APIServerWebhookAuthenticationToken is disabled)"
                          : ""));
    };
  }

  private static void requireRunBy(StoredObject account, StoredObject pod) {
    if (!pod.text("spec.serviceAccountName").equals(account.name())) {
      throw StatusErrors.badRequest(
          "cannot bind token for serviceaccount \"%s\" to pod running with different serviceaccount name."
              .formatted(account.name()));
    }
  }

  private StoredObject found(
      String plural, String namespace, String name, String uid, ObjectView view) {
    ResourceType type = type(plural);
    StoredObject found = view.require(type, namespace, name);
    if (!uid.isEmpty() && !uid.equals(found.uid())) {
      throw conflict(
          type.kind(),
          "",
          name,
          "the UID in the bound object reference (%s) does not match the UID in record. The object might have been deleted and then recreated"
              .formatted(uid));
    }
    return found;
  }

  private @Nullable BoundObjectReference node(StoredObject pod, ObjectView view) {
    String name = pod.text("spec.nodeName");
    if (name.isEmpty()) {
      return null;
    }
    StoredObject node = view.find(type("nodes"), "", name);
    return node == null ? new BoundObjectReference(name, "") : reference(node);
  }

  private static BoundObjectReference reference(StoredObject object) {
    return new BoundObjectReference(object.name(), object.uid());
  }

  private ResourceType type(String plural) {
    return Objects.requireNonNull(types.current().resource(CORE, plural), plural);
  }
}
