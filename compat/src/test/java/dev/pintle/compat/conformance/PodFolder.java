package dev.pintle.compat.conformance;

import dev.pintle.compat.harness.KubeClient;
import dev.pintle.compat.harness.Kubeconfig;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Map.Entry;
import tools.jackson.databind.JsonNode;

/// What a pod's containers find: on their disk the volumes that hold Secrets and ConfigMaps, and in their environment what names the pod
/// and where the server is.
record PodFolder(Path folder, JsonNode pod, Kubeconfig server) {
  private static final String KUBECONFIG = "kubeconfig";

  /// Where programs in a pod look for what their service account has.
  private static final String ACCOUNT = "/run/secrets/kubernetes.io/serviceaccount";

  /// Where a container's arguments name a mounted folder, the folder of the volume.
  String translated(String argument, JsonNode container) {
    String translated = argument;
    for (JsonNode mount : container.path("volumeMounts")) {
      translated =
          translated.replace(
              mount.path("mountPath").asString(""),
              folder.resolve(mount.path("name").asString("")).toString());
    }
    return translated;
  }

  /// The beginning of a command whose program finds the pod's service account where a pod has it; variables follow.
  List<String> seen() {
    return List.of(
        "unshare",
        "--mount",
        "sh",
        "-c",
        "mount --bind \"$0\" " + ACCOUNT + " && exec env \"$@\"",
        folder.resolve("account").toString());
  }

  /// The folder that [#seen] hides, where nothing else is.
  static Path hidden() {
    return Path.of(ACCOUNT);
  }

  /// The variables of `container` that name the pod, those that it is given as they are, and where its kubeconfig is.
  Map<String, String> environment(JsonNode container, String address) {
    Map<String, String> environment = new LinkedHashMap<>();
    URI listens = URI.create(server.server());
    environment.put("KUBERNETES_SERVICE_HOST", listens.getHost());
    environment.put("KUBERNETES_SERVICE_PORT", Integer.toString(listens.getPort()));
    environment.put("KUBECONFIG", folder.resolve(KUBECONFIG).toString());
    for (JsonNode variable : container.path("env")) {
      String field = variable.at("/valueFrom/fieldRef/fieldPath").asString("");
      String value =
          switch (field) {
            case "" -> variable.path("value").asString("");
            case "status.podIP" -> address;
            default -> pod.at("/" + field.replace('.', '/')).asString("");
          };
      environment.put(variable.path("name").asString(""), value);
    }
    return environment;
  }

  /// Writes what the volumes hold now, where that is not what they held, and at first a kubeconfig of the pod's service account.
  void write(KubeClient client) throws IOException {
    String namespace = "/api/v1/namespaces/" + pod.at("/metadata/namespace").asString();
    if (!Files.exists(folder.resolve(KUBECONFIG))) {
      String token = token(namespace, client);
      Path account = Files.createDirectories(folder.resolve("account"));
      Files.writeString(account.resolve("token"), token);
      Files.writeString(account.resolve("namespace"), pod.at("/metadata/namespace").asString());
      Files.write(account.resolve("ca.crt"), server.authority());
      Files.writeString(folder.resolve(KUBECONFIG), server.withToken(token));
    }
    for (JsonNode volume : pod.at("/spec/volumes")) {
      Path here = Files.createDirectories(folder.resolve(volume.path("name").asString("")));
      for (Entry<String, byte[]> file : content(volume, namespace, client).entrySet()) {
        Path path = here.resolve(file.getKey());
        if (!Files.exists(path) || !Arrays.equals(Files.readAllBytes(path), file.getValue())) {
          Files.write(path, file.getValue());
        }
      }
    }
  }

  private String token(String namespace, KubeClient client) {
    String account = pod.at("/spec/serviceAccountName").asString("default");
    String request =
        "{\"apiVersion\":\"authentication.k8s.io/v1\",\"kind\":\"TokenRequest\",\"spec\":{}}";
    return client
        .post(namespace + "/serviceaccounts/" + account + "/token", request)
        .json()
        .at("/status/token")
        .asString("");
  }

  private static Map<String, byte[]> content(JsonNode volume, String namespace, KubeClient client) {
    Map<String, byte[]> files = new LinkedHashMap<>();
    String secret = volume.at("/secret/secretName").asString("");
    if (!secret.isEmpty()) {
      JsonNode data = client.get(namespace + "/secrets/" + secret).json().path("data");
      data.propertyStream()
          .forEach(e -> files.put(e.getKey(), Base64.getDecoder().decode(e.getValue().asString())));
    }
    String map = volume.at("/configMap/name").asString("");
    if (!map.isEmpty()) {
      JsonNode data = client.get(namespace + "/configmaps/" + map).json().path("data");
      data.propertyStream()
          .forEach(
              e -> files.put(e.getKey(), e.getValue().asString().getBytes(StandardCharsets.UTF_8)));
    }
    return files;
  }
}
