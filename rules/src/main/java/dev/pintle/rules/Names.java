package dev.pintle.rules;

import java.lang.classfile.ClassModel;
import java.util.Optional;

/// Names as they stand in class files.
final class Names {
  private static final String OURS = "dev/pintle/";

  private Names() {}

  /// `java.util.List` for a class file of that type.
  static String of(ClassModel model) {
    return model.thisClass().asInternalName().replace('/', '.');
  }

  /// The package of an internal name, still with slashes.
  static String packageOf(String internalName) {
    int slash = internalName.lastIndexOf('/');
    return slash < 0 ? "" : internalName.substring(0, slash);
  }

  static boolean isOurs(String internalName) {
    return internalName.startsWith(OURS);
  }

  /// The module that owns a type of ours: the third part of its name.
  static Optional<String> moduleOf(String internalName) {
    if (!isOurs(internalName)) {
      return Optional.empty();
    }
    int end = internalName.indexOf('/', OURS.length());
    return end < 0 ? Optional.empty() : Optional.of(internalName.substring(OURS.length(), end));
  }
}
