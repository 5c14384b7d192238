package dev.pintle.kube.controller;

import dev.pintle.kernel.Bytes;
import dev.pintle.kube.encode.Answer;
import dev.pintle.kube.object.JsonObject;
import dev.pintle.kube.object.JsonWriter;
import dev.pintle.kube.request.Query;
import dev.pintle.kube.request.RequestInfo;
import dev.pintle.kube.request.UserInfo;
import dev.pintle.kube.schema.ResourceType;
import dev.pintle.kube.verb.ApiRequest;
import dev.pintle.kube.verb.VerbContext;
import dev.pintle.kube.verb.VerbHandler;
import java.util.Map;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// A client of the server within the server: its requests go the way of all others from admission on, in the name of a service account
/// of `kube-system`, as those of kube-controller-manager do. Every method waits for the answer, and none writes an object again at once
/// that somebody else has undone or changed since: it throws what [WriteRestraint] does, longer each time.
public final class LocalClient {
  /// Under which name its writes own fields; upstream's.
  private static final String MANAGER = "kube-controller-manager";

  private static final String NAMESPACE = "kube-system";
  private static final String JSON = "application/json";
  private static final String APPLY = "application/apply-patch+yaml";
  private static final String MERGE_PATCH = "application/merge-patch+json";

  private final VerbContext context;
  private final Handlers handlers;
  private final UserInfo user;
  private final String manager;

  /// Null for none.
  private final @Nullable WriteRestraint restraint;

  /// The table in which the handler of a request is found.
  @FunctionalInterface
  public interface Handlers {
    /// @param method of HTTP
    VerbHandler find(ResourceType type, RequestInfo target, String method);
  }

  /// @param account the name of the service account
  /// @param monotonic nanoseconds that never go back
  public LocalClient(
      VerbContext context, Handlers handlers, String account, LongSupplier monotonic) {
    this(
        context,
        handlers,
        new UserInfo(
            UserInfo.ACCOUNT_PREFIX + NAMESPACE + ':' + account,
            "",
            UserInfo.accountGroups(NAMESPACE),
            Map.of()),
        MANAGER,
        new WriteRestraint(context, monotonic));
  }

  private LocalClient(
      VerbContext context,
      Handlers handlers,
      UserInfo user,
      String manager,
      @Nullable WriteRestraint restraint) {
    this.context = context;
    this.handlers = handlers;
    this.user = user;
    this.manager = manager;
    this.restraint = restraint;
  }

  /// One in the name of the server itself.
  ///
  /// @param monotonic nanoseconds that never go back
  public static LocalClient ofServer(
      VerbContext context, Handlers handlers, LongSupplier monotonic) {
    return new LocalClient(
        context,
        handlers,
        UserInfo.SERVER,
        ApiRequest.SERVER,
        new WriteRestraint(context, monotonic));
  }

  /// The same, never restrained: for what nobody undoes, or what is said once.
  public LocalClient unrestrained() {
    return new LocalClient(context, handlers, user, manager, null);
  }

  /// The store and what belongs to it.
  public VerbContext context() {
    return context;
  }

  /// An object, as a path names it.
  ///
  /// @param namespace empty for one of the whole cluster
  public record Target(ResourceType type, String namespace, String name) {}

  /// @param options the body, a DeleteOptions
  /// @throws dev.pintle.kube.status.StatusError what is refused
  public void delete(Target target, JsonObject options) {
    send("delete", "DELETE", target, "", JSON, options);
  }

  /// @throws dev.pintle.kube.status.StatusError what is refused
  public void mergePatch(Target target, JsonObject patch) {
    send("patch", "PATCH", target, "", MERGE_PATCH, patch);
  }

  /// Says what the fields of an object are to be that `manager` owns, whoever owned them before.
  ///
  /// @throws dev.pintle.kube.status.StatusError what is refused
  public void apply(Target target, String manager, JsonObject fields) {
    Query query = Query.parse("force=true&fieldManager=" + manager);
    send("patch", "PATCH", target, "", query, APPLY, fields);
  }

  /// As [#apply], of the status.
  ///
  /// @throws dev.pintle.kube.status.StatusError what is refused
  public void applyStatus(Target target, String manager, JsonObject fields) {
    Query query = Query.parse("force=true&fieldManager=" + manager);
    send("patch", "PATCH", target, "status", query, APPLY, fields);
  }

  /// @param subresource empty for the object itself
  /// @throws dev.pintle.kube.status.StatusError what is refused
  public void update(Target target, String subresource, JsonObject object) {
    send("update", "PUT", target, subresource, JSON, object);
  }

  /// @param target without a name
  /// @throws dev.pintle.kube.status.StatusError what is refused
  public void create(Target target, JsonObject object) {
    send("create", "POST", target, "", JSON, object);
  }

  /// Finds out, before much is done for it, whether an object may be written.
  ///
  /// @throws dev.pintle.kube.workqueue.Restrained when it may not yet
  public void requireUnrestrained(Target target) {
    if (restraint != null) {
      restraint.require(target);
    }
  }

  private void send(
      String verb,
      String method,
      Target target,
      String subresource,
      String contentType,
      JsonObject body) {
    send(verb, method, target, subresource, Query.EMPTY, contentType, body);
  }

  private void send(
      String verb,
      String method,
      Target target,
      String subresource,
      Query query,
      String contentType,
      JsonObject body) {
    ResourceType type = target.type();
    RequestInfo info =
        new RequestInfo(
            verb,
            path(target, subresource),
            type.groupVersion(),
            target.namespace(),
            type.plural(),
            target.name(),
            subresource,
            0);
    ApiRequest request =
        new ApiRequest(
            info, type, query, user, contentType, manager, Bytes.wrap(JsonWriter.bytes(body)));
    Supplier<Answer> write =
        () -> handlers.find(type, info, method).handle(request, context.view(), _ -> {});
    if (restraint == null) {
      var _ = write.get();
    } else {
      restraint.run(target, body, request.body(), write);
    }
  }

  private static String path(Target target, String subresource) {
    ResourceType type = target.type();
    StringBuilder path = new StringBuilder(type.group().isEmpty() ? "/api/" : "/apis/");
    path.append(type.groupVersion().text());
    if (!target.namespace().isEmpty()) {
      path.append("/namespaces/").append(target.namespace());
    }
    path.append('/').append(type.plural());
    for (String part : new String[] {target.name(), subresource}) {
      if (!part.isEmpty()) {
        path.append('/').append(part);
      }
    }
    return path.toString();
  }
}
