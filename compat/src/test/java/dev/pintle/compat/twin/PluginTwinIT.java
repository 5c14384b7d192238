package dev.pintle.compat.twin;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pintle.compat.harness.Peers;
import dev.pintle.compat.harness.RunningPintle;
import java.io.IOException;
import java.net.http.HttpClient;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The corpora of what is usually off, to both servers with it turned on. `-Dpintle.twin.only=WORD,WORD` sends only the files with
/// such names.
class PluginTwinIT {
  private static final String ONLY = System.getProperty("pintle.twin.only", "");

  @TempDir private Path data;

  @Test
  void pluginsAnswerAlike() throws IOException, InterruptedException {
    String plugins =
        "--enable-admission-plugins=NodeRestriction,OwnerReferencesPermissionEnforcement,DenyServiceExternalIPs";
    assertThat(differences("twin-plugins", plugins, plugins)).isEmpty();
  }

  /// The real one has RBAC already, and takes what comes later as more.
  @Test
  void theNodeAuthorizersAnswerAlike() throws IOException, InterruptedException {
    String restriction = "--enable-admission-plugins=NodeRestriction";
    assertThat(
            differences(
                "twin-nodes",
                "--authorization-mode=Node " + restriction,
                "--authorization-mode=RBAC,Node",
                restriction))
        .isEmpty();
  }

  private List<String> differences(String folder, String real, String... pintle)
      throws IOException, InterruptedException {
    Peers.require("kube-apiserver");
    List<TwinRequest> corpus =
        Corpus.read(Path.of("src/test", folder)).stream().filter(PluginTwinIT::isAsked).toList();
    List<String> flags = new ArrayList<>(List.of("--etcd", "127.0.0.1:0", "--kube", "127.0.0.1:0"));
    flags.addAll(List.of(pintle));
    List<String> wrong = new ArrayList<>();
    try (RealPair there =
            RealPair.start(data.resolve("real"), Map.of("PINTLE_PAIR_KUBE_FLAGS", real));
        RunningPintle here =
            RunningPintle.alone(data.resolve("pintle"), flags.toArray(String[]::new));
        HttpClient client = TrustAnyone.client()) {
      TwinPair pair = TwinPair.of(there, here, client);
      for (TwinRequest request : corpus) {
        wrong.addAll(untold(request, pair.compare(request)));
      }
    }
    System.err.printf("%s: %d requests compared%n", folder, corpus.size());
    return wrong;
  }

  private static boolean isAsked(TwinRequest request) {
    return Stream.of(ONLY.split(",", -1)).anyMatch(request.place()::contains);
  }

  private static List<String> untold(TwinRequest request, List<Difference> differences) {
    List<String> untold =
        request.known().isPresent()
            ? request.known().get().untold(differences)
            : differences.stream().map(Difference::toString).toList();
    return untold.isEmpty() ? List.of() : List.of(request + "\n" + String.join("\n", untold));
  }
}
