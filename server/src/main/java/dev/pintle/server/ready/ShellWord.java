package dev.pintle.server.ready;

import java.nio.file.Path;

/// A text as a shell takes it for one word.
final class ShellWord {
  private ShellWord() {}

  static String of(Path path) {
    return of(path.toString());
  }

  static String of(String text) {
    return text.matches("[A-Za-z0-9_@%+=:,./-]+") ? text : "'" + text.replace("'", "'\\''") + "'";
  }
}
