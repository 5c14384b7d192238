package dev.pintle.kube.object;

/// A taker of the fields of a document that repeat a name.
@FunctionalInterface
public interface RepeatedNames {
  /// Nobody who wants to know.
  RepeatedNames UNTOLD = (_, _, _) -> {};

  /// @param path of the field, `spec.containers[0].image`
  /// @param newest the path of the field that was the newest of its object when it came
  /// @param place among those that were told so far: what is within a field is told before it, and stands behind it
  void take(String path, String newest, int place);
}
