package dev.pintle.server.ready;

import dev.pintle.kube.KubeSurface;
import dev.pintle.server.folder.PrivateFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/// Where the running program is reached.
///
/// @param etcd URL of the etcd API, when it is served
/// @param kube URL of the Kubernetes API, when it is served
/// @param kubeconfig the file with which kubectl reaches it
public record Endpoints(
    Path data, Optional<String> etcd, Optional<String> kube, Optional<Path> kubeconfig, long pid) {
  private static final String FILE = "endpoints.json";

  /// Writes `endpoints.json` for programs that wait for it; whoever sees the file can connect.
  public void write() throws IOException {
    PrivateFiles.write(data.resolve(FILE), json());
  }

  public static void delete(Path data) throws IOException {
    Files.deleteIfExists(data.resolve(FILE));
  }

  /// What is printed when everything is served.
  public String readyBlock() {
    StringBuilder block = new StringBuilder("Pintle is ready.\n\n");
    etcd.ifPresent(url -> block.append("  etcd        ").append(url).append('\n'));
    kube.ifPresent(url -> block.append("  Kubernetes  ").append(url).append('\n'));
    kubeconfig.ifPresent(file -> block.append("  kubeconfig  ").append(file).append('\n'));
    block.append("  data        ").append(data).append('\n');
    kube.ifPresent(_ ->
        block
            .append("  unenforced  ")
            .append(String.join(", ", KubeSurface.unenforcedPolicies()))
            .append('\n'));
    block.append("\nTry:\n");
    kubeconfig.ifPresent(
        file -> block.append("  kubectl --kubeconfig %s get namespaces\n".formatted(file)));
    etcd.ifPresent(url -> {
      block.append("  etcdctl --endpoints %s put greeting hello\n".formatted(url));
      block.append("  curl %s/health\n".formatted(url));
    });
    if (etcd.isEmpty()) {
      kubeconfig.ifPresent(file ->
          block
              .append("  kubectl --kubeconfig %s api-resources\n".formatted(file))
              .append("  kubectl --kubeconfig %s explain deployment\n".formatted(file)));
    }
    return block.toString();
  }

  private String json() {
    Map<String, String> fields = new LinkedHashMap<>();
    etcd.ifPresent(url -> fields.put("etcd", quoted(url)));
    kube.ifPresent(url -> fields.put("kube", quoted(url)));
    kubeconfig.ifPresent(file -> fields.put("kubeconfig", quoted(file.toString())));
    fields.put("pid", Long.toString(pid));
    return fields.entrySet().stream()
        .map(field -> quoted(field.getKey()) + ":" + field.getValue())
        .collect(Collectors.joining(",", "{", "}\n"));
  }

  private static String quoted(String text) {
    StringBuilder json = new StringBuilder("\"");
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '"' || c == '\\') {
        json.append('\\').append(c);
      } else if (c < 0x20) {
        json.append("\\u%04x".formatted((int) c));
      } else {
        json.append(c);
      }
    }
    return json.append('"').toString();
  }
}
