package dev.pintle.server.cli;

import dev.pintle.kube.AdmissionSelection;
import dev.pintle.kube.admission.AdmissionConfiguration;
import dev.pintle.server.config.AdmissionSettings;
import dev.pintle.server.failure.StartException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;

/// The flags that say which admission plugins are on, and what they are configured with.
final class AdmissionFlags {
  private static final String ENABLE = "enable-admission-plugins";
  private static final String DISABLE = "disable-admission-plugins";
  private static final String FILE = "admission-control-config-file";

  /// A configuration of more is a mistake.
  private static final int BYTES_MAX = 1 << 20;

  static final Set<String> VALUED = Set.of(ENABLE, DISABLE, FILE);

  private AdmissionFlags() {}

  static AdmissionSettings read(Flags flags) throws StartException {
    String file = flags.value(FILE).orElse("");
    AdmissionConfiguration configuration = configuration(flags, file);
    try {
      AdmissionSelection selection =
          AdmissionSelection.of(
              flags.value(ENABLE).orElse(""), flags.value(DISABLE).orElse(""), configuration);
      return new AdmissionSettings(file, selection);
    } catch (IllegalArgumentException bad) {
      throw flags.refusal(String.valueOf(bad.getMessage()));
    }
  }

  private static AdmissionConfiguration configuration(Flags flags, String file)
      throws StartException {
    if (file.isEmpty()) {
      return AdmissionConfiguration.NONE;
    }
    try {
      Path path = Path.of(file).toAbsolutePath();
      return AdmissionConfiguration.parse(
          text(path), named -> text(path.resolveSibling(Path.of(named))));
    } catch (IOException unreadable) {
      throw flags.refusal(
          "--%s: unable to read admission control configuration from \"%s\" [%s]"
              .formatted(FILE, file, unreadable));
    } catch (IllegalArgumentException bad) {
      throw flags.refusal("--%s %s: %s".formatted(FILE, file, bad.getMessage()));
    }
  }

  /// The text of a file of a configuration.
  static String text(Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      byte[] bytes = in.readNBytes(BYTES_MAX + 1);
      if (bytes.length > BYTES_MAX) {
        throw new IOException("more than %d bytes".formatted(BYTES_MAX));
      }
      return new String(bytes, StandardCharsets.UTF_8);
    }
  }

  static Map<String, String> shown(AdmissionSettings settings) {
    AdmissionSelection selection = settings.selection();
    return Map.of(
        ENABLE,
        String.join(",", selection.enabled()),
        DISABLE,
        String.join(",", selection.disabled()),
        FILE,
        settings.file());
  }
}
