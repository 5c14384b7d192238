package dev.pintle.server;

import dev.pintle.server.cli.ExplainCommand;
import dev.pintle.server.failure.ExitCode;
import dev.pintle.server.failure.StartException;
import dev.pintle.server.pki.ClientTls;
import dev.pintle.server.pki.Credential;
import dev.pintle.server.pki.TrustedAuthority;
import dev.pintle.server.pki.UserPem;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Duration;
import javax.net.ssl.SSLContext;

/// The question of `./pintle explain-request` to a running program, put as its administrator.
final class ExplainRequest {
  private static final Duration TIMEOUT = Duration.ofSeconds(20);
  private static final int OK = 200;

  private ExplainRequest() {}

  /// @return what the server says
  static String run(ExplainCommand command) throws StartException {
    URI question =
        command.kube().resolve("/debug/api_priority_and_fairness/explain?" + command.query());
    try {
      Path pki = command.data().resolve("pki");
      TrustedAuthority authority =
          new TrustedAuthority(UserPem.authorities(pki.resolve("ca.crt")), null);
      Credential admin = UserPem.credential(pki.resolve("admin.crt"), pki.resolve("admin.key"));
      SSLContext tls = ClientTls.of(authority, admin);
      return answer(HttpRequest.newBuilder(question).timeout(TIMEOUT).build(), tls);
    } catch (IOException | GeneralSecurityException failed) {
      throw new StartException(
          ExitCode.DATA, "%s: %s".formatted(command.kube(), failed.getMessage()), failed);
    }
  }

  private static String answer(HttpRequest request, SSLContext tls)
      throws IOException, StartException {
    try (HttpClient client = HttpClient.newBuilder().sslContext(tls).build()) {
      HttpResponse<String> answer = client.send(request, HttpResponse.BodyHandlers.ofString());
      if (answer.statusCode() != OK) {
        throw new StartException(
            ExitCode.USAGE,
            answer.statusCode() == 404
                ? "the server has no priority levels (it was started with --enable-priority-and-fairness=false)"
                : answer.body().strip());
      }
      return answer.body();
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", stopped);
    }
  }
}
