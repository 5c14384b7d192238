package dev.pintle.kube.cel;

/// The maker that upstream has for the values of a tree. What fits is the same with all of them; they differ in what they say of
/// values that do not fit.
enum TreeOrigin {
  /// Of a custom resource, looked at through its schema: what cannot be compared is a problem.
  SCHEMA,
  /// Of an object of a built-in kind: what cannot be compared is a problem, but not within a list.
  TYPED,
  /// Made without knowing what it is, and then like what an expression makes: what cannot be compared differs, and what within it
  /// cannot be compared does not count.
  MADE
}
