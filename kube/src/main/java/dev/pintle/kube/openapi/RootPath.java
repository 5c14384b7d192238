package dev.pintle.kube.openapi;

import dev.pintle.kube.object.JsonObject;
import dev.pintle.kube.schema.ApiGroup;
import dev.pintle.kube.schema.GroupVersion;
import dev.pintle.kube.schema.TypeSnapshot;
import java.util.ArrayList;
import java.util.List;

/// A path that has no resource: where versions and groups are found, which version the server has, whose tokens it
/// issues. Each has a document of its own.
///
/// @param name of the document, which is the path without the slashes around it
/// @param definition of what is answered, without its package; empty where that is text
record RootPath(
    String name,
    String tag,
    String id,
    String description,
    String definition,
    OperationText.Media media) {
  private static final String JSON = "application/json";
  private static final String META = "io.k8s.apimachinery.pkg.apis.meta.v1.";
  private static final String AVAILABLE = "get available API versions";
  private static final OperationText.Media EVERY_FORM =
      new OperationText.Media(OperationText.FORMS, OperationText.FORMS);

  private static final List<RootPath> ALWAYS =
      List.of(
          new RootPath(
              ".well-known/openid-configuration",
              "WellKnown",
              "getServiceAccountIssuerOpenIDConfiguration",
              "get service account issuer OpenID configuration, also known as the 'OIDC discovery doc'",
              "",
              new OperationText.Media(List.of(), List.of(JSON))),
          new RootPath(
              "api", "core", "getCoreAPIVersions", AVAILABLE, META + "APIVersions", EVERY_FORM),
          new RootPath(
              "apis", "apis", "getAPIVersions", AVAILABLE, META + "APIGroupList", EVERY_FORM),
          new RootPath(
              "openid/v1/jwks",
              "openid",
              "getServiceAccountIssuerOpenIDKeyset",
              "get service account issuer OpenID JSON Web Key Set (contains public token verification keys)",
              "",
              new OperationText.Media(List.of(), List.of("application/jwk-set+json"))),
          new RootPath(
              "version",
              "version",
              "getCodeVersion",
              "get the version information for this server",
              "io.k8s.apimachinery.pkg.version.Info",
              new OperationText.Media(List.of(JSON), List.of(JSON))));

  /// All of them; groups that only definitions serve have none.
  static List<RootPath> all(TypeSnapshot builtIn) {
    List<RootPath> all = new ArrayList<>(ALWAYS);
    for (ApiGroup group : builtIn.groups()) {
      if (!group.name().isEmpty()) {
        GroupVersion any = new GroupVersion(group.name(), "");
        all.add(
            new RootPath(
                "apis/" + group.name(),
                PathNames.groupTag(any),
                "get" + PathNames.groupVersion(any) + "APIGroup",
                "get information of a group",
                META + "APIGroup",
                EVERY_FORM));
      }
    }
    return all;
  }

  String path() {
    return "/" + name + "/";
  }

  JsonObject operations(ReferencedDefinitions kinds, OperationText text) {
    String answer = definition.isEmpty() ? "" : kinds.plain(definition);
    Operation operation =
        Operation.of("", new Operation.Title(id, description, new GroupVersion("", "").kind("")));
    return new JsonObject().set("get", text.write(tag, operation.answering(answer, 200), media));
  }
}
