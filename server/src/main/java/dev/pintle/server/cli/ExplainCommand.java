package dev.pintle.server.cli;

import dev.pintle.server.failure.StartException;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// The command `./pintle explain-request`: asks a running program what becomes of a request and why. The launcher names the program.
///
/// @param data the folder of the program
/// @param kube the URL of its Kubernetes API
/// @param query what is asked, percent-encoded
public record ExplainCommand(Path data, URI kube, String query) {
  private static final Set<String> VALUED =
      Set.of("data", "kube", "user", "groups", "verb", "path");

  public static ExplainCommand parse(List<String> arguments) throws StartException {
    Flags flags = Flags.parse("explain-request", arguments, VALUED, Set.of());
    StringBuilder query = new StringBuilder();
    for (String name : List.of("user", "verb", "path")) {
      query.append(query.isEmpty() ? "" : "&").append(name).append('=');
      query.append(encoded(required(flags, name)));
    }
    for (String group : flags.value("groups").orElse("").split(",", -1)) {
      query.append(group.isEmpty() ? "" : "&group=" + encoded(group));
    }
    try {
      return new ExplainCommand(
          Path.of(required(flags, "data")), URI.create(required(flags, "kube")), query.toString());
    } catch (InvalidPathException noPath) {
      throw flags.refusal("--data: %s".formatted(noPath.getMessage()));
    } catch (IllegalArgumentException noUri) {
      throw flags.refusal("--kube: %s".formatted(noUri.getMessage()));
    }
  }

  private static String required(Flags flags, String name) throws StartException {
    Optional<String> value = flags.value(name).filter(text -> !text.isEmpty());
    if (value.isEmpty()) {
      throw flags.refusal("no %s (expected: USER VERB PATH)".formatted(name));
    }
    return value.get();
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }
}
