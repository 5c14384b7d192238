package dev.pintle.kube.outbound;

import dev.pintle.kernel.Bytes;
import dev.pintle.kube.object.JsonObject;
import dev.pintle.kube.object.JsonSyntaxException;
import dev.pintle.kube.object.YamlReader;
import dev.pintle.kube.outbound.OutboundTarget.Place;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The server that the current context of a kubeconfig names, to which JSON is posted. No redirect is followed.
public final class KubeconfigServer {
  private static final Duration ALLOWED = Duration.ofSeconds(30);
  private static final int ANSWER_BYTES_MAX = 1 << 20;
  private static final String HTTP = "http://";
  private static final String HTTPS = "https://";

  private final OutboundTarget target;
  private final @Nullable Token token;

  /// A token that is read anew for each request, since it changes.
  private record Token(String path, Files files) {}

  /// The reader of the files that a kubeconfig names.
  @FunctionalInterface
  public interface Files {
    byte[] read(String path) throws IOException;
  }

  private KubeconfigServer(OutboundTarget target, @Nullable Token token) {
    this.target = target;
    this.token = token;
  }

  /// @throws IllegalArgumentException with what is wrong with it, or is not served: plugins, and proxies
  public static KubeconfigServer parse(String text, Files files) {
    JsonObject whole = document(text);
    String current = whole.textOrEmpty("current-context");
    JsonObject context = named(whole, "context", current);
    JsonObject cluster = named(whole, "cluster", context.textOrEmpty("cluster"));
    String userName = context.textOrEmpty("user");
    JsonObject user = userName.isEmpty() ? new JsonObject() : named(whole, "user", userName);
    for (String unserved : List.of("exec", "auth-provider", "as", "as-uid", "as-groups")) {
      if (user.get(unserved) != null) {
        throw new IllegalArgumentException(
            "users[%s].%s: not served (expected: token, tokenFile, username, client-certificate)"
                .formatted(userName, unserved));
      }
    }
    if (!cluster.textOrEmpty("proxy-url").isEmpty()) {
      throw new IllegalArgumentException("proxy-url: not served (expected: none)");
    }
    try {
      return of(cluster, user, files);
    } catch (OutboundException | IOException unusable) {
      throw new IllegalArgumentException(unusable.getMessage(), unusable);
    }
  }

  private static JsonObject document(String text) {
    try {
      if (YamlReader.read(text) instanceof JsonObject object) {
        return object;
      }
    } catch (JsonSyntaxException bad) {
      throw new IllegalArgumentException(bad.getMessage(), bad);
    }
    throw new IllegalArgumentException("no object (expected: a kubeconfig in YAML or JSON)");
  }

  private static JsonObject named(JsonObject whole, String kind, String name) {
    for (JsonObject each : whole.arrayOrEmpty(kind + "s").objects()) {
      if (each.textOrEmpty("name").equals(name)) {
        return each.objectOrEmpty(kind);
      }
    }
    throw new IllegalArgumentException(
        "invalid configuration: %s \"%s\" does not exist".formatted(kind, name));
  }

  private static KubeconfigServer of(JsonObject cluster, JsonObject user, Files files)
      throws OutboundException, IOException {
    String server = cluster.textOrEmpty("server");
    if (server.isEmpty()) {
      throw new IllegalArgumentException(
          "invalid configuration: no server found for cluster (expected: server)");
    }
    boolean clear = server.regionMatches(true, 0, HTTP, 0, HTTP.length());
    String secure = clear ? HTTPS + server.substring(HTTP.length()) : server;
    ClientConfig.Location at = new ClientConfig(secure, null, Bytes.EMPTY).location();
    boolean unchecked = isOn(cluster, "insecure-skip-tls-verify");
    Bytes bundle = Bytes.wrap(content(cluster, "certificate-authority", files));
    if (unchecked && !bundle.isEmpty()) {
      throw new IllegalArgumentException(
          "specifying a root certificates file with the insecure flag is not allowed");
    }
    byte[] certificate = content(user, "client-certificate", files);
    byte[] key = content(user, "client-key", files);
    ClientIdentity identity =
        certificate.length == 0 && key.length == 0 ? null : ClientIdentity.of(certificate, key);
    String name = cluster.textOrEmpty("tls-server-name");
    int port = clear && !secure.endsWith(":443") && at.port() == 443 ? 80 : at.port();
    List<String> headers = new ArrayList<>(List.of("User-Agent: kube-apiserver-audit"));
    String file = user.textOrEmpty("tokenFile");
    String shown = credentials(user, file);
    if (!shown.isEmpty()) {
      headers.add("Authorization: " + shown);
    }
    OutboundTarget target =
        new OutboundTarget(
            List.of(new Place(at.host(), port)),
            name.isEmpty() ? at.host() : name,
            at.authority(),
            at.path(),
            clear ? ServerTrust.CLEAR : ServerTrust.of(bundle, unchecked, identity),
            true,
            headers);
    return new KubeconfigServer(target, file.isEmpty() ? null : new Token(file, files));
  }

  private static boolean isOn(JsonObject object, String field) {
    return object.get(field) != null && String.valueOf(object.get(field)).contains("true");
  }

  private static String credentials(JsonObject user, String tokenFile) {
    String token = user.textOrEmpty("token");
    String name = user.textOrEmpty("username");
    if (!tokenFile.isEmpty()) {
      return "";
    }
    if (!token.isEmpty()) {
      return "Bearer " + line("token", token);
    }
    return name.isEmpty()
        ? ""
        : "Basic "
            + Base64.getEncoder()
                .encodeToString(
                    (name + ":" + user.textOrEmpty("password")).getBytes(StandardCharsets.UTF_8));
  }

  /// Nothing that would end a line of the request.
  private static String line(String what, String text) {
    if (text.chars().anyMatch(c -> c < ' ' || c > '~')) {
      throw new IllegalArgumentException(what + ": not one line of ASCII (expected: a token)");
    }
    return text;
  }

  private static byte[] content(JsonObject object, String field, Files files) throws IOException {
    String digits = object.textOrEmpty(field + "-data");
    if (!digits.isEmpty()) {
      return Base64.getMimeDecoder().decode(digits);
    }
    String path = object.textOrEmpty(field);
    return path.isEmpty() ? new byte[0] : files.read(path);
  }

  /// Posts JSON, and waits until the server has taken it, half a minute at most.
  ///
  /// @throws OutboundException when it did not
  public void post(OutboundClient client, OutboundBody body) throws OutboundException {
    OutboundTarget asked = withToken();
    var _ =
        client.post(
            asked,
            body,
            ANSWER_BYTES_MAX,
            ALLOWED,
            ALLOWED,
            reply -> {
              if (!reply.isSuccess()) {
                throw OutboundException.because(
                    "the server responded with the status code %d".formatted(reply.code()));
              }
              return reply.code();
            });
  }

  private OutboundTarget withToken() throws OutboundException {
    Token named = token;
    if (named == null) {
      return target;
    }
    try {
      String text = new String(named.files().read(named.path()), StandardCharsets.UTF_8).strip();
      List<String> headers = new ArrayList<>(target.headers());
      headers.add("Authorization: Bearer " + line("tokenFile", text));
      return target.with(headers);
    } catch (IOException | IllegalArgumentException unreadable) {
      throw OutboundException.beforehand("failed to read token file: " + unreadable.getMessage());
    }
  }

  /// Where it is.
  @Override
  public String toString() {
    return target.url();
  }
}
