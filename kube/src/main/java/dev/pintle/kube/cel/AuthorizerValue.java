package dev.pintle.kube.cel;

import dev.pintle.kube.request.RequestInfo;
import dev.pintle.kube.request.UserInfo;
import dev.pintle.kube.schema.GroupVersion;

/// A step of a question about rights, from whom it is about to its answer.
sealed interface AuthorizerValue extends LibraryValue {
  /// The one who may or may not.
  record User(AdmissionAuthorizer judge, UserInfo user) implements AuthorizerValue {}

  record OfPath(User user, String path) implements AuthorizerValue {
    Decision check(String verb) {
      return decided(user, new RequestInfo(verb, path, null, "", "", "", "", 0));
    }
  }

  record OfGroup(User user, String group) implements AuthorizerValue {}

  record OfResource(
      OfGroup group, String resource, String subresource, String namespace, String name)
      implements AuthorizerValue {
    Decision check(String verb) {
      // Of whatever version.
      GroupVersion version = new GroupVersion(group.group, "*");
      return decided(
          group.user,
          new RequestInfo(verb, "", version, namespace, resource, name, subresource, 0));
    }
  }

  record Decision(AdmissionAuthorizer.Verdict verdict) implements AuthorizerValue {}

  private static Decision decided(User user, RequestInfo asked) {
    return new Decision(user.judge.decide(user.user, asked));
  }

  @Override
  default String typeName() {
    return "kubernetes.authorization."
        + switch (this) {
          case User _ -> "Authorizer";
          case OfPath _ -> "PathCheck";
          case OfGroup _ -> "GroupCheck";
          case OfResource _ -> "ResourceCheck";
          case Decision _ -> "Decision";
        };
  }

  @Override
  default String goTypeName() {
    return switch (this) {
      case User _ -> "library.authorizerVal";
      case OfPath _ -> "library.pathCheckVal";
      case OfGroup _ -> "library.groupCheckVal";
      case OfResource _ -> "library.resourceCheckVal";
      case Decision _ -> "library.decisionVal";
    };
  }

  /// Upstream compares none of them.
  @Override
  default boolean isSame(LibraryValue other) {
    throw CelException.noOverload();
  }
}
