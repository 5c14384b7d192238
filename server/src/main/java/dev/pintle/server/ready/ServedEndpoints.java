package dev.pintle.server.ready;

import dev.pintle.server.folder.PrivateFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/// The places where the running program is reached.
///
/// @param data the folder of the program, when it has one
/// @param etcd the etcd API, when it is served
/// @param kube URL of the Kubernetes API, when it is served
/// @param kubeconfig the file with which kubectl reaches it
public record ServedEndpoints(
    Optional<Path> data,
    Optional<EtcdEndpoint> etcd,
    Optional<String> kube,
    Optional<Path> kubeconfig,
    long pid) {
  private static final String FILE = "endpoints.json";

  /// Writes `endpoints.json` for programs that wait for it, where there is a folder; whoever sees the file can connect.
  public void write() throws IOException {
    if (data.isPresent()) {
      PrivateFiles.write(data.get().resolve(FILE), json());
    }
  }

  public static void delete(Path data) throws IOException {
    Files.deleteIfExists(data.resolve(FILE));
  }

  /// One line. The launcher reads it too: the URL of etcd is the first field, the process the last.
  private String json() {
    Map<String, String> fields = new LinkedHashMap<>();
    etcd.ifPresent(port -> {
      fields.put("etcd", quoted(port.url()));
      port.files()
          .ifPresent(files -> {
            fields.put("cacert", quoted(files.authority()));
            fields.put("cert", quoted(files.certificate()));
            fields.put("key", quoted(files.key()));
          });
    });
    kube.ifPresent(url -> fields.put("kube", quoted(url)));
    kubeconfig.ifPresent(file -> fields.put("kubeconfig", quoted(file)));
    fields.put("pid", Long.toString(pid));
    return fields.entrySet().stream()
        .map(field -> quoted(field.getKey()) + ":" + field.getValue())
        .collect(Collectors.joining(",", "{", "}\n"));
  }

  private static String quoted(Path path) {
    return quoted(path.toString());
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
