package dev.pintle.kube.cel;

import dev.pintle.kube.cel.Functions.Implementation;
import dev.pintle.kube.format.Formats;
import dev.pintle.kube.request.UserInfo;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Functions that ask what somebody may do.
final class AuthorizerFunctions {
  private AuthorizerFunctions() {}

  /// What they do, by name.
  static Map<String, Implementation> library() {
    Map<String, Implementation> functions = new HashMap<>();
    functions.put("path", (_, given) -> path(user(given), text(given, 1)));
    functions.put(
        "group", (_, given) -> value(new AuthorizerValue.OfGroup(user(given), text(given, 1))));
    functions.put(
        "serviceAccount", (_, given) -> account(user(given), text(given, 1), text(given, 2)));
    functions.put(
        "resource",
        (_, given) ->
            resource(LibraryValue.of(given[0], AuthorizerValue.OfGroup.class), text(given, 1)));
    functions.put(
        "subresource",
        (_, given) -> part(given, (of, text) -> with(of, text, of.namespace(), of.name())));
    functions.put(
        "namespace",
        (_, given) -> part(given, (of, text) -> with(of, of.subresource(), text, of.name())));
    functions.put(
        "name",
        (_, given) -> part(given, (of, text) -> with(of, of.subresource(), of.namespace(), text)));
    // Roles know nothing of selectors, and one that cannot be read is as good as none.
    functions.put("fieldSelector", (_, given) -> part(given, (of, _) -> of));
    functions.put("labelSelector", (_, given) -> part(given, (of, _) -> of));
    functions.put("check", (_, given) -> check(given[0], text(given, 1)));
    functions.put("allowed", (_, given) -> Value.of(verdict(given).allowed()));
    functions.put("reason", (_, given) -> Value.of(verdict(given).reason()));
    // What goes wrong while rights are looked up ends the request.
    functions.put(
        "errored",
        (_, given) -> {
          verdict(given);
          return Constants.FALSE;
        });
    functions.put(
        "error",
        (_, given) -> {
          verdict(given);
          return Value.of("");
        });
    return functions;
  }

  private interface Part {
    AuthorizerValue.OfResource of(AuthorizerValue.OfResource resource, String text);
  }

  private static Value part(Value[] given, Part part) {
    AuthorizerValue.OfResource resource =
        LibraryValue.of(given[0], AuthorizerValue.OfResource.class);
    return value(part.of(resource, text(given, 1)));
  }

  private static AuthorizerValue.OfResource with(
      AuthorizerValue.OfResource of, String subresource, String namespace, String name) {
    return new AuthorizerValue.OfResource(of.group(), of.resource(), subresource, namespace, name);
  }

  private static Value value(AuthorizerValue value) {
    return new Value.Extension(value);
  }

  private static AuthorizerValue.User user(Value[] given) {
    return LibraryValue.of(given[0], AuthorizerValue.User.class);
  }

  private static String text(Value[] given, int position) {
    return TextFunctions.text(given, position);
  }

  private static AdmissionAuthorizer.Verdict verdict(Value[] given) {
    return LibraryValue.of(given[0], AuthorizerValue.Decision.class).verdict();
  }

  private static Value path(AuthorizerValue.User user, String path) {
    if (path.isBlank()) {
      throw new CelException("path must not be empty");
    }
    return value(new AuthorizerValue.OfPath(user, path));
  }

  private static Value resource(AuthorizerValue.OfGroup group, String resource) {
    if (resource.isBlank()) {
      throw new CelException("resource must not be empty");
    }
    return value(new AuthorizerValue.OfResource(group, resource, "", "", ""));
  }

  private static Value account(AuthorizerValue.User asking, String namespace, String name) {
    if (!Formats.dns1123Subdomain(name).isEmpty()) {
      throw new CelException("Invalid service account name");
    }
    if (!Formats.dns1123Label(namespace).isEmpty()) {
      throw new CelException("Invalid service account namespace");
    }
    UserInfo account =
        new UserInfo(
            UserInfo.ACCOUNT_PREFIX + namespace + ":" + name,
            "",
            List.of(UserInfo.ACCOUNTS, UserInfo.ACCOUNTS + ":" + namespace),
            Map.of());
    return value(new AuthorizerValue.User(asking.judge(), account));
  }

  private static Value check(Value target, String verb) {
    AuthorizerValue of = LibraryValue.of(target, AuthorizerValue.class);
    return value(
        switch (of) {
          case AuthorizerValue.OfPath path -> path.check(verb);
          case AuthorizerValue.OfResource resource -> resource.check(verb);
          case AuthorizerValue.User _, AuthorizerValue.OfGroup _, AuthorizerValue.Decision _ ->
              throw CelException.noOverload();
        });
  }
}
