package dev.pintle.kube.instance;

import dev.pintle.kube.object.GoText;
import dev.pintle.kube.object.Json;
import dev.pintle.kube.validation.FieldError;
import dev.pintle.kube.validation.FieldPath;

/// A value under examination and where it stands.
///
/// @param prefix where the examined value as a whole stands in its document, empty for the document itself; messages leave
///   it out
record InstanceValue(Json value, FieldPath path, String prefix) {

  InstanceValue child(String name, Json child) {
    return new InstanceValue(child, path.child(name), prefix);
  }

  InstanceValue item(int index, Json item) {
    return new InstanceValue(item, path.index(index), prefix);
  }

  /// The place as messages tell it.
  String place() {
    return path.toString();
  }

  /// The place as errors are filed under it.
  String field() {
    return join(prefix, place());
  }

  private static String join(String prefix, String place) {
    if (prefix.isEmpty()) {
      return place.isEmpty() ? "<nil>" : place;
    }
    return place.isEmpty() ? prefix : prefix + "." + place;
  }

  void invalid(ValidationResult verdict, Json shown, String rule) {
    report(verdict, FieldError.Kind.INVALID, shown, rule);
  }

  /// @param is what the value is instead
  void wrongType(ValidationResult verdict, String wanted, String is) {
    report(
        verdict,
        FieldError.Kind.TYPE_INVALID,
        Json.of(is),
        "must be of type " + wanted + ": " + GoText.quote(is));
  }

  private void report(ValidationResult verdict, FieldError.Kind kind, Json shown, String rule) {
    String message = place() + " in body " + rule;
    verdict.add(message, new FieldError(kind, field(), shown, message));
  }

  void tooLong(ValidationResult verdict, long most) {
    verdict.add(
        "%s in body should be at most %d chars long".formatted(place(), most),
        new FieldError(FieldError.Kind.TOO_LONG, field(), null, FieldError.atMostBytes(most)));
  }

  void tooMany(ValidationResult verdict, int count, long most, String what) {
    verdict.add(
        "%s in body should have at most %d %s".formatted(place(), most, what),
        new FieldError(
            FieldError.Kind.TOO_MANY, field(), Json.of(count), FieldError.atMostItems(most)));
  }

  void required(ValidationResult verdict, String name) {
    String missing = path.child(name).toString();
    verdict.add(
        missing + " in body is required",
        new FieldError(FieldError.Kind.REQUIRED, join(prefix, missing), null, ""));
  }

  /// What is said of the examined value as a whole, wherever in it the reason lies.
  void ofWhole(ValidationResult verdict, String message) {
    verdict.add(
        message,
        new FieldError(
            FieldError.Kind.INVALID, prefix.isEmpty() ? "<nil>" : prefix, Json.of(""), message));
  }
}
