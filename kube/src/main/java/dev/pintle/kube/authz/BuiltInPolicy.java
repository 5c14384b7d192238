package dev.pintle.kube.authz;

import dev.pintle.kube.request.UserInfo;
import java.util.List;
import java.util.Map;

/// The roles and bindings that are there before anybody makes one: masters may do everything, everybody may ask whether the
/// server is well, and those who said who they are may see what it serves and who they are.
final class BuiltInPolicy {
  private static final PolicyRule EVERYTHING = PolicyRule.forResources("*", "*", "*");
  private static final PolicyRule EVERYWHERE = PolicyRule.forPaths("*", "*");

  static final Map<String, List<PolicyRule>> ROLES =
      Map.of(
          "cluster-admin",
          List.of(EVERYTHING, EVERYWHERE),
          "system:basic-user",
          List.of(
              PolicyRule.forResources(
                  "create",
                  "authorization.k8s.io",
                  "selfsubjectaccessreviews",
                  "selfsubjectrulesreviews"),
              PolicyRule.forResources("create", "authentication.k8s.io", "selfsubjectreviews")),
          "system:discovery",
          List.of(
              PolicyRule.forPaths(
                  "get",
                  "/api",
                  "/api/*",
                  "/apis",
                  "/apis/*",
                  "/healthz",
                  "/livez",
                  "/openapi",
                  "/openapi/*",
                  "/readyz",
                  "/version",
                  "/version/")),
          "system:public-info-viewer",
          List.of(
              PolicyRule.forPaths("get", "/healthz", "/livez", "/readyz", "/version", "/version/")),
          "system:service-account-issuer-discovery",
          List.of(
              PolicyRule.forPaths(
                  "get",
                  "/.well-known/openid-configuration",
                  "/.well-known/openid-configuration/",
                  "/openid/v1/jwks",
                  "/openid/v1/jwks/")));

  static final List<RoleBinding> BINDINGS =
      List.of(
          binding("cluster-admin", UserInfo.MASTERS),
          binding("system:basic-user", UserInfo.AUTHENTICATED),
          binding("system:discovery", UserInfo.AUTHENTICATED),
          binding("system:public-info-viewer", UserInfo.AUTHENTICATED, UserInfo.UNAUTHENTICATED),
          binding("system:service-account-issuer-discovery", UserInfo.ACCOUNTS));

  private BuiltInPolicy() {}

  /// The rules of one of the roles; none when it is not among them.
  static List<PolicyRule> rules(String role) {
    return ROLES.getOrDefault(role, List.of());
  }

  /// The role and its binding have one name.
  private static RoleBinding binding(String role, String... groups) {
    List<Subject> subjects =
        List.of(groups).stream().map(group -> new Subject("Group", "", group)).toList();
    return new RoleBinding("", role, "ClusterRole", role, subjects);
  }
}
