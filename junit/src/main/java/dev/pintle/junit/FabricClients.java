package dev.pintle.junit;

import dev.pintle.embed.ClientSettings;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;

/// The maker of clients of fabric8. Nobody but [ParameterKind] may touch it: the library may be absent.
final class FabricClients {
  private FabricClients() {}

  static Object open(ClientSettings settings, TestResources owner) {
    ConfigBuilder config =
        // Nothing of the environment, of system properties or of the user's own kubeconfig.
        new ConfigBuilder(Config.empty())
            .withMasterUrl(settings.masterUrl())
            .withNamespace(settings.namespace())
            .withCaCertData(settings.caCertData());
    if (settings.oauthToken().isEmpty()) {
      config
          .withClientCertData(settings.clientCertData())
          .withClientKeyData(settings.clientKeyData())
          .withClientKeyAlgo(settings.clientKeyAlgo());
    } else {
      config.withOauthToken(settings.oauthToken());
    }
    KubernetesClient client = new KubernetesClientBuilder().withConfig(config.build()).build();
    owner.closeLater(client);
    return client;
  }
}
