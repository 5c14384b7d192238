package dev.pintle.embed.requests;

import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/// The program of this machine that opens files for people. In a process of its own: nothing of a desktop is loaded into this one.
final class Browser {
  private Browser() {}

  /// Answers whether there is one.
  static boolean open(Path file) {
    try {
      var _ =
          new ProcessBuilder(command(System.getProperty("os.name", ""), file.toUri().toString()))
              .redirectOutput(Redirect.DISCARD)
              .redirectError(Redirect.DISCARD)
              .start();
      return true;
    } catch (IOException none) {
      return false;
    }
  }

  static List<String> command(String system, String address) {
    String name = system.toLowerCase(Locale.ROOT);
    if (name.startsWith("windows")) {
      return List.of("rundll32", "url.dll,FileProtocolHandler", address);
    }
    return List.of(name.startsWith("mac") ? "open" : "xdg-open", address);
  }
}
