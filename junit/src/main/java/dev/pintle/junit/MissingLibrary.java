package dev.pintle.junit;

/// The refusal where a library is not there that only some tests have.
final class MissingLibrary {
  private MissingLibrary() {}

  /// A maker of something by a library that may be absent.
  @FunctionalInterface
  interface Made<T> {
    T make() throws Exception;
  }

  /// @param what needs it, for people
  /// @param artifact `group:artifact`
  /// @param witness a class of the library
  static <T> T unless(String what, String artifact, String witness, Made<T> made) {
    try {
      return made.make();
    } catch (PintleTestException told) {
      throw told;
    } catch (LinkageError missing) {
      throw new PintleTestException(
          "%s needs %s, which is not on the class path, or not in a version that fits: %s"
              .formatted(what, artifact, missing),
          missing);
    } catch (Exception failed) {
      if (!isThere(witness)) {
        throw new PintleTestException(
            "%s needs %s, which is not on the class path".formatted(what, artifact), failed);
      }
      throw new PintleTestException("%s could not be made".formatted(what), failed);
    }
  }

  static boolean isThere(String name) {
    try {
      var _ = Class.forName(name, false, MissingLibrary.class.getClassLoader());
      return true;
    } catch (ClassNotFoundException | LinkageError absent) {
      return false;
    }
  }
}
