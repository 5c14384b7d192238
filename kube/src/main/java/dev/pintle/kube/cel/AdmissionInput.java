package dev.pintle.kube.cel;

import dev.pintle.kube.object.Json;
import dev.pintle.kube.object.JsonObject;
import dev.pintle.kube.request.UserInfo;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The values of the variables of expressions of admission, for one request and one object with parameters.
public final class AdmissionInput {
  private final Map<String, Value> values = new HashMap<>();

  /// The right that the request itself needs.
  ///
  /// @param name empty where the object has none yet
  public record Target(
      String group, String resource, String subresource, String namespace, String name) {}

  /// The objects whose kinds are custom resources: nothing is known of what they are made of.
  public record Custom(boolean object, boolean params) {}

  /// @param object as it would be; null for a delete
  /// @param old as it is; null for a create
  /// @param request as an AdmissionReview tells it
  /// @param params null when there are none
  /// @param namespace of the object; null when it has none, or where it is not told
  public AdmissionInput(
      Custom custom,
      @Nullable JsonObject object,
      @Nullable JsonObject old,
      JsonObject request,
      @Nullable JsonObject params,
      @Nullable JsonObject namespace) {
    values.put("object", value(object, custom.object()));
    values.put("oldObject", value(old, custom.object()));
    values.put("request", value(request, false));
    values.put("params", value(params, custom.params()));
    values.put("namespaceObject", value(namespace, false));
  }

  /// Lets expressions ask about rights.
  public AdmissionInput asking(AdmissionAuthorizer judge, UserInfo user, Target target) {
    AuthorizerValue.User asking = new AuthorizerValue.User(judge, user);
    AuthorizerValue.OfResource resource =
        new AuthorizerValue.OfResource(
            new AuthorizerValue.OfGroup(asking, target.group()),
            target.resource(),
            target.subresource(),
            target.namespace(),
            target.name());
    values.put("authorizer", new Value.Extension(asking));
    values.put("authorizer.requestResource", new Value.Extension(resource));
    return this;
  }

  private static Value value(@Nullable Json tree, boolean custom) {
    TreeOrigin origin = custom ? TreeOrigin.MADE : TreeOrigin.TYPED;
    return tree == null ? Constants.NULL : JsonAdapter.value(origin, tree);
  }

  Map<String, Value> values() {
    return values;
  }
}
