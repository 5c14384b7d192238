package dev.pintle.kube.cel;

import dev.pintle.kube.object.Json;
import dev.pintle.kube.object.JsonObject;
import dev.pintle.kube.request.UserInfo;
import dev.pintle.kube.schema.Field;
import dev.pintle.kube.schema.SchemaNode;
import dev.pintle.kube.schema.ValueKind;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The values of the variables of expressions of admission, for one request and one object with parameters.
public final class AdmissionInput {
  /// A review's request. Its options are of many kinds, and so of none.
  private static final SchemaNode REQUEST =
      SchemaNode.of(
          structure("kind"),
          structure("resource"),
          structure("requestKind"),
          structure("requestResource"),
          Field.of(
              "userInfo",
              SchemaNode.of(
                  Field.of("groups", SchemaNode.of(ValueKind.LIST, SchemaNode.of(ValueKind.TEXT))),
                  Field.of(
                      "extra",
                      SchemaNode.of(
                          ValueKind.MAP,
                          SchemaNode.of(ValueKind.LIST, SchemaNode.of(ValueKind.TEXT)))))));

  private final Map<String, Value> values = new HashMap<>();

  /// The right that the request itself needs.
  ///
  /// @param name empty where the object has none yet
  public record Target(
      String group, String resource, String subresource, String namespace, String name) {}

  /// The schemas of the objects; null for custom resources, of which nothing is known.
  public record Shapes(
      @Nullable SchemaNode object, @Nullable SchemaNode params, SchemaNode namespace) {}

  /// @param object as it would be; null for a delete
  /// @param old as it is; null for a create
  /// @param request as an AdmissionReview tells it
  /// @param params null when there are none
  /// @param namespace of the object; null when it has none, or where it is not told
  public AdmissionInput(
      Shapes shapes,
      @Nullable JsonObject object,
      @Nullable JsonObject old,
      JsonObject request,
      @Nullable JsonObject params,
      @Nullable JsonObject namespace) {
    values.put("object", value(object, shapes.object()));
    values.put("oldObject", value(old, shapes.object()));
    values.put("request", value(request, REQUEST));
    values.put("params", value(params, shapes.params()));
    values.put("namespaceObject", value(namespace, shapes.namespace()));
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

  private static Field structure(String name) {
    return Field.of(name, SchemaNode.of());
  }

  private static Value value(@Nullable Json tree, @Nullable SchemaNode shape) {
    if (tree == null) {
      return Constants.NULL;
    }
    return shape == null ? JsonAdapter.made(tree) : JsonAdapter.typed(shape, tree);
  }

  Map<String, Value> values() {
    return values;
  }
}
