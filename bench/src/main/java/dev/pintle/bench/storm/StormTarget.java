package dev.pintle.bench.storm;

import dev.pintle.bench.api.ApiConnection;
import dev.pintle.bench.api.ApiIdentity;
import dev.pintle.bench.api.ApiLoops;
import dev.pintle.bench.api.ClientAuthority;
import dev.pintle.bench.client.ServerAddress;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;

/// The server that the storm comes over.
///
/// @param kube `https://host:port`
/// @param token of a member of `system:masters`
/// @param authority the folder of the `ca.crt` and `ca.key` whose client certificates the server believes
public record StormTarget(String kube, String token, Path authority) {
  ServerAddress address() {
    return ServerAddress.of(kube);
  }

  ApiConnection admin(ApiLoops loops) throws IOException, InterruptedException {
    return loops.open(address(), ApiIdentity.byToken(token));
  }

  ClientAuthority clients() throws IOException {
    try {
      return ClientAuthority.read(authority);
    } catch (GeneralSecurityException damaged) {
      throw new IOException("an authority in " + authority, damaged);
    }
  }

  void write(DataOutput out) throws IOException {
    out.writeUTF(kube);
    out.writeUTF(token);
    out.writeUTF(authority.toString());
  }

  static StormTarget read(DataInput in) throws IOException {
    return new StormTarget(in.readUTF(), in.readUTF(), Path.of(in.readUTF()));
  }

  /// Never the token.
  @Override
  public String toString() {
    return kube;
  }
}
