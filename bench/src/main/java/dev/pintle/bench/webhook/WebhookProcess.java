package dev.pintle.bench.webhook;

import dev.pintle.bench.process.BackgroundJvm;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/// An admission webhook of the bench as a process of its own, so that what it costs is nobody else's.
public final class WebhookProcess implements AutoCloseable {
  /// The key of a ConfigMap's data that the webhook refuses.
  public static final String REFUSED = AdmittingWebhook.REFUSED;

  private final Process process;
  private final String url;
  private final String authority;

  private WebhookProcess(Process process, String url, String authority) {
    this.process = process;
    this.url = url;
    this.authority = authority;
  }

  public static WebhookProcess start() throws IOException, InterruptedException {
    Process process = BackgroundJvm.start(AdmittingWebhook.class);
    BufferedReader out =
        new BufferedReader(
            new InputStreamReader(process.getInputStream(), StandardCharsets.US_ASCII));
    String port = out.readLine();
    String certificate = out.readLine();
    if (port == null || certificate == null) {
      process.destroyForcibly();
      throw new IOException("the webhook: ended before it was ready (expected: a port)");
    }
    String pem =
        "-----BEGIN CERTIFICATE-----\n%s\n-----END CERTIFICATE-----\n".formatted(certificate);
    String bundle = Base64.getEncoder().encodeToString(pem.getBytes(StandardCharsets.US_ASCII));
    return new WebhookProcess(process, "https://127.0.0.1:%s/admit".formatted(port), bundle);
  }

  public String url() {
    return url;
  }

  /// Who vouches for its certificate, as a client configuration's `caBundle`.
  public String authority() {
    return authority;
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
