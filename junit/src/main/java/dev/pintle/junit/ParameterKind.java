package dev.pintle.junit;

import dev.pintle.embed.PintleServer;
import java.util.Optional;
import org.junit.jupiter.api.extension.ParameterContext;

/// The kinds of parameters that a test is given. They are known by the names of their types, so that no library is touched that no
/// parameter names.
enum ParameterKind {
  SERVER("dev.pintle.embed.PintleServer"),
  FABRIC8("io.fabric8.kubernetes.client.KubernetesClient"),
  OFFICIAL("io.kubernetes.client.openapi.ApiClient"),
  STORE("io.etcd.jetcd.Client"),
  KUBECONFIG_FILE("java.nio.file.Path"),
  KUBECONFIG_TEXT("java.lang.String");

  private final String type;

  ParameterKind(String type) {
    this.type = type;
  }

  static Optional<ParameterKind> of(ParameterContext parameter) {
    String type = parameter.getParameter().getType().getName();
    boolean isMarked = parameter.isAnnotated(KubeconfigFile.class);
    for (ParameterKind each : values()) {
      if (each.type.equals(type) && each.isKubeconfig() == isMarked) {
        return Optional.of(each);
      }
    }
    if (isMarked) {
      throw new PintleTestException(
          "@KubeconfigFile: %s (expected: a java.nio.file.Path or a String)"
              .formatted(parameter.getParameter()));
    }
    return Optional.empty();
  }

  private boolean isKubeconfig() {
    return this == KUBECONFIG_FILE || this == KUBECONFIG_TEXT;
  }

  /// Whether it is one and the same whoever it acts for.
  boolean isForNobody() {
    return this == SERVER || this == STORE;
  }

  /// @param owner closes what is made when the test is over
  Object make(PintleServer server, ActingUser who, TestResources owner) {
    return switch (this) {
      case SERVER -> server;
      case FABRIC8 ->
          MissingLibrary.unless(
              "a KubernetesClient",
              "io.fabric8:kubernetes-client",
              "io.fabric8.kubernetes.client.impl.KubernetesClientImpl",
              () -> FabricClients.open(who.settings(server), owner));
      case OFFICIAL ->
          MissingLibrary.unless(
              "an ApiClient",
              "io.kubernetes:client-java-api",
              "io.kubernetes.client.openapi.ApiClient",
              () -> OfficialClients.open(who.settings(server), owner));
      case STORE ->
          MissingLibrary.unless(
              "a jetcd Client",
              "io.etcd:jetcd-core",
              "io.etcd.jetcd.Client",
              () -> StoreClients.open(server.etcd(), owner));
      case KUBECONFIG_FILE -> owner.file("kubeconfig", who.kubeconfig(server));
      case KUBECONFIG_TEXT -> who.kubeconfig(server);
    };
  }
}
