package dev.pintle.rules;

/// The class path of the running tests, whether Maven shortened it into a manifest or not.
final class ClassPath {
  private ClassPath() {}

  static String value() {
    return System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
  }
}
