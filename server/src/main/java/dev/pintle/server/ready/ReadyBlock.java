package dev.pintle.server.ready;

import dev.pintle.kube.KubeSurface;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// The text that is printed when everything is served: where it is, what its owner must know, and commands that work as
/// they stand.
///
/// @param notes what its owner must know, one line each
/// @param launcher the file that started the program, when one did
public record ReadyBlock(ServedEndpoints endpoints, List<String> notes, Optional<Path> launcher) {
  public ReadyBlock {
    notes = List.copyOf(notes);
  }

  public String text() {
    StringBuilder block = new StringBuilder("Pintle is ready.\n\n");
    endpoints.etcd().ifPresent(etcd -> place(block, "etcd", etcd.url()));
    endpoints.kube().ifPresent(url -> place(block, "Kubernetes", url));
    endpoints.kubeconfig().ifPresent(file -> place(block, "kubeconfig", file.toString()));
    endpoints.data().ifPresent(folder -> place(block, "data", folder.toString()));
    endpoints
        .kube()
        .ifPresent(
            _ -> place(block, "unenforced", String.join(", ", KubeSurface.unservedFeatures())));
    endpoints
        .etcd()
        .flatMap(EtcdEndpoint::files)
        .ifPresent(
            _ -> block.append("\netcd is served with TLS, to clients that show a certificate.\n"));
    for (String note : notes) {
      block.append("\nNOTE: ").append(note).append('\n');
    }
    block.append("\nTry:\n");
    commands(block);
    return block.toString();
  }

  private static void place(StringBuilder block, String what, String where) {
    block.append("  %-10s  %s\n".formatted(what, where));
  }

  private void commands(StringBuilder block) {
    if (launcher.isPresent() && endpoints.data().isPresent()) {
      block.append(
          "  eval \"$(%s env --data %s)\"\n"
              .formatted(ShellWord.of(launcher.get()), ShellWord.of(endpoints.data().get())));
    }
    endpoints
        .kubeconfig()
        .ifPresent(file ->
            block.append(
                "  kubectl --kubeconfig %s get namespaces\n".formatted(ShellWord.of(file))));
    endpoints
        .etcd()
        .ifPresent(etcd -> {
          String call =
              endpoints.kube().isPresent()
                  ? "get --prefix /registry --keys-only"
                  : "put greeting hello";
          block.append("  etcdctl %s %s\n".formatted(etcd.etcdctlFlags(), call));
          block.append("  curl %s%s\n".formatted(etcd.curlFlags(), etcd.word("/health")));
        });
  }
}
