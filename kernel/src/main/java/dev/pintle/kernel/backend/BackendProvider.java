package dev.pintle.kernel.backend;

import dev.pintle.kernel.keyspace.OrderedKv;

/// The maker of one kind of backend, found by [java.util.ServiceLoader] on the class path and in each jar of the plugin folder. It has a
/// public constructor without parameters, which does nothing that takes time: providers of all kinds are made to find one by its name.
///
/// A jar of the plugin folder has a class loader of its own, whose parent is the program's: it brings the libraries that it needs
/// within itself, and meets those of no other plugin.
public interface BackendProvider {
  /// What the backend is chosen by and what its folders remember: 1 to 32 of `a-z`, `0-9` and `-`, a letter first. It never changes. Two
  /// providers of one name are an error.
  String name();

  /// One line for the user: the options that it takes, with their defaults; empty for none.
  String options();

  /// What the backend can do, whatever its options.
  BackendCapabilities capabilities();

  /// Opens the backend of a folder, or makes one where the folder is empty or missing. Nobody else uses the folder: the program holds its
  /// lock.
  ///
  /// @throws IllegalArgumentException for an option that is unknown or has a bad value; the message is shown to the user
  /// @throws dev.pintle.kernel.keyspace.StorageFailure when the folder cannot be opened; nothing in it is changed then
  OrderedKv open(BackendSettings settings);
}
