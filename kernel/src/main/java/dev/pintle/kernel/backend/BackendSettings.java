package dev.pintle.kernel.backend;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/// The folder and the options that a backend is opened with.
///
/// @param folder the absolute path of the backend's own folder, which may be missing; for one that keeps nothing on disk, any text
/// @param options as the user gave them behind the backend's name, in `KEY=VALUE`
/// @param filesOpenMax how many files it may keep open, out of what the operating system lets the process have
public record BackendSettings(String folder, Map<String, String> options, int filesOpenMax) {
  /// For a backend that is asked for without further ado.
  public static final int FILES_OPEN_USUAL = 512;

  public BackendSettings {
    options = Map.copyOf(options);
  }

  /// The settings of `folder` without any option.
  public static BackendSettings of(String folder) {
    return new BackendSettings(folder, Map.of(), FILES_OPEN_USUAL);
  }

  /// The value of an option.
  public Optional<String> option(String name) {
    return Optional.ofNullable(options.get(name));
  }

  /// The value of an option that is a whole number.
  ///
  /// @throws IllegalArgumentException for what is no number, or one below `least`
  public long number(String name, long least, long otherwise) {
    Optional<String> text = option(name);
    if (text.isEmpty()) {
      return otherwise;
    }
    try {
      long number = Long.parseLong(text.get());
      if (number >= least) {
        return number;
      }
    } catch (NumberFormatException noNumber) {
      // said below
    }
    throw new IllegalArgumentException(
        "%s=%s (expected: a number, at least %d)".formatted(name, text.get(), least));
  }

  /// Refuses options that nobody looks at.
  ///
  /// @throws IllegalArgumentException for one that is not among `known`
  public void requireKnown(Set<String> known) {
    for (String name : new TreeSet<>(options.keySet())) {
      if (!known.contains(name)) {
        throw new IllegalArgumentException(
            "%s: no such option (expected: %s)"
                .formatted(
                    name, known.isEmpty() ? "none" : String.join(", ", new TreeSet<>(known))));
      }
    }
  }
}
