package dev.pintle.objectstore;

import dev.pintle.kernel.backend.BackendCapabilities;
import dev.pintle.kernel.backend.BackendProvider;
import dev.pintle.kernel.backend.BackendSettings;
import dev.pintle.kernel.keyspace.OrderedKv;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;

/// The backend under test with a prefix for each folder and known credentials.
public final class PrefixedProvider implements BackendProvider {
  private static final AccessKey KEY =
      new AccessKey(
          System.getenv().getOrDefault("AWS_ACCESS_KEY_ID", "test"),
          System.getenv().getOrDefault("AWS_SECRET_ACCESS_KEY", "secret"),
          "");

  private final ObjectStoreProvider provider = new ObjectStoreProvider(() -> KEY);

  static String prefix(String folder) {
    return RequestSignature.hex(RequestSignature.sha256(folder.getBytes(StandardCharsets.UTF_8)))
            .substring(0, 16)
        + "/";
  }

  @Override
  public String name() {
    return provider.name();
  }

  @Override
  public String options() {
    return provider.options();
  }

  @Override
  public BackendCapabilities capabilities() {
    return provider.capabilities();
  }

  @Override
  public OrderedKv open(BackendSettings settings) {
    Map<String, String> options = new HashMap<>(settings.options());
    options.putIfAbsent("prefix", prefix(settings.folder()));
    return provider.open(new BackendSettings(settings.folder(), options, settings.filesOpenMax()));
  }
}
