package dev.pintle.bench.hostile;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.http.HttpRequest;
import java.util.ArrayList;
import java.util.List;

/// Webhooks that cost whoever asks them much, and writes that ask them. Only objects with a mark are asked about, so that nobody else's
/// writes have to do with them.
public final class WebhookAttacks {
  private static final String CONFIGURATIONS =
      "/apis/admissionregistration.k8s.io/v1/validatingwebhookconfigurations";
  private static final String SECRETS = "/api/v1/namespaces/default/secrets?dryRun=All";
  private static final int HOOKS = 8;
  private static final int CLIENTS = 64;
  private static final int CONNECTIONS_MAX = 5_000;

  /// More than what is written on the spot.
  private static final int SECRET_BYTES = 30_000;

  /// Not to be asked in time is the server's fault by upstream's word.
  private static final String ANSWERED = Attack.ANSWERED + "|500|504";

  private WebhookAttacks() {}

  public static List<Attack> all() {
    return List.of(
        Attack.of(
            "8 webhooks that never answer",
            strike -> {
              List<String> hooks = new ArrayList<>();
              for (int i = 0; i < HOOKS; i++) {
                // The system takes the connections, and nobody reads from them.
                ServerSocket mute =
                    strike.keep(
                        new ServerSocket(0, CONNECTIONS_MAX, InetAddress.getLoopbackAddress()));
                hooks.add(hook("mute" + i, mute.getLocalPort()));
              }
              ask(strike, "mute", hooks);
            },
            ANSWERED),
        Attack.of(
            "webhooks where nobody is",
            strike -> {
              List<String> hooks = new ArrayList<>();
              for (int i = 0; i < HOOKS; i++) {
                hooks.add(hook("gone" + i, freePort()));
              }
              ask(strike, "gone", hooks);
            },
            ANSWERED));
  }

  private static int freePort() throws IOException {
    try (ServerSocket closed = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return closed.getLocalPort();
    }
  }

  private static String hook(String name, int port) {
    return """
    {"name":"%s.hostile.example","clientConfig":{"url":"https://127.0.0.1:%d/x"},"sideEffects":"None",\
    "admissionReviewVersions":["v1"],"timeoutSeconds":1,"objectSelector":{"matchLabels":{"hostile":"yes"}},\
    "rules":[{"apiGroups":[""],"apiVersions":["v1"],"operations":["*"],"resources":["secrets"]}]}\
    """
        .formatted(name, port);
  }

  private static void ask(AttackRun strike, String name, List<String> hooks) throws Exception {
    String configuration =
        "{\"metadata\":{\"name\":\"%s\"},\"webhooks\":[%s]}"
            .formatted(name, String.join(",", hooks));
    strike.count(
        strike.send(
            strike.post(CONFIGURATIONS, BodyAttacks.JSON, HostileBodies.text(configuration))));
    byte[] secret =
        HostileBodies.text(
            "{\"metadata\":{\"generateName\":\"h-\",\"labels\":{\"hostile\":\"yes\"}},\"stringData\":{\"k\":\"",
            "x".repeat(SECRET_BYTES),
            "\"}}");
    HttpRequest write = strike.post(SECRETS, BodyAttacks.JSON, secret);
    strike.inParallel(
        strike.share(CLIENTS),
        _ -> {
          do {
            strike.count(strike.send(write));
          } while (strike.goesOn());
        });
    strike.count(strike.send(strike.request(CONFIGURATIONS + "/" + name).DELETE().build()));
  }
}
