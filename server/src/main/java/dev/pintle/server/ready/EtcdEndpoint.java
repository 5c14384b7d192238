package dev.pintle.server.ready;

import dev.pintle.server.pki.EtcdPki.ClientFiles;
import java.util.Optional;

/// The place where the etcd API is reached.
///
/// @param files what a client must have, when it must have something
public record EtcdEndpoint(String url, Optional<ClientFiles> files) {

  /// The flags of etcdctl that reach it.
  String etcdctlFlags() {
    return "--endpoints "
        + word("")
        + files
            .map(needed ->
                " --cacert %s --cert %s --key %s"
                    .formatted(
                        ShellWord.of(needed.authority()),
                        ShellWord.of(needed.certificate()),
                        ShellWord.of(needed.key())))
            .orElse("");
  }

  String word(String path) {
    return ShellWord.of(url + path);
  }

  String curlFlags() {
    return files
        .map(needed ->
            "--cacert %s --cert %s --key %s "
                .formatted(
                    ShellWord.of(needed.authority()),
                    ShellWord.of(needed.certificate()),
                    ShellWord.of(needed.key())))
        .orElse("");
  }
}
